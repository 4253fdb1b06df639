"""What day an instant is, remembered by the day, is what Django works out for each of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.config.sqlite3 import days

Django: Any = import_module("django.db.backends.sqlite3._functions")
# Whole hours, half and three quarters of one, a change of half an hour, and one at midnight.
ZONES = (
    "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Asia/Beirut",
    "America/Havana", "America/St_Johns", "Pacific/Apia", "Africa/Monrovia", "UTC",
)  # fmt: skip
UNITS = ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
PARTS = (
    "year", "quarter", "month", "week", "week_day", "iso_week_day", "iso_year", "day", "hour",
    "minute", "second", "microsecond",
)  # fmt: skip
ASKED: dict[str, list[tuple[str, ...]]] = {
    "django_datetime_cast_date": [()],
    "django_datetime_trunc": [(unit,) for unit in UNITS],
    "django_datetime_extract": [(part,) for part in PARTS],
}
OWN: dict[str, Any] = {name: answer for name, _, answer in days.FUNCTIONS}
instants = st.datetimes(min_value=datetime(1972, 1, 1), max_value=datetime(2037, 12, 31))


def same(at: Any, zone: str) -> None:
    """Every question about an instant there has the answer of Django."""
    for name, kinds in ASKED.items():
        exact = getattr(Django, name.replace("django", "_sqlite"))
        for kind in kinds:
            assert OWN[name](*kind, at, zone, "UTC") == exact(*kind, at, zone, "UTC"), (kind, at)


@given(at=instants, zone=st.sampled_from(ZONES), minutes=st.integers(-90, 90))
def test_day_of_any_instant(at: datetime, zone: str, minutes: int) -> None:
    same(str(at), zone)
    same(str(at + timedelta(minutes=minutes)), zone)


@pytest.mark.parametrize("zone", ZONES)
def test_each_quarter_of_an_hour_about_each_change_of_the_clock(zone: str) -> None:
    for year, month in ((2025, 3), (2025, 10), (2026, 4), (2026, 11)):
        at = datetime(year, month, 1, tzinfo=UTC)
        for n in range(31 * 24 * 4):
            text = f"{at + n * timedelta(minutes=15):%Y-%m-%d %H:%M:%S}"
            own = OWN["django_datetime_cast_date"](text, zone, "UTC")
            assert own == Django._sqlite_datetime_cast_date(text, zone, "UTC"), text


@pytest.mark.parametrize("at", [None, "", "2026-11-18", "no day at all, for sure", 17, "2026"])
def test_what_is_no_instant_is_asked_as_before(at: Any) -> None:
    own = OWN["django_datetime_cast_date"]
    try:
        wanted: Any = Django._sqlite_datetime_cast_date(at, "America/New_York", "UTC")
    except (TypeError, AttributeError) as error:
        with pytest.raises(type(error)):
            own(at, "America/New_York", "UTC")
    else:
        assert own(at, "America/New_York", "UTC") == wanted


@pytest.mark.parametrize("zone", ZONES)
def test_each_change_of_the_clock_since_1975(zone: str) -> None:
    """Each day on which the clock of a zone is changed, those beside it, and some others."""
    own, exact = OWN["django_datetime_cast_date"], Django._sqlite_datetime_cast_date
    where, at = ZoneInfo(zone), datetime(1975, 1, 1, tzinfo=UTC)
    while at.year < 2037:
        after = at + timedelta(days=1)
        if at.astimezone(where).utcoffset() != after.astimezone(where).utcoffset() or at.day == 15:
            for n in range(-48, 97):
                text = f"{at + n * timedelta(minutes=30, seconds=7):%Y-%m-%d %H:%M:%S}"
                assert own(text, zone, "UTC") == exact(text, zone, "UTC"), text
        at = after


def test_day_that_was_asked_about_is_not_worked_out_again() -> None:
    days._of_day.cache_clear()
    for second in range(0, 86_400, 600):
        text = str(datetime(2026, 11, 18) + timedelta(seconds=second))
        assert OWN["django_datetime_trunc"]("month", text, "America/New_York", "UTC")
    assert days._of_day.cache_info().misses == 1


def test_connection_asks_the_house() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        days.register(connection)
        sql = "SELECT django_datetime_cast_date('2026-11-18 03:00:00', 'America/New_York', 'UTC')"
        assert connection.execute(sql).fetchone() == ("2026-11-17",)
