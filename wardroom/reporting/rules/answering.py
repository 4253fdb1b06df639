"""By when a resident has to be answered: the end of the next working day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from wardroom.kernel.business_time import Calendar

ONE = timedelta(days=1)


def next_working_day(day: date, calendar: Calendar) -> date:
    """The first day after this one on which the office works."""
    day += ONE
    while not calendar.is_open(day):
        day += ONE
    return day


def answered_by(since: date, until: date, calendar: Calendar) -> tuple[tuple[date, date], ...]:
    """For the days from one to another: up to which day a deadline holds, and the deadline.

    Days that share a deadline, such as a Friday and the weekend after it, stand there once.
    """
    found: list[tuple[date, date]] = []
    day = since
    while day <= until:
        due = next_working_day(day, calendar)
        last = min(due - ONE, until)
        found.append((last, due))
        day = last + ONE
    return tuple(found)


def late_up_to(spans: Sequence[tuple[date, date]], today: date) -> date | None:
    """The last day whose deadline is over today, of spans as `answered_by` gives them.

    Deadlines never fall as the days rise: whatever came in up to then is late, the rest is not.
    """
    return max((last for last, due in spans if due < today), default=None)
