"""When the time of a record is over: counted from its end, by whole months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.retention.models import Schedule
from wardroom.retention.queries.schedules import ended_by
from wardroom.retention.rules import DESTROY, due_on, how_long

DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2060, 12, 31))
MONTHS = st.integers(1, 240)


def slowly(ended_on: date, months: int) -> date:
    """The same day so many months on, one month at a time; a month's last day where it has none."""
    year, month = ended_on.year, ended_on.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(ended_on.day, calendar.monthrange(year, month)[1]))


@given(ended_on=DAYS, months=MONTHS)
def test_due_day_is_the_same_day_of_a_later_month(ended_on: date, months: int) -> None:
    assert due_on(ended_on, months) == slowly(ended_on, months)


@given(today=DAYS, months=MONTHS)
def test_last_end_that_is_due_is_the_last(today: date, months: int) -> None:
    by = ended_by(Schedule(months=months, fate=DESTROY), on=today)
    assert by is not None
    assert due_on(by, months) <= today < due_on(by + timedelta(days=1), months)


def test_what_is_kept_for_good_is_never_due() -> None:
    assert ended_by(Schedule(months=None, fate="archives"), on=date(2026, 11, 1)) is None
    assert ended_by(Schedule(months=60, fate="archives"), on=date(2026, 11, 1)) is None


@pytest.mark.parametrize(
    ("months", "said"),
    [(None, "For good"), (1, "1 month"), (18, "18 months"), (12, "1 year"), (72, "6 years")],
)
def test_certificate_and_pages_say_the_same_span(months: int | None, said: str) -> None:
    assert how_long(months) == said
