"""Properties of every clock, and of the holidays that it skips."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.business_time import MOST_DAYS, Calendar, Clock, Due, due_date
from wardroom.kernel.holidays import LEGAL_HOLIDAYS, legal_holidays, nth

DC = Calendar(
    "dc", "America/New_York", time(9), time(17), {r.on: r.name for r in legal_holidays(2009, 2040)}
)
ONE = timedelta(days=1)
DAY = st.dates(date(2010, 1, 1), date(2034, 12, 31))
NOON = time(12)
BACKWARD = (Clock.BEFORE, Clock.DAYS_BEFORE)


def count(start: date, days: int, clock: Clock, at: time = NOON) -> Due:
    local = datetime.combine(start, at)
    return due_date(DC.instant(local), days=days, clock=clock, calendar=DC)


def days_between(after: date, until: date) -> list[date]:
    """The days after one day, up to and with another."""
    return [after + k * ONE for k in range(1, (until - after).days + 1)]


@given(DAY, st.integers(1, 200))
def test_business_days_are_counted_each_once_and_the_last_is_worked(day: date, days: int) -> None:
    due = count(day, days, Clock.BUSINESS)
    passed = days_between(day, due.due_on)
    assert sum(DC.is_open(d) for d in passed) == days
    assert DC.is_open(due.due_on)
    assert {s.on for s in due.skipped} == {d for d in passed if not DC.is_open(d)}
    assert all(s.why == DC.closed_because(s.on) for s in due.skipped)


@given(DAY, st.integers(1, 200))
def test_hour_of_receipt_does_not_move_a_business_day(day: date, days: int) -> None:
    found = {count(day, days, Clock.BUSINESS, at).due_at for at in (time(0, 5), NOON, time(23, 55))}
    assert len(found) == 1


@given(DAY, st.integers(1, 400))
def test_calendar_days_count_every_day(day: date, days: int) -> None:
    due = count(day, days, Clock.CALENDAR)
    assert due.due_on == day + timedelta(days=days)
    assert due.skipped == ()


@given(DAY, st.times(), st.integers(1, 30))
def test_notice_is_never_shorter_than_its_hours_or_its_business_days(
    day: date, at: time, days: int
) -> None:
    at = at.replace(second=0, microsecond=0)
    local = datetime.combine(day, at)
    if DC.local(DC.instant(local)) != local:
        return
    due = count(day, days, Clock.NOTICE, at)
    by_days = count(day, days, Clock.BUSINESS).due_on
    assert due.due_on >= max(by_days, day + timedelta(days=days))
    passed = due.due_at.astimezone(UTC) - due.started_at.astimezone(UTC)
    assert passed >= timedelta(hours=24 * days)


@pytest.mark.parametrize("clock", Clock)
@given(day=DAY, days=st.integers(1, 100))
def test_one_day_more_is_further_and_a_later_start_is_never_earlier(
    clock: Clock, day: date, days: int
) -> None:
    due = count(day, days, clock).due_at
    longer = count(day, days + 1, clock).due_at
    assert longer < due if clock in BACKWARD else longer > due
    assert count(day + ONE, days, clock).due_at >= due
    assert count(day, days, clock).steps[-1].startswith("Due ")


def test_longest_promise_can_be_counted() -> None:
    assert count(date(2026, 1, 5), MOST_DAYS, Clock.CALENDAR).due_on.year == 2036


@given(st.integers(1950, 2100))
def test_no_day_off_is_observed_on_a_weekend_but_a_saturday_inauguration(year: int) -> None:
    for row in legal_holidays(year, year):
        assert row.on.year == year
        if row.on.weekday() >= 5:
            assert (row.name, row.on.weekday()) == ("Inauguration Day", 5)


@given(st.integers(2021, 2100))
def test_each_holiday_of_a_year_is_one_row_with_its_law(year: int) -> None:
    rows = list(legal_holidays(year - 1, year + 1))
    for holiday in LEGAL_HOLIDAYS:
        day = holiday.day_in(year)
        near = [r for r in rows if r.name == holiday.name and day and abs(r.on - day) <= ONE]
        assert len(near) == (day is not None), holiday.name
        assert all(r.legal_basis and r.observed == (r.on != day) for r in near)


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2021, 12, 31), "New Year's Day"),
        (date(2021, 7, 5), "Independence Day"),
        (date(2026, 7, 3), "Independence Day"),
        (date(2022, 4, 15), "Emancipation Day"),
        (date(2013, 1, 21), "Inauguration Day"),
        (date(2029, 1, 20), "Inauguration Day"),
        (date(2021, 6, 18), "Juneteenth"),
    ],
)
def test_holidays_move_as_the_law_says(on: date, name: str) -> None:
    assert name in [r.name for r in legal_holidays(on.year, on.year) if r.on == on]


def test_law_does_not_reach_back() -> None:
    assert "Juneteenth" not in {r.name for r in legal_holidays(2020, 2020)}
    assert "Emancipation Day" not in {r.name for r in legal_holidays(2004, 2004)}
    assert "Inauguration Day" not in {r.name for r in legal_holidays(2026, 2028)}


@given(
    st.integers(1990, 2100), st.integers(1, 12), st.integers(0, 6), st.sampled_from([1, 2, 3, 4])
)
def test_nth_weekday_is_the_nth(year: int, month: int, weekday: int, n: int) -> None:
    day, last = nth(month, weekday, n)(year), nth(month, weekday, -1)(year)
    assert day is not None
    assert last is not None
    assert (day.month, day.weekday(), (day.day - 1) // 7 + 1) == (month, weekday, n)
    assert (last.month, last.weekday()) == (month, weekday)
    assert (last + timedelta(days=7)).month != month
