"""Due dates in columns are the due dates of the kernel, one by one, in any calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis.due_dates import promise_due_columns
from wardroom.kernel.business_time import Calendar, Clock, due_date

ZONE = "America/New_York"
DAYS = st.dates(date(2015, 1, 1), date(2016, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any hours within a day, any holidays."""
    opens, closes = sorted(draw(st.tuples(st.integers(0, 1439), st.integers(0, 1439))))
    holidays = draw(st.sets(DAYS, max_size=60))
    hours = [time(m // 60, m % 60) for m in (opens, closes)]
    return Calendar("any", ZONE, hours[0], hours[1], dict.fromkeys(holidays, "Holiday"))


@settings(max_examples=60)
@given(
    calendar=calendars(),
    cases=st.lists(
        st.tuples(st.datetimes(datetime(2015, 1, 1), datetime(2016, 12, 31)), st.integers(1, 300)),
        max_size=20,
    ),
)
def test_columns_agree_with_the_kernel_in_any_calendar(
    calendar: Calendar, cases: list[tuple[datetime, int]]
) -> None:
    opened = np.array([at for at, _ in cases], dtype="datetime64[s]")
    days = np.array([n for _, n in cases], dtype=np.int64)
    got = promise_due_columns(opened, days, calendar)
    assert got.dtype == np.dtype("datetime64[m]")
    for at, n, due in zip(opened.tolist(), days.tolist(), got.tolist(), strict=True):
        one = due_date(calendar.instant(at), days=n, clock=Clock.PROMISE, calendar=calendar)
        # In the spring night there is no 02:30; what counts is the time the rule was given.
        if calendar.local(calendar.instant(at)) == at:
            assert one.due_at.replace(tzinfo=None) == due


@settings(max_examples=30)
@given(calendar=calendars(), at=st.datetimes(datetime(2015, 1, 1), datetime(2016, 12, 31)))
def test_more_days_are_due_later_and_never_on_a_day_off(calendar: Calendar, at: datetime) -> None:
    days = np.arange(1, 120)
    opened = np.full(len(days), np.datetime64(at, "m"))
    due = promise_due_columns(opened, days, calendar)
    on = due.astype("datetime64[D]").tolist()
    assert all(a < b for a, b in pairwise(on))
    assert all(calendar.is_open(day) for day in on)
    assert all(day >= at.date() for day in on)


def test_nothing_filed_is_nothing_due() -> None:
    empty = np.empty(0, dtype="datetime64[m]")
    calendar = Calendar("any", ZONE, time(9), time(17), {})
    assert len(promise_due_columns(empty, np.empty(0, dtype=np.int64), calendar)) == 0


def test_longest_promise_of_the_earliest_request_is_reached() -> None:
    """Requests ten years apart in one column, and a promise of four thousand working days."""
    calendar = Calendar("any", ZONE, time(9), time(17), {})
    opened = np.array(["2005-03-01T10:00", "2015-03-02T10:00"], dtype="datetime64[m]")
    due = promise_due_columns(opened, np.array([1, 4000]), calendar).tolist()
    assert due[0] == datetime(2005, 3, 2, 10)
    assert due[1] == datetime(2015, 3, 2, 10) + timedelta(weeks=800)
