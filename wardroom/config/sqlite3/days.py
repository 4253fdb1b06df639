"""The day, week or month of an instant, worked out once for each day that is asked about.

SQLite knows no time zones: it asks Python about every row, and Django reads the instant and
looks up the zone each time. A day of the clock at Greenwich has one local midnight in it, so
that what holds before it and after it answers for all its instants. A day on which the zone's
clock is put forward or back is left to Django.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

# Nine years of days, of five units each.
REMEMBERED = 1 << 14
DAY, CLOCK, LENGTH = slice(0, 10), slice(11, None), len("2026-11-18 17:00:00")
FIRST, LAST = " 00:00:00", " 23:59:59.999999"
OF_DAYS = frozenset(
    ("year", "quarter", "month", "week", "day", "iso_year", "week_day", "iso_week_day")
)

Django: Any = import_module("django.db.backends.sqlite3._functions")


class Told(NamedTuple):
    """What is so before the local midnight of a day, and from then on."""

    midnight: str
    before: Any
    after: Any


def date_of(at: Any, zone: Any = None, own: Any = None) -> Any:
    """The local date of an instant, as Django tells it."""
    return _tell(Django._sqlite_datetime_cast_date, (), at, zone, own)


def truncated(unit: Any, at: Any, zone: Any = None, own: Any = None) -> Any:
    """The beginning of the local month, week or day of an instant, as Django tells it."""
    return _tell(Django._sqlite_datetime_trunc, (unit,), at, zone, own)


def extracted(part: Any, at: Any, zone: Any = None, own: Any = None) -> Any:
    """The local year, month or day of the week of an instant, as Django tells it."""
    return _tell(Django._sqlite_datetime_extract, (part,), at, zone, own)


def _tell(exact: Callable[..., Any], unit: tuple[Any, ...], at: Any, zone: Any, own: Any) -> Any:
    by_days = not unit or unit[0] in OF_DAYS
    if by_days and isinstance(at, str) and len(at) >= LENGTH and at[10] == " ":
        told = _of_day(exact, unit, at[DAY], zone, own)
        if told is not None:
            return told.before if at[CLOCK] < told.midnight else told.after
    return exact(*unit, at, zone, own)


@lru_cache(maxsize=REMEMBERED)
def _of_day(
    exact: Callable[..., Any], unit: tuple[Any, ...], day: str, zone: Any, own: Any
) -> Told | None:
    """What holds of a day at Greenwich; none where the zone's clock is changed on it."""
    first, last = (Django._sqlite_datetime_parse(day + end, zone, own) for end in (FIRST, LAST))
    if first is None or first.utcoffset() != last.utcoffset():
        return None
    gone = first.hour * 3600 + first.minute * 60 + first.second
    left = 86_400 - gone
    midnight = f"{left // 3600:02}:{left // 60 % 60:02}:{left % 60:02}"
    return Told(
        midnight,
        exact(*unit, day + FIRST, zone, own),
        exact(*unit, day + LAST, zone, own),
    )


FUNCTIONS = (
    ("django_datetime_cast_date", 3, date_of),
    ("django_datetime_trunc", 4, truncated),
    ("django_datetime_extract", 4, extracted),
)


def register(connection: sqlite3.Connection) -> None:
    """Have one connection ask these in place of Django's own, which answer the same."""
    for name, number, answer in FUNCTIONS:
        connection.create_function(name, number, answer, deterministic=True)
