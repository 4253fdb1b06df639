"""Who sits on a public body on a day, and how many of them are at a meeting."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wardroom.calendar.models import Participation
from wardroom.calendar.rules import PRESENT
from wardroom.directory.models import Tenure
from wardroom.engagement.models import BodyMeeting
from wardroom.engagement.rules import bodies as rules


@dataclass(frozen=True)
class Seated:
    """Somebody who holds a seat of a body; `ends_on` is the end of the term, where there is one."""

    body_id: int
    seat_id: int
    tenure_id: int
    title: str
    name: str
    party_id: int | None
    voting: bool
    since_on: date
    ends_on: date | None
    number: int


def seated_on(body_ids: Collection[int], *, on: date) -> tuple[Seated, ...]:
    """Who holds the seats of these bodies on a day, by the names of the seats."""
    rows = Tenure.objects.filter(seat__of_body__body__in=list(body_ids), since_on__lte=on)
    rows = rows.filter(Q(until_on=None) | Q(until_on__gt=on), seat__until_on=None)
    held = rows.select_related("seat__of_body", "party", "body_term")
    return tuple(_seated(row) for row in held.order_by("seat__title", "pk"))


def quorum_at(
    meeting: BodyMeeting, members: Iterable[Seated]
) -> tuple[rules.Quorum, frozenset[int]]:
    """How many voting members are at a meeting and how many it takes, with the seats that are."""
    voting = {member.seat_id for member in members if member.voting}
    there = Participation.objects.filter(event=meeting.event_id, attended=PRESENT)
    seats = set(there.values_list("seat__of_body", flat=True))
    present = frozenset(voting & seats)
    return (
        rules.quorum_of(seated=len(voting), present=len(present), own=meeting.body.quorum),
        present,
    )


def _seated(row: Tenure) -> Seated:
    of_body = row.seat.of_body
    term = getattr(row, "body_term", None)
    return Seated(
        body_id=of_body.body_id,
        seat_id=of_body.pk,
        tenure_id=row.pk,
        title=row.seat.title,
        name=row.holder_name,
        party_id=row.party_id,
        voting=of_body.voting,
        since_on=row.since_on,
        ends_on=term.ends_on if term else None,
        number=term.number if term else 1,
    )
