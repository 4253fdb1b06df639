"""Agencies' calendars: what clashes with a joint work day, and what of it somebody may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.calendar.conftest import TUESDAY, seat_all
from tests.cast import Cast, on_day
from tests.conftest import NOON
from tests.ground import AskMaker, Ground, open_at
from wardroom.calendar.actions import (
    EventDraft,
    SeriesDraft,
    begin_series,
    cancel_event,
    plan_event_with,
)
from wardroom.calendar.models import Event
from wardroom.calendar.queries import AgencyDay, agency_days, event_file
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.actions import accept_ask
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo("America/New_York"))
Agencies = Mapping[str, Party]


def work_day(
    who: Cast, agencies: list[Party], *, ward: str = "5", matter: Matter | None = None
) -> Event:
    draft = EventDraft(
        kind="joint_work_day",
        title=f"Clear it, Ward {ward}",
        starts_at=NINE,
        ends_at=NINE + timedelta(hours=3),
        ward_code=ward,
        place_text="The alley",
        matter=matter,
    )
    return plan_event_with(draft, agencies=agencies, stamp=who.stamp)


def days(who: Cast, *codes: str, but: Event | None = None) -> tuple[AgencyDay, ...]:
    number = but.pk if but else None
    return agency_days(codes, who.actor, from_on=TUESDAY, until_on=TUESDAY, but=number)


@pytest.mark.any_database
def test_core_team_meeting_is_in_the_way_of_who_sits_there(
    meetings: list[Event], liaison5: Cast, agencies: Agencies
) -> None:
    event = work_day(liaison5, [agencies["DPW"]])
    [day] = days(liaison5, "DPW", but=event)
    assert [(c.what, c.where, c.event_id) for c in day.clashes] == [
        ("Core team of Ward 5", "Room 301", meetings[0].pk)
    ]
    assert event_file(event.pk, liaison5.actor, at=NOON).clashes == (day,)


@pytest.mark.any_database
def test_another_work_day_is_in_the_way_and_a_canceled_one_is_not(
    liaison5: Cast, agencies: Agencies
) -> None:
    other = work_day(liaison5, [agencies["DPW"], agencies["DDOT"]])
    event = work_day(liaison5, [agencies["DPW"]])
    [day] = days(liaison5, "DPW", but=event)
    assert [c.event_id for c in day.clashes] == [other.pk]
    cancel_event(other, reason="Rain", stamp=liaison5.stamp)
    assert days(liaison5, "DPW", but=event) == ()


@pytest.mark.any_database
def test_one_promise_is_no_clash_and_several_are(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, agencies: Agencies, ask_in: AskMaker
) -> None:
    first = ask_in(matter5, liaison5, "DPW")
    accept_ask(first, promised_on=TUESDAY, stamp=partner_dpw.stamp)
    [day] = days(liaison5, "DPW")
    assert [(t.ask_id, t.clash) for t in day.things] == [(first.pk, False)]
    second = ask_in(matter5, liaison5, "DPW")
    accept_ask(second, promised_on=TUESDAY, stamp=partner_dpw.stamp)
    [day] = days(liaison5, "DPW")
    assert [c.ask_id for c in day.clashes] == [first.pk, second.pk]
    assert [c.where for c in day.clashes] == ["Alley behind the 500 block"] * 2


@pytest.mark.any_database
def test_event_of_another_ward_shows_its_time_and_nothing_else(
    liaison5: Cast, liaison7: Cast, director: Cast, agencies: Agencies
) -> None:
    theirs = work_day(liaison7, [agencies["DPW"]], ward="7")
    [day] = days(liaison5, "DPW")
    [thing] = day.clashes
    assert (thing.what, thing.where, thing.event_id) == ("Another ward's event", "", None)
    assert thing.starts_at == NINE
    [seen] = days(director, "DPW")
    assert seen.clashes[0].event_id == theirs.pk


@pytest.mark.any_database
def test_event_of_a_restricted_matter_is_not_even_a_time(
    ground: Ground, liaison5: Cast, liaison7: Cast, agencies: Agencies
) -> None:
    matter7 = open_at(ground, liaison7, "7")
    work_day(liaison7, [agencies["DPW"]], ward="7", matter=matter7)
    assert len(days(liaison5, "DPW")) == 1
    restrict_matter(matter7, readers=[], reason="A victim", stamp=liaison7.stamp)
    assert days(on_day(liaison5, NOON.date()), "DPW") == ()


@pytest.mark.any_database
def test_run_of_the_day_is_what_was_promised_for_it(
    matter5: Matter, liaison5: Cast, partner_dpw: Cast, agencies: Agencies, ask_in: AskMaker
) -> None:
    ask = ask_in(matter5, liaison5, "DPW")
    ask_in(matter5, liaison5, "DDOT")
    accept_ask(ask, promised_on=TUESDAY, stamp=partner_dpw.stamp)
    event = work_day(liaison5, [agencies["DPW"]])
    run = event_file(event.pk, liaison5.actor, at=NOON).run
    assert [row.ask_id for row in run] == [ask.pk]


def test_agency_sees_its_own_day_and_no_clashes_of_others(
    liaison5: Cast, partner_dpw: Cast, agencies: Agencies
) -> None:
    work_day(liaison5, [agencies["DPW"]])
    event = work_day(liaison5, [agencies["DPW"], agencies["DDOT"]])
    view = event_file(event.pk, partner_dpw.actor, at=NOON)
    assert (view.days, view.allowed, view.planned_by) == ((), frozenset(), "")


def test_work_day_is_planned_whole_or_not_at_all(
    liaison5: Cast, liaison7: Cast, agencies: Agencies
) -> None:
    with pytest.raises(Refused):
        work_day(liaison5, [agencies["DPW"], agencies["DPW"]])
    with pytest.raises(NotAllowed):
        work_day(liaison7, [agencies["DPW"]])
    assert not Event.objects.exists()


def test_table_of_another_ward_counts_for_its_agencies(
    liaison5: Cast, liaison7: Cast, agencies: Agencies
) -> None:
    seat_all(liaison7, agencies, ward="7")
    begin_series(SeriesDraft("7", date(2026, 11, 24), time(10)), stamp=liaison7.stamp)
    [day] = days(liaison5, "DDOT")
    assert day.clashes[0].what == "Another ward's event"
