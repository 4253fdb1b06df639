"""The ladder that silence climbs: who is told when an agency does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.kernel.business_time import Calendar


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: what happens after so many working days of silence."""

    number: int
    code: str
    label: str
    days: int


LADDER: tuple[Rung, ...] = (
    Rung(1, "reminder", "The agency is reminded", 2),
    Rung(2, "call", "The liaison calls the agency", 4),
    Rung(3, "director", "The director is told", 6),
    Rung(4, "agency_head", "The head of the agency is written to", 8),
)
CLIMBING = frozenset({"requested", "accepted"})


def silent_since(state: str, *, asked_on: date | None, promised_on: date | None) -> date | None:
    """The day from which silence counts: of asking, or the promised day; none where none can."""
    if state not in CLIMBING:
        return None
    return promised_on if state == "accepted" else asked_on


def rung_after(number: int) -> Rung | None:
    """The rung above this one; none above the last."""
    return next((rung for rung in LADDER if rung.number == number + 1), None)


def rung_on(
    rung: Rung, since: date, *, calendar: Calendar, days: Mapping[str, int] | None = None
) -> date:
    """The working day on which a rung is due, counted from the day of silence.

    ``days`` are the office's own counts by the code of the rung.
    """
    left = (days or {}).get(rung.code, rung.days)
    day = since
    while left > 0:
        day += timedelta(days=1)
        if calendar.is_open(day):
            left -= 1
    return day
