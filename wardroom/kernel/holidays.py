"""The District's legal holidays, from the law that names each and the years it held.

This table makes the rows that a city keeps in its calendar; dates are then read from the
rows, never computed again, so that a holiday by proclamation is one more row.
Source: D.C. Code 1-612.02 and the notices of the Department of Human Resources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
CODE = "D.C. Code 1-612.02(a)"
DESIGNATED = "Designated by the Mayor"


@dataclass(frozen=True)
class HolidayRow:
    """A day the District's offices are closed."""

    on: date
    name: str
    legal_basis: str
    observed: bool


@dataclass(frozen=True)
class LegalHoliday:
    """A holiday in law: its day in a year, its basis, and the years it held."""

    name: str
    legal_basis: str
    day_in: Callable[[int], date | None]
    first_year: int = 1900
    shifts_from_saturday: bool = True


def nth(month: int, weekday: int, n: int) -> Callable[[int], date | None]:
    """The nth such weekday of a month; -1 for the last."""

    def day_in(year: int) -> date:
        if n > 0:
            first = date(year, month, 1)
            return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)

    return day_in


def fixed(month: int, day: int) -> Callable[[int], date | None]:
    """The same day every year."""
    return lambda year: date(year, month, day)


def inauguration(year: int) -> date | None:
    """20 January of the year after a presidential election."""
    return date(year, 1, 20) if year % 4 == 1 else None


LEGAL_HOLIDAYS = (
    LegalHoliday("New Year's Day", CODE, fixed(1, 1)),
    LegalHoliday("Martin Luther King Jr. Day", CODE, nth(1, MONDAY, 3)),
    LegalHoliday(
        "Inauguration Day",
        "D.C. Code 1-612.02(a), every fourth year",
        inauguration,
        shifts_from_saturday=False,
    ),
    LegalHoliday("Washington's Birthday", CODE, nth(2, MONDAY, 3)),
    LegalHoliday("Emancipation Day", CODE, fixed(4, 16), first_year=2005),
    LegalHoliday("Memorial Day", CODE, nth(5, MONDAY, -1)),
    LegalHoliday("Juneteenth", f"{DESIGNATED} from 2021", fixed(6, 19), first_year=2021),
    LegalHoliday("Independence Day", CODE, fixed(7, 4)),
    LegalHoliday("Labor Day", CODE, nth(9, MONDAY, 1)),
    LegalHoliday("Indigenous Peoples' Day", CODE, nth(10, MONDAY, 2)),
    LegalHoliday("Veterans Day", CODE, fixed(11, 11)),
    LegalHoliday("Thanksgiving Day", CODE, nth(11, THURSDAY, 4)),
    LegalHoliday("Christmas Day", CODE, fixed(12, 25)),
)


def legal_holidays(first_year: int, last_year: int) -> Iterator[HolidayRow]:
    """Every day off between two years, both included, in the order of the calendar.

    A holiday on a Sunday is observed on Monday, on a Saturday on Friday (but Inauguration
    Day); the observed day is the row, named so.
    """
    rows = []
    for year in range(first_year - 1, last_year + 2):
        for holiday in LEGAL_HOLIDAYS:
            day = holiday.day_in(year)
            if day is None or year < holiday.first_year:
                continue
            off = _observed(day, holiday)
            if first_year <= off.year <= last_year:
                rows.append(HolidayRow(off, holiday.name, holiday.legal_basis, off != day))
    return iter(sorted(rows, key=lambda r: (r.on, r.name)))


def _observed(day: date, holiday: LegalHoliday) -> date:
    if day.weekday() == SUNDAY:
        return day + timedelta(days=1)
    if day.weekday() == SATURDAY and holiday.shifts_from_saturday:
        return day - timedelta(days=1)
    return day
