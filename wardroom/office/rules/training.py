"""Training: what is noted of it, and when a certificate that runs out is told of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from wardroom.kernel.errors import Refused

SORTS: Mapping[str, str] = {
    "training": "Training",
    "conference": "Conference",
    "certificate": "Certificate",
}
REMINDERS = (60, 30, 7)
MOST_HOURS = Decimal(999)


def check_training(
    sort: str, *, held_on: date, hours: Decimal, expires_on: date | None, today: date
) -> None:
    """What was learned is of a known sort, lasted some time, and runs out later than it was.

    Refuses: `sort_unknown`, `yet_to_come`, `hours_off`, `expires_too_early`.
    """
    if sort not in SORTS:
        raise Refused("sort_unknown", "Choose training, conference or certificate.", field="sort")
    if held_on > today:
        sentence = "Note it once it was held: choose today or an earlier day."
        raise Refused("yet_to_come", sentence, field="held_on")
    if not 0 <= hours <= MOST_HOURS or (hours == 0 and sort != "certificate"):
        raise Refused("hours_off", "Give the hours that it took.", field="hours")
    if expires_on is not None and expires_on < held_on:
        sentence = "It cannot run out before it was earned."
        raise Refused("expires_too_early", sentence, field="expires_on")


def step_due(expires_on: date, today: date, told: Collection[int]) -> int | None:
    """The days ahead of which a certificate's end is told today; an overtaken one is not."""
    left = (expires_on - today).days
    reached = [step for step in REMINDERS if left <= step]
    return min(reached) if left >= 0 and reached and min(reached) not in told else None
