"""R6: due dates, weeks and the order of lines hold at every edge of the calendar and the clock.

The calendar that judges is another library's, counted day by day; what the sun says of the
clocks comes from the law's words (tests/unit/kernel/test_oracle_to_the_minute.py, which, with
test_oracle.py, counts 145,000 more cases).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import holidays
import pytest

from tests.cast import Cast
from tests.conftest import NOON, stamp_for
from tests.ground import DUE, AskMaker
from tests.unit.kernel.test_oracle_to_the_minute import changes, to_sun
from wardroom.kernel.business_time import Calendar, Clock, due_date
from wardroom.ledger.models import Entry
from wardroom.ledger.queries.verifying import verified_chain
from wardroom.matters.actions import accept_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import past
from wardroom.matters.queries.past import asks_at
from wardroom.reporting.rules import week_of

ZONE = "America/New_York"
YEARS = range(2024, 2035)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
THEIRS = holidays.country_holidays("US", subdiv="DC", years=range(2023, 2037), observed=True)
DC = Calendar("dc", ZONE, time(9), time(17), dict(THEIRS))


def edges() -> Iterator[date]:
    """The days around every change of the clocks, end of February and end of a year."""
    for year in YEARS:
        forward, back = changes(year)
        for edge in (forward.date(), back.date(), date(year, 2, 28), date(year, 12, 31)):
            yield from (edge + n * DAY for n in range(-4, 5))


def working_days_on(day: date, days: int, off: Any = THEIRS) -> date:
    """So many working days after a day, counted one by one."""
    while days:
        day += DAY
        days -= day.weekday() < 5 and day not in off
    return day


def off_by(calendar: Calendar) -> list[date]:
    """The days of the edges on which a due date is not that of the other calendar."""
    found = []
    for n, day in enumerate(edges()):
        days = 1 + n % 25
        start = calendar.instant(datetime.combine(day, time(n % 24, 30)))
        got = [
            due_date(start, days=days, clock=clock, calendar=calendar).due_at.astimezone(UTC)
            for clock in (Clock.BUSINESS, Clock.CALENDAR)
        ]
        want = [
            to_sun(datetime.combine(due, time(17))).replace(tzinfo=UTC)
            for due in (working_days_on(day, days), day + days * DAY)
        ]
        if got != want:
            found.append(day)
    return found


def test_due_dates_hold_at_396_edges_by_another_calendar() -> None:
    assert len(list(edges())) >= 300
    assert off_by(DC) == []


def test_power_calendar_that_lacks_holidays_or_summer_time_is_found() -> None:
    """Power check: a calendar without a holiday, and one of a city that changes no clocks."""
    assert off_by(Calendar("dc", ZONE, time(9), time(17), {}))
    assert off_by(Calendar("dc", "Etc/GMT+5", time(9), time(17), dict(THEIRS)))


def test_weeks_tile_the_years_and_last_as_long_as_the_sun_says() -> None:
    lengths = set()
    for day in edges():
        week, after = week_of(day, zone=ZONE), week_of(day + 7 * DAY, zone=ZONE)
        assert week.starts_on <= day <= week.ends_on
        assert week.end_at == after.start_at
        monday = datetime.combine(week.starts_on, time())
        assert week.start_at.astimezone(UTC).replace(tzinfo=None) == to_sun(monday)
        hours = (week.end_at.astimezone(UTC) - week.start_at.astimezone(UTC)) / HOUR
        assert hours == (to_sun(monday + 7 * DAY) - to_sun(monday)) / HOUR
        lengths.add(hours)
    assert lengths == {167, 168, 169}


@pytest.fixture
def told_by_a_jumping_clock(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, ask_in: AskMaker
) -> list[Ask]:
    """Asks that were accepted and done while the clock jumped an hour on or back each time."""
    made = []
    for first, second in product((-1, 0, 1), repeat=2):
        ask = ask_in(matter5, liaison5, "DPW")
        at = NOON + first * HOUR
        accept_ask(ask, promised_on=DUE, stamp=stamp_for(partner_dpw.actor, at))
        at += second * HOUR
        ask.refresh_from_db()
        made.append(report_done(ask, disposition="fixed", stamp=stamp_for(partner_dpw.actor, at)))
    return made


def out_of_order(asks: list[Ask]) -> list[Ask]:
    """The asks whose state, told again from the lines, is not the one that they have."""
    then = asks_at(NOON + DAY)
    return [ask for ask in asks if then[ask.pk].state != ask.state]


@pytest.mark.django_db
@pytest.mark.any_database
def test_lines_stand_in_the_order_of_what_was_done_whatever_the_clock_said(
    told_by_a_jumping_clock: list[Ask],
) -> None:
    assert out_of_order(told_by_a_jumping_clock) == []
    assert asks_at(NOON) == {}, "none had been sent before noon, though some were answered"
    chained = Entry.objects.order_by("link__position")
    assert list(chained.values_list("pk", flat=True)) == sorted(
        Entry.objects.values_list("pk", flat=True)
    )
    at = list(chained.values_list("at", flat=True))
    assert at != sorted(at), "the clock never went back"
    assert verified_chain().broken is None


@pytest.mark.django_db
@pytest.mark.any_database
def test_power_lines_told_in_the_order_of_the_clock_are_found(
    told_by_a_jumping_clock: list[Ask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power check: the same lines, sorted by what the clock said, give asks other states."""
    lines: Callable[..., Any] = past._lines
    monkeypatch.setattr(past, "_lines", lambda *a, **k: lines(*a, **k).order_by("at", "pk"))
    assert out_of_order(told_by_a_jumping_clock) != []
