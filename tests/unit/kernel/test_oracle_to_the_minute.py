"""45,000 more dates, to the minute: promises, and notice by hours or days.

The oracle counts in NumPy and knows daylight saving from the law's own words (second Sunday of
March, first Sunday of November), so it shares neither the calendar nor the time zone table with
what it judges. Half of the cases lie within days of a change of the clocks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from tests.unit.kernel.test_oracle import DC, OFF
from wardroom.kernel.business_time import Clock, due_date

CASES = 15_000
YEARS = range(2008, 2101)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def sunday(year: int, month: int, nth: int) -> date:
    """The nth Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


def changes(year: int) -> tuple[datetime, datetime]:
    """When the clocks go forward and back, as they stand before."""
    two = time(2)
    return (
        datetime.combine(sunday(year, 3, 2), two),
        datetime.combine(sunday(year, 11, 1), two),
    )


def to_sun(local: datetime) -> datetime:
    """The time of the sun in Greenwich; an hour that comes twice is its first."""
    forward, back = changes(local.year)
    summer = forward + HOUR <= local < back
    return local + timedelta(hours=4 if summer else 5)


def to_wall(sun: datetime) -> datetime:
    """What the clocks in Washington show."""
    forward, back = changes(sun.year)
    summer = forward + 5 * HOUR <= sun < back + 4 * HOUR
    return sun - timedelta(hours=4 if summer else 5)


def working(day: date, more: int) -> date:
    """So many working days on from a day, which itself need not be one."""
    found = np.busday_offset(np.datetime64(day, "D"), more, roll="preceding", holidays=OFF)
    return found.astype(object)  # type: ignore[no-any-return]


def works(day: date) -> bool:
    return bool(np.is_busday(np.datetime64(day, "D"), holidays=OFF))


def promised(filed: datetime, days: int) -> datetime:
    """A 311 promise: to the same minute if filed in hours, else to closing time."""
    opens, closes = DC.opens, DC.closes
    if works(filed.date()) and opens < filed.time() <= closes:
        return datetime.combine(working(filed.date(), days), filed.time())
    early = works(filed.date()) and filed.time() <= opens
    return datetime.combine(working(filed.date(), days - 1 if early else days), closes)


def noticed(given: datetime, days: int) -> datetime:
    """The later of so many business days, and so many times 24 hours by clock and by sun."""
    hours = timedelta(hours=24 * days)
    by_days = datetime.combine(working(given.date(), days), given.time())
    return max(by_days, given + hours, to_wall(to_sun(given) + hours))


def noticed_before(meets: datetime, days: int) -> datetime:
    """The earlier of the same, back from a meeting, and on a day on which somebody works."""
    hours = timedelta(hours=24 * days)
    last = meets.date() if works(meets.date()) else working(meets.date(), 0)
    by_days = datetime.combine(working(last, -days), meets.time())
    return min(by_days, meets - hours, to_wall(to_sun(meets) - hours))


ORACLES = {Clock.PROMISE: promised, Clock.NOTICE: noticed, Clock.BEFORE: noticed_before}


def starts(random: np.random.Generator) -> list[datetime]:
    """Minutes of a century; every other one within four days of a change of the clocks."""
    found: list[datetime] = []
    while len(found) < CASES:
        year = int(random.choice(YEARS))
        if len(found) % 2:
            near = changes(year)[int(random.integers(0, 2))]
            at = near + timedelta(minutes=int(random.integers(-4 * 1440, 4 * 1440)))
        else:
            at = datetime(year, 1, 20) + timedelta(minutes=int(random.integers(0, 330 * 1440)))
        forward, _ = changes(year)
        if not forward <= at < forward + HOUR:  # an hour that is not
            found.append(at)
    return found


@pytest.mark.parametrize("clock", ORACLES)
def test_clock_agrees_to_the_minute(clock: Clock) -> None:
    random = np.random.default_rng(20270314)
    counts = random.integers(1, 16, CASES)
    moved = 0
    for start, count in zip(starts(random), counts, strict=True):
        days = int(count)
        got = due_date(to_sun(start).replace(tzinfo=UTC), days=days, clock=clock, calendar=DC)
        want = ORACLES[clock](start, days)
        assert got.due_at.astimezone(UTC).replace(tzinfo=None) == to_sun(want), (start, days)
        moved += to_sun(want) - to_sun(start) != want - start
    assert moved > CASES // 20


def test_the_oracle_is_not_blind_to_daylight_saving() -> None:
    """48 hours from a Friday evening before the clocks go forward end an hour later by the wall."""
    friday = datetime(2027, 3, 12, 23, 30)
    assert to_wall(to_sun(friday) + 2 * DAY) == friday + 2 * DAY + HOUR
    before_back = datetime(2027, 11, 5, 23, 30)
    assert to_wall(to_sun(before_back) + 2 * DAY) == before_back + 2 * DAY - HOUR
