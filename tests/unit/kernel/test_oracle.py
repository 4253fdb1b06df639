"""100,000 random dates, each counted by the clock and by NumPy, which knows nothing of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest

from wardroom.kernel.business_time import Calendar, Clock, Pause, due_date
from wardroom.kernel.holidays import legal_holidays

CASES_A_CLOCK = 25_000
CLOCKS = (Clock.BUSINESS, Clock.AFTER, Clock.CALENDAR, Clock.DAYS_BEFORE)
CLOSES = time(17)
DC = Calendar(
    "dc",
    "America/New_York",
    time(9),
    CLOSES,
    {r.on: r.name for r in legal_holidays(1978, 2101)},
)
OFF = np.array(sorted(DC.holidays), dtype="datetime64[D]")
FIRST, LAST = date(1979, 1, 1).toordinal(), date(2100, 12, 31).toordinal()


def test_there_are_a_hundred_thousand_cases() -> None:
    assert CASES_A_CLOCK * len(CLOCKS) >= 100_000


def expected(days: Any, counts: Any, clock: Clock) -> Any:
    """The due days in NumPy's own words."""
    if clock is Clock.CALENDAR:
        return days + counts
    if clock is Clock.DAYS_BEFORE:
        return days - counts
    more = counts + (1 if clock is Clock.AFTER else 0)
    return np.busday_offset(days, more, roll="preceding", holidays=OFF)


@pytest.mark.parametrize("clock", CLOCKS)
def test_clock_agrees_with_numpy_from_1979_to_2100(clock: Clock) -> None:
    random = np.random.default_rng(20261126)
    ordinals = random.integers(FIRST, LAST, CASES_A_CLOCK)
    starts = [date.fromordinal(int(n)) for n in ordinals]
    counts = random.integers(1, 26, CASES_A_CLOCK)
    days = np.array(starts, dtype="datetime64[D]")
    wanted = expected(days, counts.astype("timedelta64[D]").astype(int), clock).astype(object)
    minutes = random.integers(0, 1440, CASES_A_CLOCK)
    for start, count, minute, want in zip(starts, counts, minutes, wanted, strict=True):
        at = DC.instant(datetime.combine(start, time()) + timedelta(minutes=int(minute)))
        due = due_date(at, days=int(count), clock=clock, calendar=DC)
        assert due.due_on == want, (start, count)
        if clock is not Clock.DAYS_BEFORE:
            assert due.due_at.time() == CLOSES


def test_paused_clock_agrees_with_numpy_that_has_the_days_off() -> None:
    random = np.random.default_rng(20261127)
    for _ in range(5_000):
        start = date.fromordinal(int(random.integers(FIRST, LAST)))
        count, after, long = (int(n) for n in random.integers(1, 26, 3))
        since = start + timedelta(days=after)
        pause = Pause(since, since + timedelta(days=long), "Waiting for the fee")
        at = DC.instant(datetime.combine(start, time(10)))
        due = due_date(at, days=count, clock=Clock.BUSINESS, calendar=DC, pauses=[pause])
        off = np.append(OFF, [np.datetime64(since, "D") + k for k in range(long + 1)])
        near = off[(off >= np.datetime64(start, "D")) & (off < np.datetime64(start, "D") + 200)]
        first = np.busday_offset(np.datetime64(start, "D") + 1, 0, roll="forward", holidays=near)
        want = np.busday_offset(first, count - 1, roll="forward", holidays=near)
        assert np.datetime64(due.due_on, "D") == want, (start, count, pause)
