"""How a letter about an ask is addressed, and the link by which its agency answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Stamp
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import email_addresses, get_directors, get_liaison_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day
from wardroom.matters import policy
from wardroom.matters.actions.proving import ANSWER
from wardroom.matters.models import Ask, Matter
from wardroom.notices.actions import issue_key, note_nobody_to_tell, queue_message

LINK_DAYS = 60
LAST = "Sent by Wardroom. What counts is the answer on the page."
Text = Callable[[str], str]


def write_to(
    party: Party,
    *,
    subject: str,
    text: Text,
    thread: str,
    entry_id: int,
    stamp: Stamp,
    name: str = "",
    urgent: bool = False,
) -> None:
    """Write to every address of a party that may be used; where there is none, say so.

    ``text`` makes the words for one address, since a link is made for one reader. What is
    ``urgent`` does not wait for working hours.
    """
    addresses = addresses_of(party, on=localdate(stamp.at))
    if not addresses:
        note_nobody_to_tell(
            None, entry_id=entry_id, to_name=name or party.name, subject=subject, stamp=stamp
        )
    for address in addresses:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name or party.name,
            to_address=address,
            subject=subject,
            text=text(address),
            thread=thread,
            urgent=urgent,
            stamp=stamp,
        )


def addresses_of(party: Party, *, on: date) -> tuple[str, ...]:
    """The party's e-mail addresses that may be used; a user's sign-in address where none is."""
    found = tuple(dict.fromkeys(email_addresses(party.pk)))
    if not found and party.user is not None and party.user.is_let_in(on):
        return (party.user.email,)
    return found


def answer_link(ask: Ask, address: str, *, stamp: Stamp) -> str:
    """A new link for one address, to answer this ask without an account.

    It holds a mark in place of the token, which is put in only while the letter goes out.
    """
    last = max(localdate(stamp.at), ask.promised_on or ask.due_on) + timedelta(days=LINK_DAYS)
    key = issue_key(
        None,
        purpose=ANSWER,
        noun="ask",
        key=str(ask.pk),
        holder=address,
        expires_at=make_aware(datetime.combine(last, time(23, 59))),
        stamp=stamp,
    )
    page = reverse("answer", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key.pk}}}}}")
    return f"Without an account, until {long_day(last)}:\n{settings.SITE}{page}"


def ask_link(ask: Ask) -> str:
    """Where the ask stands for those who sign in."""
    return settings.SITE + reverse("ask", args=[ask.pk])


def get_asked(ask_id: int) -> Ask:
    """The ask that a letter is about."""
    rows = Ask.objects.select_related("party", "matter__owner__user", "matter__place")
    ask: Ask | None = rows.filter(pk=ask_id).first()
    if ask is None:
        raise NotFound(f"no ask {ask_id}")
    return ask


def whoever_runs(matter: Matter, *, on: date) -> tuple[Party, ...]:
    """The owner; where the owner left the ward, whoever holds its seat; else the directors."""
    for party in (matter.owner, get_liaison_of(matter.ward_code, on=on)):
        if party is not None and policy.runs(actor_for(party.user, on=on), matter.ward_code):
            return (party,)
    return get_directors(on=on)


def facts_of(lines: Iterable[tuple[str, object]]) -> str:
    """What a letter says, one line for each thing that there is."""
    return "\n".join(f"{name}: {value}" for name, value in lines if value)
