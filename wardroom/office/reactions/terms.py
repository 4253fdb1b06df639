"""Whoever leaves soon is written to, and so are the directors."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.text import long_day
from wardroom.matters.reactions.letters import facts_of, write_to
from wardroom.office.facts import TermEndsSoon
from wardroom.office.models import Term


def tell_term_ends(fact: TermEndsSoon, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the directors and to whoever signs in that their time here ends soon.

    Nothing is written where the end was moved in between: of the new one it is told anew.
    """
    term = Term.objects.select_related("party__user").filter(pk=fact.term_id).first()
    if term is None or term.over_at is not None or term.until_on != fact.until_on:
        return
    directors = get_directors(on=localdate(stamp.at))
    address = settings.SITE + reverse("term", args=[term.pk])
    told = facts_of([("Who", fact.party_name), ("Last day", long_day(fact.until_on))])
    ends = "Their sign-in ends by itself after that day. Extend the term, or start a handover."
    for party in directors:
        _write(
            party,
            f"{fact.party_name} leaves in {fact.days_left} days",
            f"{told}\n\n{ends}\n\n{address}\n",
            entry_id,
            stamp,
        )
    if term.party.user_id is not None and term.party not in directors:
        own = "Your sign-in ends by itself after that day. Hand over what is yours before."
        _write(
            term.party,
            f"Your time here ends in {fact.days_left} days",
            f"Last day: {long_day(fact.until_on)}\n\n{own}\n\n{address}\n",
            entry_id,
            stamp,
        )


def _write(party: Party, subject: str, text: str, entry_id: int, stamp: Stamp) -> None:
    write_to(party, subject=subject, text=lambda _: text, thread="", entry_id=entry_id, stamp=stamp)
