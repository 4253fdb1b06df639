"""Clocks: the golden vectors, the District's own due dates, and an oracle that walks day by day."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis.due_dates import promise_due_columns
from wardroom.kernel.business_time import Calendar, Clock, due_date
from wardroom.kernel.errors import Refused
from wardroom.kernel.holidays import legal_holidays

ALL_DAYS = {r.on: r.name for r in legal_holidays(2009, 2036)}
ZONE = "America/New_York"


def calendar(holidays: dict[date, str] = ALL_DAYS) -> Calendar:
    return Calendar("dc", ZONE, time(9), time(17), holidays)


DC = calendar()


def local(text: str) -> datetime:
    return DC.instant(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-04-01", 15, "2026-04-23"),
        ("2026-04-01", 25, "2026-05-07"),
        ("2026-04-01", 30, "2026-05-14"),
        ("2026-06-05", 15, "2026-06-29"),
        ("2026-06-05", 25, "2026-07-14"),
        ("2026-06-05", 30, "2026-07-21"),
        ("2025-12-15", 15, "2026-01-07"),
        ("2025-12-15", 25, "2026-01-22"),
        ("2025-12-15", 30, "2026-01-29"),
        ("2027-04-05", 15, "2027-04-27"),
        ("2027-04-05", 25, "2027-05-11"),
        ("2027-04-05", 30, "2027-05-18"),
        ("2025-01-06", 15, "2025-01-28"),
        ("2025-01-06", 25, "2025-02-11"),
        ("2025-01-06", 30, "2025-02-19"),
    ],
)
def test_golden_vectors_of_business_days(start: str, days: int, due: str) -> None:
    got = due_date(local(f"{start}T10:00"), days=days, clock=Clock.BUSINESS, calendar=DC)
    assert got.due_on == date.fromisoformat(due)


@pytest.mark.parametrize(("days", "due"), [(15, "2026-06-26"), (30, "2026-07-20")])
def test_golden_vectors_without_juneteenth(days: int, due: str) -> None:
    without = calendar({d: n for d, n in ALL_DAYS.items() if n != "Juneteenth"})
    got = due_date(local("2026-06-05T10:00"), days=days, clock=Clock.BUSINESS, calendar=without)
    assert got.due_on == date.fromisoformat(due)


def test_anc_proposal_counts_every_day() -> None:
    start = local("2026-06-05T10:00")
    for days, due in ((10, date(2026, 6, 15)), (60, date(2026, 8, 4))):
        assert due_date(start, days=days, clock=Clock.CALENDAR, calendar=DC).due_on == due


@pytest.mark.parametrize(
    ("filed", "days", "due"),
    [
        ("2015-09-11T05:50", 2, "2015-09-14T17:00"),
        ("2015-09-11T09:00:59", 2, "2015-09-14T17:00"),
        ("2015-09-11T09:01", 1, "2015-09-14T09:01"),
        ("2015-09-11T17:00", 1, "2015-09-14T17:00"),
        ("2015-09-11T17:01", 1, "2015-09-14T17:00"),
        ("2015-09-12T12:00", 1, "2015-09-14T17:00"),
        ("2015-10-09T10:00", 1, "2015-10-13T10:00"),
        ("2015-11-11T08:00", 1, "2015-11-12T17:00"),
    ],
)
def test_promise_starts_by_the_hour_it_was_filed(filed: str, days: int, due: str) -> None:
    got = due_date(local(filed), days=days, clock=Clock.PROMISE, calendar=DC)
    assert got.due_at.replace(tzinfo=None) == datetime.fromisoformat(due)


def test_open_meeting_notice_is_the_later_of_hours_and_days() -> None:
    monday = due_date(local("2026-11-16T10:00"), days=2, clock=Clock.NOTICE, calendar=DC)
    assert monday.due_at.replace(tzinfo=None) == datetime(2026, 11, 18, 10)
    friday = due_date(local("2026-11-20T10:00"), days=2, clock=Clock.NOTICE, calendar=DC)
    assert friday.due_at.replace(tzinfo=None) == datetime(2026, 11, 24, 10)


def test_due_date_explains_itself() -> None:
    due = due_date(local("2015-09-11T05:50"), days=22, clock=Clock.PROMISE, calendar=DC)
    text = " ".join(due.steps)
    assert "before opening: that day is day 1 of 22" in text
    assert "Skipped Monday, October 12, 2015: Indigenous Peoples' Day." in text
    assert due.steps[-1] == "Due Tuesday, October 13, 2015 at 5:00 p.m."


def test_daylight_saving_does_not_move_a_due_time() -> None:
    due = due_date(local("2026-10-30T10:00"), days=1, clock=Clock.PROMISE, calendar=DC)
    assert due.due_at.replace(tzinfo=None) == datetime(2026, 11, 2, 10)
    assert due.due_at - local("2026-10-30T10:00") == timedelta(days=3)
    assert due.due_at.astimezone(UTC) - local("2026-10-30T10:00").astimezone(UTC) == timedelta(
        days=3, hours=1
    )


@pytest.mark.parametrize("days", [0, -1, 4001])
def test_senseless_number_of_days_is_refused(days: int) -> None:
    with pytest.raises(Refused) as no:
        due_date(local("2026-01-05T10:00"), days=days, clock=Clock.BUSINESS, calendar=DC)
    assert no.value.field == "days"


def oracle(filed: datetime, days: int) -> datetime:
    """The promise in the slowest words: move to the first counting day, then day by day."""
    filed = filed.replace(second=0, microsecond=0)
    working = [d for d in _every_day(filed.date(), 200) if d.weekday() < 5 and d not in ALL_DAYS]
    starts_open = filed.date() == working[0]
    if starts_open and time(9) < filed.time() <= time(17):
        return datetime.combine(working[days], filed.time())
    if starts_open and filed.time() > time(17):
        working = working[1:]
    return datetime.combine(working[days - 1], time(17))


def _every_day(first: date, n: int) -> list[date]:
    return [first + timedelta(days=k) for k in range(n)]


@settings(max_examples=500)
@given(
    st.datetimes(min_value=datetime(2010, 1, 1), max_value=datetime(2034, 12, 1)),
    st.integers(1, 60),
)
def test_promise_agrees_with_the_oracle(filed: datetime, days: int) -> None:
    if filed != DC.local(DC.instant(filed)):
        return
    got = due_date(DC.instant(filed), days=days, clock=Clock.PROMISE, calendar=DC)
    assert got.due_at.replace(tzinfo=None) == oracle(filed, days)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.datetimes(min_value=datetime(2010, 1, 1), max_value=datetime(2034, 12, 1)),
            st.integers(1, 300),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_columns_agree_with_one_by_one(cases: list[tuple[datetime, int]]) -> None:
    cases = [(f, d) for f, d in cases if f == DC.local(DC.instant(f))] or [
        (datetime(2026, 1, 5, 10), 3)
    ]
    opened = np.array([f for f, _ in cases], dtype="datetime64[s]")
    got = promise_due_columns(opened, np.array([d for _, d in cases]), DC)
    for (filed, days), due in zip(cases, got.astype(datetime).tolist(), strict=True):
        one = due_date(DC.instant(filed), days=days, clock=Clock.PROMISE, calendar=DC)
        assert one.due_at.replace(tzinfo=None) == due


def sample(path: Path) -> list[tuple[datetime, int, datetime]]:
    with gzip.open(path / "lists" / "due_dates_2015_sample.csv.gz", "rt") as file:
        return [
            (
                datetime.fromisoformat(r["ADDDATE"]),
                int(r["BUSINESS_DAYS"]),
                datetime.fromisoformat(r["DUE_LOCAL"]).replace(second=0),
            )
            for r in csv.DictReader(file)
        ]


def reproduced(rows: list[tuple[datetime, int, datetime]], by: Calendar) -> set[int]:
    filed = np.array([r[0] for r in rows], dtype="datetime64[s]")
    got = promise_due_columns(filed, np.array([r[1] for r in rows]), by).astype(datetime)
    return {i for i, due in enumerate(got.tolist()) if due == rows[i][2]}


@pytest.mark.real_data
def test_districts_own_due_dates_of_short_promises_are_reproduced(shared_data: Path) -> None:
    rows = [r for r in sample(shared_data) if r[1] <= 31]
    assert len(rows) == 1666
    assert len(reproduced(rows, DC)) / len(rows) >= 0.999


@pytest.mark.real_data
def test_long_promises_lacked_next_years_holidays(shared_data: Path) -> None:
    """docs/decisions/002: the system of 2015 had no holiday after 2015 yet, and until
    20 September for some services no Thanksgiving either."""
    rows = [r for r in sample(shared_data) if r[1] > 31]
    assert len(rows) == 334
    only_2015 = {d: n for d, n in ALL_DAYS.items() if d.year <= 2015 and d != date(2016, 1, 1)}
    no_thanksgiving = {d: n for d, n in only_2015.items() if d != date(2015, 11, 26)}
    first = reproduced(rows, calendar(only_2015))
    second = reproduced(rows, calendar(no_thanksgiving))
    assert len(first) == 262
    assert first | second == set(range(334))
    assert all(rows[i][0].date() <= date(2015, 9, 22) for i in second - first)


@pytest.mark.real_data
def test_holidays_are_those_of_the_published_list(shared_data: Path) -> None:
    with (shared_data / "lists" / "dc_holidays_2010_2035.csv").open() as file:
        published = {date.fromisoformat(r["date"]): r["name"] for r in csv.DictReader(file)}
    ours = {d for d in ALL_DAYS if 2010 <= d.year <= 2035 and d.weekday() < 5}
    weekends = {d for d in published if d.weekday() >= 5}
    assert ours == set(published) - weekends


def test_holidays_agree_with_another_library() -> None:
    import holidays

    theirs = holidays.country_holidays("US", subdiv="DC", years=range(2021, 2036), observed=True)
    ours = {r.on for r in legal_holidays(2021, 2035) if r.on.weekday() < 5}
    assert ours <= {d for d in theirs if d.weekday() < 5}


def test_inauguration_on_a_king_day_is_one_day_off() -> None:
    names = [r.name for r in legal_holidays(2025, 2025) if r.on == date(2025, 1, 20)]
    assert sorted(names) == ["Inauguration Day", "Martin Luther King Jr. Day"]


def test_local_time_is_the_citys_not_the_readers() -> None:
    at = datetime(2026, 1, 6, 1, 30, tzinfo=UTC)
    assert DC.local(at) == datetime(2026, 1, 5, 20, 30)
    assert at.astimezone(ZoneInfo(ZONE)).date() == date(2026, 1, 5)
