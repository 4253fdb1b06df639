"""How long before a deed notice is due, and how a notice stands; field.md 4.6 has the days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from wardroom.engagement.rules import notices as rules
from wardroom.kernel.business_time import Aim, Calendar, Clock, due_date
from wardroom.kernel.errors import Refused
from wardroom.kernel.holidays import DESIGNATED, legal_holidays

DAYS = list(legal_holidays(2024, 2028))
DC = Calendar(
    "dc",
    "America/New_York",
    time(9),
    time(17),
    {row.on: row.name for row in DAYS},
    disputed=frozenset(row.on for row in DAYS if row.legal_basis.startswith(DESIGNATED)),
)
DAY = date(2026, 4, 1)
VECTORS = [
    (date(2026, 4, 1), date(2026, 5, 14), date(2026, 5, 15)),
    (date(2026, 6, 5), date(2026, 7, 21), date(2026, 7, 22)),
    (date(2025, 12, 15), date(2026, 1, 29), date(2026, 1, 30)),
    (date(2027, 4, 5), date(2027, 5, 18), date(2027, 5, 19)),
    (date(2025, 1, 6), date(2025, 2, 19), date(2025, 2, 20)),
]
STANDS: dict[str, Any] = {
    "decide_on": date(2026, 5, 15),
    "send_by_on": date(2026, 4, 1),
    "notice_on": None,
    "earliest_on": None,
    "excepted": False,
}


def earliest(notice_on: date, clock: Clock = Clock.BUSINESS, days: int = 30) -> date:
    return rules.earliest_decision(notice_on, clock=clock, days=days, calendar=DC)[-1].due_on


@pytest.mark.parametrize(("start", "ends", "decides"), VECTORS)
def test_thirty_working_days_and_the_day_after(start: date, ends: date, decides: date) -> None:
    at = DC.instant(datetime.combine(start, time(12)))
    period = due_date(at, days=30, clock=Clock.BUSINESS, calendar=DC, aim=Aim.EARLIEST)
    assert period.due_on == ends
    assert earliest(start) == decides


def test_disputed_holiday_makes_it_the_later_day() -> None:
    (due,) = rules.earliest_decision(date(2026, 6, 5), clock=Clock.BUSINESS, days=30, calendar=DC)
    assert due.due_on == date(2026, 7, 22)
    assert any("the later day is taken" in step for step in due.steps)


def test_ten_days_at_a_high_risk_place_and_45_days_for_a_license() -> None:
    assert earliest(date(2026, 4, 1), days=10) == date(2026, 4, 17), "past Emancipation Day"
    assert earliest(date(2026, 4, 1), Clock.CALENDAR, 45) == date(2026, 5, 18), "a Monday"


@pytest.mark.parametrize(("start", "ends", "decides"), VECTORS)
def test_last_day_for_a_notice_is_the_last_one_in_time(
    start: date, ends: date, decides: date
) -> None:
    last = rules.latest_notice(decides, clock=Clock.BUSINESS, days=30, calendar=DC)
    assert earliest(last) <= decides < earliest(last + timedelta(days=1))
    assert last >= start


@pytest.mark.parametrize(
    ("changes", "today", "standing"),
    [
        ({}, date(2026, 4, 1), "awaited"),
        ({}, date(2026, 4, 2), "overdue"),
        ({}, date(2026, 5, 16), "none"),
        ({"notice_on": date(2026, 4, 1), "earliest_on": date(2026, 5, 15)}, None, "in_time"),
        ({"notice_on": date(2026, 4, 2), "earliest_on": date(2026, 5, 18)}, None, "short"),
        ({"notice_on": date(2026, 5, 16), "earliest_on": date(2026, 6, 30)}, None, "late"),
        ({"excepted": True}, date(2026, 5, 16), "excepted"),
        ({"claimed": True}, date(2026, 5, 16), "said"),
    ],
)
def test_how_a_notice_stands(changes: dict[str, Any], today: date | None, standing: str) -> None:
    on = today or date(2026, 5, 20)
    assert rules.standing_of_notice(**{**STANDS, **changes}, today=on) == standing


def test_portal_post_is_no_notice() -> None:
    with pytest.raises(Refused, match="portal") as no:
        rules.check_seen(DAY, medium="portal", sent_to="ANC 5B", today=DAY)
    assert no.value.field == "medium"


def test_notice_ends_as_it_stands() -> None:
    rules.check_notice_end("short", "short")
    rules.check_notice_end("dropped", "awaited")
    with pytest.raises(Refused, match="Notice too short"):
        rules.check_notice_end("in_time", "short")
    with pytest.raises(Refused, match="Look first"):
        rules.check_notice_end("none", "none", claimed=True)
    rules.check_notice_end("dropped", "said", claimed=True)
