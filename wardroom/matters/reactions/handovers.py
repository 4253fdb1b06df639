"""Who takes something over is told, and so is who started it when something comes back."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.models import Party
from wardroom.directory.queries import get_directors
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day
from wardroom.ledger.models import Entry
from wardroom.matters.facts import ItemsSentBack, SuccessorChosen, WorkLeftBehind
from wardroom.matters.models import Handover
from wardroom.matters.reactions.letters import facts_of, write_to


def tell_successor(fact: SuccessorChosen, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody that things wait to be taken over; not to who chose that alone."""
    line = Entry.objects.get(pk=entry_id)
    party = Party.objects.select_related("user").filter(pk=fact.successor_id).first()
    handover = _handover(fact.handover_id)
    operator = line.actor_id is None
    if party is None or operator or party.user_id == line.actor_id or handover.state != "running":
        return
    told = facts_of(
        [
            ("From", handover.party.name),
            ("Things", fact.things),
            ("Last day", long_day(handover.last_on)),
        ]
    )
    _write(party, f"To take over from {handover.party.name}", told, handover, entry_id, stamp)


def tell_sent_back(fact: ItemsSentBack, *, entry_id: int, stamp: Stamp) -> None:
    """Write to who started the handover that somebody else has to be chosen."""
    handover = _handover(fact.handover_id)
    people = (handover.begun_by,) if handover.begun_by else get_directors(on=localdate(stamp.at))
    told = facts_of(
        [("Sent back by", fact.successor_name), ("Things", fact.things), ("Why", fact.reason)]
    )
    for party in people:
        subject = f"Sent back, of what {handover.party.name} hands over"
        _write(party, subject, told, handover, entry_id, stamp)


def tell_of_left_work(fact: WorkLeftBehind, *, entry_id: int, stamp: Stamp) -> None:
    """Write to the directors that somebody's role ended and what they left with nobody."""
    handover = _handover(fact.handover_id)
    told = facts_of(
        [("Of", fact.party_name), ("Last day", long_day(fact.last_on)), ("Left", fact.left)]
    )
    for party in get_directors(on=localdate(stamp.at)):
        subject = f"Left behind by {fact.party_name}"
        _write(party, subject, told, handover, entry_id, stamp)


def _write(
    party: Party, subject: str, told: str, handover: Handover, entry_id: int, stamp: Stamp
) -> None:
    page = settings.SITE + reverse("handover", args=[handover.pk])
    write_to(
        party,
        subject=subject,
        text=lambda _: f"{told}\n\n{page}\n",
        thread="",
        entry_id=entry_id,
        stamp=stamp,
    )


def _handover(handover_id: int) -> Handover:
    rows = Handover.objects.select_related("party", "begun_by__user")
    found: Handover | None = rows.filter(pk=handover_id).first()
    if found is None:
        raise NotFound(f"no handover {handover_id}")
    return found
