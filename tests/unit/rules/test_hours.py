"""When a service is open: holidays, spans over midnight, odd weeks, and what is said of it."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from wardroom.library.rules.hours import WEEK, Hours, clock_words, in_words, standing

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
OFFICE = Hours(time(9), time(17), WEEKDAYS)
BAR = Hours(time(18), time(2), ("FR", "SA"))
LINE = Hours(time(0), time(0), WEEK)
THANKSGIVING = {date(2026, 11, 26): "Thanksgiving Day"}


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute)


@pytest.mark.parametrize(
    ("hours", "when", "is_open"),
    [
        (OFFICE, at(18, 9), True),
        (OFFICE, at(18, 8, 59), False),
        (OFFICE, at(18, 17), False),
        (OFFICE, at(21, 12), False),
        (BAR, at(20, 23), True),
        (BAR, at(21, 1, 59), True),
        (BAR, at(21, 2), False),
        (BAR, at(22, 1), True),
        (BAR, at(23, 1), False),
        (OFFICE, at(26, 12), False),
        (LINE, at(26, 3), True),
        (Hours(time(0), time(23, 59), WEEK), at(26, 3), True),
        (Hours(time(10), time(12), ("TH",), first_on=date(2026, 11, 26),
               last_on=date(2026, 11, 26)), at(26, 11), True),
        (Hours(time(9), time(17), WEEKDAYS, last_on=date(2026, 11, 17)), at(18, 12), False),
        (Hours(time(9), time(17), ("WE",), interval=2, starts_on=date(2026, 11, 4)), at(18, 12),
         True),
        (Hours(time(9), time(17), ("WE",), interval=2, starts_on=date(2026, 11, 4)), at(11, 12),
         False),
        (Hours(time(9), time(17), ("3WE",), freq="MONTHLY"), at(18, 12), True),
        (Hours(time(9), time(17), ("-1MO",), freq="MONTHLY"), at(30, 12), True),
        (Hours(time(9), time(17), ("-1MO",), freq="MONTHLY"), at(23, 12), False),
        (Hours(time(9), time(17), month_days=(-1,), freq="MONTHLY"), at(30, 12), True),
        (Hours(time(9), time(17), month_days=(15,), freq="MONTHLY"), at(18, 12), False),
    ],
)  # fmt: skip
def test_open_or_not(hours: Hours, when: datetime, is_open: bool) -> None:
    assert standing([hours], when, THANKSGIVING).is_open is is_open


def test_eve_of_a_holiday_runs_on_into_it() -> None:
    late = Hours(time(20), time(4), ("WE", "TH"))
    assert standing([late], at(26, 1), THANKSGIVING).is_open
    assert not standing([late], at(26, 21), THANKSGIVING).is_open


def test_closed_says_why_and_when_it_opens() -> None:
    holiday = standing([OFFICE], at(26, 12), THANKSGIVING)
    assert (holiday.holiday, holiday.opens) == ("Thanksgiving Day", at(27, 9))
    assert standing([OFFICE], at(20, 18)).opens == at(23, 9)


def test_days_that_clocks_change_move_no_opening() -> None:
    for month, day in ((3, 8), (11, 1)):
        sunday = Hours(time(1), time(5), ("SU",))
        now = standing([sunday], at(day, 3, month=month))
        assert (now.is_open, now.until) == (True, at(day, 5, month=month))


def test_open_until_the_last_of_two_spans() -> None:
    both = [Hours(time(9), time(12), WEEKDAYS), Hours(time(11), time(15), WEEKDAYS)]
    assert standing(both, at(18, 11, 30)).until == at(18, 15)


def test_without_hours_nothing_is_claimed() -> None:
    for hours in ([], [Hours(None, None, words="By appointment")]):
        assert not standing(hours, at(18, 12)).known


def test_words() -> None:
    single = [Hours(time(9), time(17), (day,)) for day in WEEKDAYS]
    assert in_words(single) == ("Monday to Friday, 9 a.m. to 5 p.m.",)
    assert in_words([BAR]) == ("Friday and Saturday, 6 p.m. to 2 a.m.",)
    assert in_words([LINE]) == ("Every day, around the clock",)
    odd = Hours(time(12), time(13, 30), ("WE",), interval=2, starts_on=date(2026, 11, 4))
    assert in_words([odd]) == ("Every other week on Wednesday, noon to 1:30 p.m.",)
    month = Hours(time(9), time(10), ("2MO", "-1FR"), freq="MONTHLY")
    assert in_words([month]) == ("Second Monday and last Friday of the month, 9 a.m. to 10 a.m.",)
    until = Hours(time(9), time(10), ("MO",), last_on=date(2026, 12, 31))
    assert in_words([until]) == ("Monday, 9 a.m. to 10 a.m., until December 31, 2026",)
    assert clock_words(time(0)) == "midnight"
