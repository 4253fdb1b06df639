"""Shifts on the wall: both nights on which the clocks change, and what moves where rotas change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wardroom.calendar.rules.shifts import (
    Turn,
    check_turn,
    duty_words,
    lines_for,
    moves_between,
    nights_without,
    people_in,
    runs_of_days,
    turn_words,
    wall_instant,
)
from wardroom.kernel.errors import Refused

ZONE = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2027, 3, 14), date(2026, 11, 1)
NIGHT = Turn("on_call", "", date(2026, 12, 4), time(20), date(2026, 12, 5), time(8))
walls = st.datetimes(datetime(2026, 10, 25), datetime(2027, 3, 20)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


def night_of(day: date) -> Turn:
    """The twelve hours from eight in the evening of the day before."""
    return replace(NIGHT, on_date=day - timedelta(days=1), ends_on=day)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 11), (AUTUMN, 13), (date(2026, 12, 5), 12)])
def test_a_night_stays_on_the_wall_however_long_it_is(day: date, hours: int) -> None:
    turn = night_of(day)
    starts, ends = turn.begins_at(ZONE), turn.ends_at(ZONE)
    assert starts.astimezone(ZONE).time() == time(20)
    assert ends.astimezone(ZONE).time() == time(8)
    assert ends - starts == timedelta(hours=hours)


def test_half_past_two_that_is_not_on_the_clock_is_when_it_jumps() -> None:
    jump = datetime(2027, 3, 14, 7, tzinfo=UTC)
    assert wall_instant(SPRING, time(2, 30), ZONE) == jump
    assert wall_instant(SPRING, time(2), ZONE) == jump
    assert wall_instant(SPRING, time(3), ZONE) == jump
    assert wall_instant(SPRING, time(1, 59), ZONE) == jump - timedelta(minutes=1)


def test_half_past_one_that_is_twice_is_the_first() -> None:
    assert wall_instant(AUTUMN, time(1, 30), ZONE) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert wall_instant(AUTUMN, time(2), ZONE) == datetime(2026, 11, 1, 7, tzinfo=UTC)


@given(walls, walls)
@example(datetime(2027, 3, 14, 2, 30), datetime(2027, 3, 14, 2, 45))
@example(datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 2))
def test_what_follows_on_the_wall_never_comes_before_it_in_time(a: datetime, b: datetime) -> None:
    first, second = sorted((a, b))
    earlier = wall_instant(first.date(), first.time(), ZONE)
    later = wall_instant(second.date(), second.time(), ZONE)
    assert earlier <= later
    assert earlier.astimezone(ZONE).replace(tzinfo=None) >= first


@given(walls, st.integers(1, 20), st.integers(1, 20))
def test_turns_that_meet_on_the_wall_leave_nothing_between(at: datetime, a: int, b: int) -> None:
    middle, last = at + timedelta(hours=a), at + timedelta(hours=a + b)
    one = replace(NIGHT, on_date=at.date(), starts=at.time(), ends_on=middle.date(),
                  ends=middle.time())  # fmt: skip
    two = replace(NIGHT, on_date=middle.date(), starts=middle.time(), ends_on=last.date(),
                  ends=last.time())  # fmt: skip
    assert one.ends_at(ZONE) == two.begins_at(ZONE)


def test_a_turn_lasts_some_time_and_at_most_a_week() -> None:
    assert check_turn(NIGHT, ZONE) is NIGHT
    for wrong in (
        replace(NIGHT, ends_on=NIGHT.on_date),
        replace(NIGHT, ends_on=NIGHT.on_date + timedelta(days=8)),
        replace(NIGHT, role="guard"),
        replace(NIGHT, on_date=SPRING, starts=time(2, 10), ends_on=SPRING, ends=time(2, 50)),
    ):
        with pytest.raises(Refused):
            check_turn(wrong, ZONE)


def test_what_changed_is_told_to_those_it_touches() -> None:
    later = night_of(date(2026, 12, 6))
    third = night_of(date(2026, 12, 7))
    moves = moves_between({NIGHT: 1, later: 2, third: 3}, {NIGHT: 4, later: 2})
    assert people_in(moves) == (1, 3, 4)
    assert lines_for(4, moves) == (
        "Yours now: Fri, December 4, 8:00 p.m. to Sat 8:00 a.m.: On call",
    )
    assert lines_for(3, moves)[0].startswith("No longer yours: Sun, December 6")
    assert not lines_for(2, moves)
    assert not moves_between({NIGHT: 1}, {NIGHT: 1})


def test_words_and_runs() -> None:
    at_event = replace(NIGHT, role="event", ward_code="5", title="A fair")
    assert duty_words(at_event) == "Event in Ward 5: A fair"
    week = replace(NIGHT, ends_on=date(2026, 12, 9))
    assert turn_words(week) == "Fri, December 4, 8:00 p.m. to Wed, December 9, 8:00 a.m."
    days = [date(2026, 12, n) for n in (1, 2, 4)]
    assert runs_of_days(days) == ((days[0], days[1]), (days[2], days[2]))
    span = (NIGHT.begins_at(ZONE), NIGHT.ends_at(ZONE))
    assert nights_without([span], [span[0], span[1]]) == (span[1],)
