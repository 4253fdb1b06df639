"""When a commission meets in a year: its usual day, without its months of recess."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused

WHICH: Mapping[int, str] = {1: "First", 2: "Second", 3: "Third", 4: "Fourth", -1: "Last"}
WEEKDAYS: Mapping[int, str] = {
    0: "Monday",
    1: "Tuesday",
    2: "Wednesday",
    3: "Thursday",
    4: "Friday",
    5: "Saturday",
    6: "Sunday",
}
FEWEST_A_YEAR = 9


def usual_day(year: int, month: int, *, which: int, weekday: int) -> date:
    """The third Tuesday of a month, and the like; -1 is the last."""
    if which > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def meeting_days(
    year: int, *, which: int, weekday: int, recess: Collection[int]
) -> tuple[date, ...]:
    """The days on which a commission meets in a year.

    Refuses: a day of the month or week that is none; so many months of recess that fewer than
    nine are left, which the law wants (D.C. Code 1-309.11).
    """
    if which not in WHICH or weekday not in WEEKDAYS:
        raise Refused("unknown_day", "Choose the usual day.", field="which")
    months = [month for month in range(1, 13) if month not in recess]
    if len(months) < FEWEST_A_YEAR:
        raise Refused(
            "too_few_meetings",
            "A commission meets in nine months of a year at least. Take fewer months out.",
            field="recess",
        )
    return tuple(usual_day(year, month, which=which, weekday=weekday) for month in months)
