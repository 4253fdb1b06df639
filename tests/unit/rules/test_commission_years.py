"""On which days a commission meets in a year."""

from __future__ import annotations

from datetime import date

import pytest

from wardroom.engagement.rules.meetings import meeting_days, usual_day
from wardroom.kernel.errors import Refused

TUESDAY, THURSDAY = 1, 3


def test_third_tuesday_without_the_months_of_recess() -> None:
    days = meeting_days(2027, which=3, weekday=TUESDAY, recess={7, 8})
    assert days[:2] == (date(2027, 1, 19), date(2027, 2, 16))
    assert len(days) == 10
    assert {day.month for day in days}.isdisjoint({7, 8})
    assert all(day.weekday() == TUESDAY and 15 <= day.day <= 21 for day in days)


@pytest.mark.parametrize(
    ("month", "which", "weekday", "day"),
    [(2, -1, THURSDAY, 25), (12, -1, THURSDAY, 30), (6, 1, TUESDAY, 1), (3, 4, THURSDAY, 25)],
)
def test_usual_day_of_a_month(month: int, which: int, weekday: int, day: int) -> None:
    assert usual_day(2027, month, which=which, weekday=weekday) == date(2027, month, day)


def test_fewer_than_nine_meetings_are_against_the_law() -> None:
    with pytest.raises(Refused, match="nine months") as no:
        meeting_days(2027, which=3, weekday=TUESDAY, recess={6, 7, 8, 9})
    assert no.value.field == "recess"
