"""A silent agency is followed up step by step, on working days, in working hours, once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import Cast
from tests.trouble import load_topics
from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.jobs import routines
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters import actions
from wardroom.matters.models import Ask, Waiting
from wardroom.matters.queries import due_rungs

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")
KINDS = ("AskReminded", "CallWanted", "DirectorTold", "AgencyHeadTold")


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)


def by_clock(moment: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=moment, window=Window.WORKER)


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    load_topics()


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment at which the routine runs; tests move it."""
    now = [at(date(2026, 11, 18))]
    monkeypatch.setattr(routines, "worker_stamp", lambda: by_clock(now[0]))
    return now


def run_days(hours: list[datetime], first: date, days: int) -> list[tuple[str, date]]:
    """Run the routine every hour of so many days; what the ledger then holds."""
    for k in range(days):
        for hour in range(24):
            hours[0] = at(first + timedelta(days=k), hour)
            routines.climb_ladders()
    rows = Entry.objects.filter(kind__in=KINDS).order_by("pk")
    return [(row.kind, row.at.astimezone(ZONE).date()) for row in rows]


def test_silence_climbs_on_the_second_fourth_sixth_and_eighth_working_day(
    requested: Ask, director: Cast, liaison5: Cast, hours: list[datetime]
) -> None:
    told = run_days(hours, date(2026, 11, 18), 21)
    assert told == [
        ("AskReminded", date(2026, 11, 20)),
        ("CallWanted", date(2026, 11, 24)),
        ("DirectorTold", date(2026, 11, 27)),
        ("AgencyHeadTold", date(2026, 12, 1)),
    ]
    todo = Waiting.objects.filter(reason="todo")
    assert todo.get(party=liaison5.party).title.startswith("Call ")
    assert "has not answered" in todo.get(party=director.party).title


def test_nothing_goes_out_on_a_day_off_or_at_night(requested: Ask) -> None:
    emancipation = date(2027, 4, 16)
    for moment in (
        at(date(2026, 11, 21)),
        at(date(2026, 11, 22)),
        at(emancipation),
        at(date(2026, 11, 23), 3),
        at(date(2026, 11, 23), 17),
    ):
        assert due_rungs(moment) == ()
        with pytest.raises(Refused) as no:
            actions.climb_ladder(requested, stamp=by_clock(moment))
        assert no.value.code == "too_early"
    assert due_rungs(at(date(2026, 11, 23))) == (requested.pk,)


def test_two_workers_take_one_step(requested: Ask) -> None:
    moment = at(date(2026, 11, 20))
    actions.climb_ladder(requested, stamp=by_clock(moment))
    with pytest.raises(Refused) as no:
        actions.climb_ladder(requested, stamp=by_clock(moment))
    assert no.value.code == "too_early"
    assert Entry.objects.filter(kind__in=KINDS).count() == 1


def test_after_a_standstill_there_is_one_step_a_day(
    requested: Ask, director: Cast, hours: list[datetime]
) -> None:
    told = run_days(hours, date(2026, 12, 14), 3)
    assert [day.day for _, day in told] == [14, 15, 16]


def test_answer_resets_and_a_broken_promise_climbs_too(
    requested: Ask, partner_dpw: Cast, hours: list[datetime]
) -> None:
    assert len(run_days(hours, date(2026, 11, 18), 3)) == 1
    ask = actions.accept_ask(requested, promised_on=date(2026, 12, 4), stamp=partner_dpw.stamp)
    assert (ask.rung, ask.rung_on) == (0, date(2026, 12, 8))
    told = run_days(hours, date(2026, 11, 23), 16)
    assert told[1:] == [("AskReminded", date(2026, 12, 8))]


def test_what_was_declined_or_withdrawn_climbs_no_more(
    requested: Ask, partner_dpw: Cast, hours: list[datetime]
) -> None:
    actions.decline_ask(requested, code="no_budget", stamp=partner_dpw.stamp)
    assert run_days(hours, date(2026, 11, 18), 14) == []


def test_withdrawn_ask_climbs_no_more(
    requested: Ask, liaison5: Cast, hours: list[datetime]
) -> None:
    actions.withdraw_ask(requested, reason="The lot was sold", stamp=liaison5.stamp)
    assert run_days(hours, date(2026, 11, 18), 14) == []


def test_one_that_fails_stops_no_other(
    requested: Ask, hours: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    hours[0] = at(date(2026, 11, 20))
    real = due_rungs(hours[0])
    monkeypatch.setattr(routines, "due_rungs", lambda _: (0, *real))
    assert routines.climb_ladders() == 1


def test_only_the_house_climbs(requested: Ask, liaison5: Cast, director: Cast) -> None:
    for person in (liaison5, director):
        with pytest.raises(NotAllowed):
            actions.climb_ladder(requested, stamp=person.stamp)
