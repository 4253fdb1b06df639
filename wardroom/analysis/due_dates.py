"""Due dates of many requests at once: the same arithmetic as `kernel.business_time`, in columns."""

from __future__ import annotations

from datetime import time

import numpy as np
from numpy.typing import NDArray

from wardroom.kernel.business_time import Calendar

SATURDAY = 5
MINUTE = np.timedelta64(1, "m")


def promise_due_columns(
    opened_local: NDArray[np.datetime64], days: NDArray[np.integer], calendar: Calendar
) -> NDArray[np.datetime64]:
    """When each of many 311 promises is due, in local time to the minute.

    ``opened_local`` has shape (n,) in local wall time, ``days`` shape (n,) of at least 1
    working day. Returns shape (n,) datetime64[m]. Agrees with `due_date` (a property test).
    """
    opened = opened_local.astype("datetime64[m]")
    if not len(opened):
        return opened
    day = opened.astype("datetime64[D]")
    first = day.min()
    span = int((day.max() - first).astype(int)) + int(days.max()) * 2 + 400
    every = first + np.arange(span)
    weekday = (every.astype("datetime64[D]").view("int64") - 4) % 7
    holidays = np.array(sorted(calendar.holidays), dtype="datetime64[D]")
    working = (weekday < SATURDAY) & ~np.isin(every, holidays)
    working_days = every[working]
    done_before = np.concatenate(([0], np.cumsum(working)))
    at = (day - first).astype(np.int64)
    minute = (opened - day.astype("datetime64[m]")).astype(np.int64)
    opens, closes = _minutes(calendar.opens), _minutes(calendar.closes)
    is_open = working[at]
    counted_today = is_open & (minute <= opens)
    target = done_before[at + 1] + days - np.where(counted_today, 1, 0) - 1
    inside = is_open & (minute > opens) & (minute <= closes)
    at_minute = np.where(inside, minute, closes)
    due: NDArray[np.datetime64] = working_days[target].astype("datetime64[m]") + at_minute * MINUTE
    return due


def _minutes(clock_time: time) -> int:
    return clock_time.hour * 60 + clock_time.minute
