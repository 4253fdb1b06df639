"""Events: planned, moved, canceled and held, by whom, and who sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.conftest import NOON
from wardroom.access.actor import Stamp
from wardroom.calendar import rules
from wardroom.calendar.actions import (
    EventDraft,
    add_participation,
    cancel_event,
    hold_event,
    move_event,
    note_answer,
    plan_event,
    record_attendance,
)
from wardroom.calendar.models import Event
from wardroom.calendar.queries import events_between, events_of_ward, get_event
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.ledger.models import Entry
from wardroom.matters.actions.sealing import restrict_matter
from wardroom.matters.models import Matter

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 12, 1, 15, 0, tzinfo=ZoneInfo("UTC"))
HOUR = timedelta(hours=1)
FIRST = date(2026, 12, 1)
WASHINGTON = ZoneInfo("America/New_York")


def plan(who: Cast, ward: str = "5", *, at: datetime = TUESDAY, kind: str = "meeting") -> Event:
    draft = EventDraft(
        kind=kind, title="Alley meeting", starts_at=at, ends_at=at + HOUR, ward_code=ward
    )
    return plan_event(draft, stamp=who.stamp)


def later(who: Cast, days: int) -> Stamp:
    return Stamp(actor=who.actor, at=NOON + timedelta(days=days), window=who.stamp.window)


def refused(code: str, call: object) -> None:
    with pytest.raises(Refused) as no:
        call()  # type: ignore[operator]
    assert no.value.code == code


@pytest.mark.any_database
def test_event_is_planned_and_told_in_its_ward(liaison5: Cast) -> None:
    event = plan(liaison5)
    line = Entry.objects.get(kind="EventPlanned")
    assert line.ward_code == "5"
    assert line.sentence == "Planned 'Alley meeting' for Tuesday, December 1, 2026, 10:00 a.m."
    assert (event.state, event.version) == ("planned", 1)


def test_event_refuses_what_cannot_be(liaison5: Cast) -> None:
    def draft(**more: object) -> EventDraft:
        given = {"kind": "walk", "title": "A walk", "starts_at": TUESDAY, "ends_at": TUESDAY + HOUR}
        return EventDraft(**{**given, "ward_code": "5", **more})  # type: ignore[arg-type]

    for code, more in (
        ("unknown_kind", {"kind": "party"}),
        ("title_missing", {"title": "  "}),
        ("ends_too_early", {"ends_at": TUESDAY}),
        ("too_long", {"ends_at": TUESDAY + timedelta(days=15)}),
        ("in_the_past", {"starts_at": NOON - timedelta(days=1)}),
        (
            "too_far",
            {"starts_at": TUESDAY.replace(year=2036), "ends_at": TUESDAY.replace(year=2036) + HOUR},
        ),
    ):
        refused(code, lambda m=more: plan_event(draft(**m), stamp=liaison5.stamp))


def test_liaison_of_another_ward_and_partner_plan_nothing(
    liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            plan(who)


def test_city_wide_event_is_the_directors(liaison5: Cast, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        plan(liaison5, "")
    event = plan(director, "")
    assert get_event(event.pk, liaison5.actor) == event


@pytest.mark.any_database
def test_cancelled_event_stays_with_its_reason(liaison5: Cast) -> None:
    event = plan(liaison5)
    refused("reason_missing", lambda: cancel_event(event, reason=" ", stamp=liaison5.stamp))
    cancel_event(event, reason="The room floods", stamp=liaison5.stamp)
    [row] = events_of_ward("5", FIRST, FIRST)
    assert (row.state, row.cancelled_why) == ("cancelled", "The room floods")
    refused("wrong_state", lambda: cancel_event(event, reason="Again", stamp=liaison5.stamp))
    refused("wrong_state", lambda: hold_event(event, stamp=later(liaison5, 20)))


def test_event_is_held_on_its_day_or_later(liaison5: Cast) -> None:
    event = plan(liaison5)
    refused("not_yet", lambda: hold_event(event, stamp=liaison5.stamp))
    assert hold_event(event, stamp=later(liaison5, 13)).state == "held"


def test_moved_event_keeps_the_time_before_on_record(liaison5: Cast) -> None:
    event = plan(liaison5)
    day = timedelta(days=1)
    moved = move_event(
        event,
        starts_at=TUESDAY + day,
        ends_at=TUESDAY + day + HOUR,
        reason="Election",
        seen=1,
        stamp=liaison5.stamp,
    )
    assert moved.version == 2
    assert Entry.objects.get(kind="EventMoved").sentence == (
        "Moved 'Alley meeting' from Tuesday, December 1, 2026, 10:00 a.m. to Wednesday, "
        "December 2, 2026, 10:00 a.m. (Election)"
    )
    with pytest.raises(Stale):
        cancel_event(event, reason="Not seen", seen=1, stamp=liaison5.stamp)


@pytest.mark.any_database
def test_other_ward_sees_nothing_and_partner_sees_its_own(
    liaison5: Cast,
    liaison7: Cast,
    partner_dpw: Cast,
    partner_ddot: Cast,
    agencies: Mapping[str, Party],
) -> None:
    event = plan(liaison5)
    add_participation(event, party=agencies["DPW"], role="agency", stamp=liaison5.stamp)
    assert [r.id for r in events_between(liaison5.actor, from_on=FIRST, until_on=FIRST)] == [
        event.pk
    ]
    assert [r.id for r in events_between(partner_dpw.actor, from_on=FIRST, until_on=FIRST)] == [
        event.pk
    ]
    for who in (liaison7, partner_ddot):
        assert events_between(who.actor, from_on=FIRST, until_on=FIRST) == ()
        with pytest.raises(NotFound):
            get_event(event.pk, who.actor)


@pytest.mark.any_database
def test_event_of_a_restricted_matter_is_absent(
    matter5: Matter, liaison5: Cast, director: Cast, staff: Cast
) -> None:
    draft = EventDraft("walk", "A walk", TUESDAY, TUESDAY + HOUR, "5", matter=matter5)
    event = plan_event(draft, stamp=liaison5.stamp)
    assert [r.id for r in events_of_ward("5", FIRST, FIRST)] == [event.pk]
    restrict_matter(matter5, readers=[liaison5.party], reason="A victim", stamp=liaison5.stamp)
    assert events_of_ward("5", FIRST, FIRST) == ()


def test_days_are_the_citys_own(liaison5: Cast) -> None:
    late = datetime(2026, 12, 2, 4, 30, tzinfo=ZoneInfo("UTC"))  # 11:30 p.m. of December 1
    event = plan(liaison5, at=late)
    assert [r.id for r in events_of_ward("5", FIRST, FIRST)] == [event.pk]
    assert events_of_ward("5", date(2026, 12, 2), date(2026, 12, 2)) == ()


def test_attendance_is_recorded_once_the_day_has_come(
    liaison5: Cast, agencies: Mapping[str, Party]
) -> None:
    event = plan(liaison5)
    row = add_participation(event, name="Somebody from Pepco", stamp=liaison5.stamp)
    dpw = add_participation(event, party=agencies["DPW"], role="agency", stamp=liaison5.stamp)
    assert dpw.agency_code == "DPW"
    refused("nobody_named", lambda: add_participation(event, stamp=liaison5.stamp))
    refused(
        "already_there",
        lambda: add_participation(event, party=agencies["DPW"], stamp=liaison5.stamp),
    )
    note_answer(dpw, answer="yes", stamp=liaison5.stamp)
    refused("not_yet", lambda: record_attendance(row, attended="present", stamp=liaison5.stamp))
    record_attendance(row, attended="absent", stamp=later(liaison5, 13))
    refused(
        "unknown_attendance",
        lambda: record_attendance(row, attended="x", stamp=later(liaison5, 13)),
    )
    assert Entry.objects.get(kind="AttendanceRecorded").sentence == (
        "Somebody from Pepco was absent from 'Alley meeting'"
    )


@given(
    first=st.dates(date(2020, 1, 1), date(2032, 1, 1)),
    weeks=st.integers(0, 60),
    at=st.times().map(lambda t: t.replace(microsecond=0, fold=0)),
)
def test_weekly_meeting_keeps_its_wall_time_across_daylight_saving(
    first: date, weeks: int, at: time
) -> None:
    days = rules.weekly_days(first, until_on=first + timedelta(days=7 * weeks))
    assert len(days) == weeks + 1
    assert {day.weekday() for day in days} == {first.weekday()}
    for day in days:
        local = rules.instant_of(day, at, WASHINGTON).astimezone(WASHINGTON)
        skipped = local.date() == day and 2 <= at.hour < 3 and local.hour == 3
        assert local.date() == day
        assert local.time() == (at.replace(hour=3) if skipped else at)
