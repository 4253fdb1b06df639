"""What phones handed in at a door that a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.calendar.models import Participation
from wardroom.engagement.models import DoorLine
from wardroom.engagement.rules import door as rules
from wardroom.kernel.deliveries import APPLIED, EARLY
from wardroom.kernel.errors import Refused

MOST_ODD = 100
CLASHES = "Other words came under the same key, and are kept."


@dataclass(frozen=True)
class DoorLineRow:
    """A line of a phone that a person should look at, and why."""

    observer_name: str
    came_at: datetime
    said: str
    why: str


def odd_door_lines(event_id: int) -> tuple[DoorLineRow, ...]:
    """What phones handed in at a door that did not do what it says; ask for the door first."""
    rows = DoorLine.objects.filter(event=event_id).exclude(state=APPLIED, remark="", clashes=[])
    lines = [
        (row, _words(row)) for row in rows.select_related("observer").order_by("pk")[:MOST_ODD]
    ]
    numbers = {words.guest for _, words in lines if words is not None and words.guest}
    guests = Participation.objects.filter(event=event_id, pk__in=numbers).select_related("party")
    names = {guest.pk: guest_name(guest) for guest in guests}
    return tuple(
        DoorLineRow(
            observer_name=row.observer.name,
            came_at=row.came_at,
            said=_said(words, names),
            why="Waits for a line before it." if row.state == EARLY else row.remark or CLASHES,
        )
        for row, words in lines
    )


def _words(row: DoorLine) -> rules.DoorWords | None:
    try:
        return rules.read_door_line(row.body)
    except Refused:
        return None


def _said(words: rules.DoorWords | None, names: Mapping[int, str]) -> str:
    """Who was meant, as far as the line says it."""
    if words is None:
        return rules.UNREADABLE
    if words.kind == rules.GUEST:
        return ", ".join(filter(None, (words.name, words.email, words.phone)))
    return names.get(words.guest, "Nobody on the list") if words.kind == rules.HERE else "Undo"


def guest_name(row: Participation) -> str:
    """Who takes part, as resolved or as typed."""
    return row.party.name if row.party is not None else row.name
