"""The shifts that stand, as the office's own rules look at them."""

from __future__ import annotations

from datetime import date, timedelta

from wardroom.access.actor import SYSTEM
from wardroom.calendar.queries.duty import DutyRow, duty_between
from wardroom.calendar.queries.events import day_start

DAY = timedelta(days=1)


def shifts_around(from_on: date, until_on: date) -> tuple[DutyRow, ...]:
    """The shifts that are on in these days, by time, whoever asks."""
    return duty_between(day_start(from_on), day_start(until_on + DAY), SYSTEM)
