"""Staff needed: from the office's own records, with measured times, beside scenarios."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.ground import Ground, open_at
from tests.office.people import TODAY, day, lent, on, placed
from wardroom.casework.queries import issue_ids
from wardroom.directory.actions import fill_seat
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.models import Matter
from wardroom.office.actions import (
    drop_scenario,
    keep_scenario,
    log_time,
    note_unit_time,
    set_work_year,
    take_back_time,
    take_measured_time,
)
from wardroom.office.models import Scenario, TimeLog
from wardroom.office.queries import Staffing, get_time_log, logged_today, staffing

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def told(refusing: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        refusing()
    return no.value.code, no.value.field or ""


def seen(who: Cast, rates: dict[str, float] | None = None) -> Staffing:
    return staffing(who.actor, on=TODAY, rates=rates or {})


@pytest.fixture
def work(ground: Ground, liaison5: Cast) -> Matter:
    """One persistent location or whatever the ground opens, in Ward 5."""
    return open_at(ground, liaison5, "5")


def test_volumes_are_counted_in_the_records_by_ward(director: Cast, work: Matter) -> None:
    file = seen(director)
    today = {row.kind: row.volume for row in file.plans[0].works}
    assert today[work.kind] == 1
    assert [row.share.ward for row in file.wards] == ["5"]
    assert file.wards[0].share.fte >= 1


def test_placeholders_are_marked_until_the_office_measured(director: Cast, liaison5: Cast) -> None:
    assert all(row.placeholder for row in seen(director).times)
    few = lambda: take_measured_time(  # noqa: E731
        None, kind="issue", since_on=day(-7), until_on=TODAY, stamp=director.stamp
    )
    log_time(liaison5.party, kind="issue", minutes=30, stamp=liaison5.stamp)
    assert told(few) == ("too_few", "kind")
    for minutes in (60, 90, 60, 30):
        log_time(liaison5.party, kind="issue", minutes=minutes, stamp=liaison5.stamp)
    assert [row.minutes for row in logged_today(liaison5.actor, on=TODAY)] == [30, 60, 90, 60, 30]
    take_measured_time(None, kind="issue", since_on=day(-7), until_on=TODAY, stamp=director.stamp)
    row = next(row for row in seen(director).times if row.kind == "issue")
    assert (row.placeholder, row.hours, row.observed) == (False, 0.9, 5)
    assert row.low < row.hours < row.high
    assert (row.measured_by, row.measured_on) == (director.actor.name, TODAY)


def test_time_is_ones_own_and_of_a_known_kind(director: Cast, liaison5: Cast) -> None:
    other = lambda: log_time(liaison5.party, kind="issue", minutes=5, stamp=director.stamp)  # noqa: E731
    assert told(other) == ("not_yours", "kind")
    for kind, minutes, field in (("lunch", 5, "kind"), ("issue", 1441, "minutes")):
        wrong = lambda k=kind, m=minutes: log_time(  # noqa: E731
            liaison5.party, kind=k, minutes=m, stamp=liaison5.stamp
        )
        assert told(wrong)[1] == field
    assert not TimeLog.objects.exists()


def test_gap_is_against_filled_jobs_and_a_detail_is_none_of_them(
    director: Cast, liaison5: Cast, liaison7: Cast, work: Matter
) -> None:
    held = placed("5", director)
    placed("7", director)
    assert held.seat is not None
    fill_seat(held.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    lent(liaison7, director, hours_weekly=Decimal(20))
    file = seen(director)
    plan = file.plans[0]
    assert (plan.positions, file.vacant, file.lent) == (1, 1, 0.5)
    assert plan.gap == plan.need.fte - 1
    assert [(row.share.ward, row.there) for row in file.wards] == [("5", 1), ("7", 0)]


def test_scenario_stands_beside_today_and_changes_nothing_real(
    director: Cast, work: Matter
) -> None:
    before = seen(director).plans[0]
    changes: dict[str, Any] = {
        "volumes": {"issue": 5000, "persistent_location": 24, "meeting": 1200, "incident": 96},
        "hours": {},
        "positions": 2,
    }
    kept = keep_scenario(None, name="A full year", changes=changes, stamp=director.stamp)
    today, full = seen(director).plans
    assert today == before
    assert round(full.need.fte, 2) == 10.96
    assert full.positions == today.positions + 2
    drop_scenario(kept, stamp=director.stamp)
    assert seen(director).plans == (before,)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "name"),
        ({"volumes": {"issue": -1}}, "volumes_issue"),
        ({"hours": {"issue": 20_000}}, "hours_issue"),
        ({"positions": 500}, "positions"),
        ({"utilisation": 2}, "utilisation"),
    ],
)
def test_scenario_that_cannot_be_is_refused(
    director: Cast, changes: dict[str, Any], field: str
) -> None:
    wrong = lambda: keep_scenario(None, name="X", changes=changes, stamp=director.stamp)  # noqa: E731
    assert told(wrong)[1] == field
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("changes", [{"net_hours": 0}, {"utilisation": Decimal(0)}])
def test_year_of_no_hours_is_refused_and_the_page_goes_on(
    director: Cast, changes: dict[str, Any]
) -> None:
    wrong = lambda: keep_scenario(None, name="X", changes=changes, stamp=director.stamp)  # noqa: E731
    assert told(wrong)[1] in changes
    assert len(seen(director).plans) == 1


def test_four_scenarios_stand_side_by_side_at_most(director: Cast) -> None:
    for number in range(4):
        keep_scenario(None, name=f"S{number}", changes={"positions": 1}, stamp=director.stamp)
    more = lambda: keep_scenario(None, name="S4", changes={"positions": 1}, stamp=director.stamp)  # noqa: E731
    assert told(more) == ("too_many", "name")
    same = lambda: keep_scenario(None, name="s1", changes={"positions": 1}, stamp=director.stamp)  # noqa: E731
    assert told(same) == ("name_taken", "name")


def test_year_and_times_measured_elsewhere_count(director: Cast, work: Matter) -> None:
    set_work_year(
        None, net_hours=1000, utilisation=Decimal("0.5"), reason="Short", stamp=director.stamp
    )
    note_unit_time(
        None,
        kind=work.kind,
        hours=Decimal(100),
        low=Decimal(50),
        high=Decimal(200),
        observed=12,
        how="By hand in spring",
        stamp=on(director.stamp, TODAY),
    )
    need = seen(director).plans[0].need
    assert (need.low, need.fte, need.high) == (0.1, 0.2, 0.4)


def test_only_those_who_lead_or_audit_see_what_is_needed(
    director: Cast, liaison5: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    assert seen(records_officer).allowed == frozenset()
    for who in (liaison5, partner_dpw):
        with pytest.raises(NotFound):
            seen(who)
        with pytest.raises(NotAllowed):
            keep_scenario(None, name="X", changes={"positions": 1}, stamp=who.stamp)


@pytest.mark.parametrize(("net", "at", "people"), [(1698, 0, 1.72), (1850, 2, 4.74)])
def test_people_that_a_post_takes(director: Cast, net: int, at: int, people: float) -> None:
    set_work_year(
        None, net_hours=net, utilisation=Decimal("0.75"), reason="Ours", stamp=director.stamp
    )
    post = seen(director).posts[at]
    assert (post.hours, round(post.people, 2)) == ((2_920, 0, 8_760)[at], people)


def test_least_of_a_ward_is_told_apart_from_its_work(director: Cast, work: Matter) -> None:
    placed("7", director)
    file = seen(director)
    assert [row.share.fte for row in file.wards] == [1, 1]
    assert 1 < file.least_adds < 2


def test_count_leads_to_the_list_of_that_year_alone(
    director: Cast, liaison5: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: director.stamp.at)
    client = Client()
    client.post("/account/login/", {"login": director.email, "password": PASSWORD})
    page = client.get("/staffing/").content.decode()
    assert 'href="/issues/?state=all&amp;opened=year"' in page
    since = (TODAY - timedelta(days=364)).isoformat()
    for link in (
        "/locations/?state=all&amp;worked=year",
        f"/incidents/?state=counted&amp;opened_from={since}",
    ):
        assert f'href="{link}"' in page
    assert "Covering a post" in page
    open_at(ground, liaison5, "5", kind="issue")

    def listed(first: date) -> int:
        return len(issue_ids(director.actor, state="all", opened_from=first, most=9))

    assert (listed(TODAY), listed(day(1))) == (1, 0)


def test_time_is_taken_back_by_oneself_on_the_same_day(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    log = log_time(liaison5.party, kind="issue", minutes=30, stamp=liaison5.stamp)
    with pytest.raises(NotFound):
        get_time_log(log.pk, liaison7.actor)
    assert told(lambda: take_back_time(log, stamp=liaison7.stamp)) == ("not_yours", "")
    late = lambda: take_back_time(log, stamp=on(liaison5.stamp, day(1)))  # noqa: E731
    assert told(late) == ("day_over", "")
    take_back_time(get_time_log(log.pk, liaison5.actor), stamp=liaison5.stamp)
    assert logged_today(liaison5.actor, on=TODAY) == ()
    assert [row.logged for row in seen(director).times if row.kind == "issue"] == [0]
