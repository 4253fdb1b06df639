"""The day, month or hour of an instant, worked out once for each hour that is asked about.

SQLite knows no time zones: it asks Python about every row, and Django reads the instant and
looks up the zone each time. Nearly every hour of the clock lies whole in one day there, so
that one answer holds for all instants in it; where it does not, each is asked as before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any

# A year of hours, of some units each.
REMEMBERED = 1 << 15
HOUR, LENGTH = slice(0, 13), len("2026-11-18 17:00")
FIRST, LAST = ":00:00", ":59:59.999999"

Django: Any = import_module("django.db.backends.sqlite3._functions")
Told = Callable[..., Any]


def told(exact: Told, before: int) -> Told:
    """The same function, which remembers its answer for an hour; ``before`` words come first."""
    by_the_hour = _of_hour(exact, before)

    def tell(*words: Any) -> Any:
        at = words[before]
        if not isinstance(at, str) or len(at) < LENGTH or at[10] != " ":
            return exact(*words)
        same, answer = by_the_hour(at[HOUR], *words[:before], *words[before + 1 :])
        return answer if same else exact(*words)

    return tell


def _of_hour(exact: Told, before: int) -> Callable[..., tuple[bool, Any]]:
    @lru_cache(maxsize=REMEMBERED)
    def of_hour(hour: str, *words: Any) -> tuple[bool, Any]:
        """Whether one answer holds for the whole hour, and that answer."""
        first, last = (exact(*words[:before], hour + end, *words[before:]) for end in (FIRST, LAST))
        return first == last, first

    return of_hour


FUNCTIONS = (
    ("django_datetime_cast_date", 3, told(Django._sqlite_datetime_cast_date, 0)),
    ("django_datetime_trunc", 4, told(Django._sqlite_datetime_trunc, 1)),
    ("django_datetime_extract", 4, told(Django._sqlite_datetime_extract, 1)),
)


def register(connection: sqlite3.Connection) -> None:
    """Have one connection ask these in place of Django's own, which answer the same."""
    for name, number, answer in FUNCTIONS:
        connection.create_function(name, number, answer, deterministic=True)
