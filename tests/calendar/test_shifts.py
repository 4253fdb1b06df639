"""Shifts: who is on duty at a moment, what a new plan moves, and who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.calendar.conftest import on
from tests.cast import HOUSE, Cast
from wardroom.access.actor import NOBODY
from wardroom.access.gate import guard_pass
from wardroom.access.models import User
from wardroom.calendar.actions import (
    ShiftPlan,
    assign_shift,
    clear_shift,
    close_feed,
    open_feed,
    place_shifts,
    take_shift,
)
from wardroom.calendar.gateways.calendar_files import calendar_file
from wardroom.calendar.models import Shift
from wardroom.calendar.queries import (
    duty_between,
    duty_of_person,
    feed_of,
    gaps,
    get_shift,
    next_of_role,
    on_duty,
)
from wardroom.calendar.rules.shifts import Turn
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ZONE = ZoneInfo("America/New_York")
FIRST, DAY = date(2026, 12, 4), timedelta(days=1)


def night(day: date, role: str = "on_call", ward: str = "") -> Turn:
    """Twelve hours from eight in the evening."""
    return Turn(role, ward, day, time(20), day + DAY, time(8))


def plan(held: Mapping[Turn, int | None], **more: object) -> ShiftPlan:
    """Three nights of on-call and backup."""
    lanes = frozenset({("on_call", ""), ("backup", ""), ("on_call", "5")})
    made = ShiftPlan("1", "the rota of December", FIRST, FIRST + 2 * DAY, lanes, held)
    return replace(made, **more)  # type: ignore[arg-type]


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def placed(director: Cast, liaison5: Cast, liaison7: Cast) -> list[Shift]:
    """Friday of one liaison, Saturday of the other, Sunday of nobody."""
    held = {
        night(FIRST): liaison5.user.pk,
        night(FIRST + DAY): liaison7.user.pk,
        night(FIRST + 2 * DAY): None,
    }
    place_shifts(None, plan=plan(held), stamp=director.stamp)
    return list(Shift.objects.order_by("on_date"))


def test_who_is_on_duty_at_a_moment(placed: list[Shift], liaison5: Cast, liaison7: Cast) -> None:
    found = on_duty(wall(FIRST, 23))
    assert found is not None
    assert (found.user_id, found.until_at) == (liaison5.user.pk, wall(FIRST + DAY, 8))
    late = on_duty(wall(FIRST + 2 * DAY, 7, 59))
    assert late is not None
    assert late.user_id == liaison7.user.pk
    assert on_duty(wall(FIRST + 2 * DAY, 8)) is None
    assert on_duty(wall(FIRST + 2 * DAY, 21)) is None
    assert on_duty(wall(FIRST, 23), role="backup") is None


def test_a_ward_asks_for_its_own_first(director: Cast, liaison5: Cast, liaison7: Cast) -> None:
    held = {night(FIRST): liaison7.user.pk, night(FIRST, ward="5"): liaison5.user.pk}
    place_shifts(None, plan=plan(held), stamp=director.stamp)
    found = {ward: on_duty(wall(FIRST, 22), ward=ward) for ward in ("", "5", "8")}
    names = {ward: one.name if one else "" for ward, one in found.items()}
    assert names == {"": "Liaison of Ward 7", "5": "Liaison of Ward 5", "8": "Liaison of Ward 7"}


def test_somebody_who_left_is_not_on_duty(placed: list[Shift], liaison5: Cast) -> None:
    with guard_pass("a test"):
        User.objects.filter(pk=liaison5.user.pk).update(is_active=False)
    assert on_duty(wall(FIRST, 23)) is None
    assert [g.on_date for g in gaps(FIRST, FIRST + 2 * DAY)] == [FIRST, FIRST + 2 * DAY]


def test_a_night_past_the_last_day_of_a_sign_in_is_a_gap(
    placed: list[Shift], director: Cast, liaison5: Cast
) -> None:
    with guard_pass("a test"):
        User.objects.filter(pk=liaison5.user.pk).update(ends_on=FIRST)
    assert on_duty(wall(FIRST + DAY, 2)) is None
    assert FIRST in [g.on_date for g in gaps(FIRST, FIRST + 2 * DAY)]
    assert duty_between(wall(FIRST, 12), wall(FIRST, 23), director.actor)[0].user_id is None
    with pytest.raises(Refused) as no:
        assign_shift(placed[2], user=liaison5.user, why="x", stamp=director.stamp)
    assert no.value.sentence == "Liaison of Ward 5 works here until Friday, December 4, 2026 only."
    with guard_pass("a test"):
        User.objects.filter(pk=liaison5.user.pk).update(ends_on=FIRST + DAY)
    assert on_duty(wall(FIRST + DAY, 2)) is not None
    assert FIRST not in [g.on_date for g in gaps(FIRST, FIRST + 2 * DAY)]


def test_an_evening_until_midnight_is_not_on_the_next_day() -> None:
    evening = Turn("evening", "5", FIRST, time(18), FIRST + DAY, time(0))
    assert (evening.last_on, night(FIRST).last_on) == (FIRST, FIRST + DAY)


def test_a_gap_of_the_whole_office_hides_nobody_of_a_ward(director: Cast, liaison5: Cast) -> None:
    held = {night(FIRST): None, night(FIRST, ward="5"): liaison5.user.pk}
    place_shifts(None, plan=plan(held), stamp=director.stamp)
    found = {ward: on_duty(wall(FIRST, 22), ward=ward) for ward in ("", "5", "8")}
    names = {ward: one.name if one else "" for ward, one in found.items()}
    assert names == {"": "Liaison of Ward 5", "5": "Liaison of Ward 5", "8": ""}


def test_gaps_name_the_turn_and_the_nights_without_a_plan(placed: list[Shift]) -> None:
    found = gaps(FIRST, FIRST + 5 * DAY)
    assert [g.words for g in found] == [
        "Nobody has On call, Sun, December 6, 8:00 p.m. to Mon 8:00 a.m.",
        "Nobody is planned to be on call in the nights from Monday, December 7,"
        " to Wednesday, December 9",
    ]
    assert found[0].shift_id == placed[2].pk
    assert found[1].shift_id is None


def test_an_office_without_shifts_has_no_gaps() -> None:
    assert not gaps(FIRST, FIRST + 30 * DAY)
    assert on_duty(wall(FIRST, 23)) is None


def test_a_new_plan_moves_only_what_differs(
    placed: list[Shift], director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    held = {night(FIRST): liaison5.user.pk, night(FIRST + DAY): liaison5.user.pk}
    moves = place_shifts(None, plan=plan(held), stamp=on(director, hours=1))
    assert len(moves) == 2
    rows = list(Shift.objects.order_by("on_date"))
    assert [(r.user_id, r.version, r.cleared_at is None) for r in rows] == [
        (liaison5.user.pk, 1, True),
        (liaison5.user.pk, 2, True),
        (None, 2, False),
    ]
    told = Entry.objects.filter(kind="DutyChanged", at=on(director, hours=1).at)
    assert {one.body["name"] for one in told} == {"Liaison of Ward 5", "Liaison of Ward 7"}
    assert not any("December 4" in line for one in told for line in one.body["lines"])


def test_what_has_begun_stays(placed: list[Shift], director: Cast, liaison7: Cast) -> None:
    late = replace(director.stamp, at=wall(FIRST, 20))
    place_shifts(None, plan=plan({night(FIRST): liaison7.user.pk}), stamp=late)
    rows = list(Shift.objects.order_by("on_date"))
    assert [row.cleared_at is None for row in rows] == [True, False, False]
    assert rows[0].version == 1


def test_a_shift_is_taken_by_agreement_or_when_nobody_has_it(
    placed: list[Shift], liaison5: Cast, liaison7: Cast
) -> None:
    with pytest.raises(Refused) as no:
        take_shift(placed[0], stamp=liaison7.stamp)
    assert no.value.code == "taken"
    assert take_shift(placed[0], agreed=True, stamp=liaison7.stamp).user_id == liaison7.user.pk
    assert take_shift(placed[2], stamp=liaison5.stamp).user_id == liaison5.user.pk
    with pytest.raises(Refused) as no:
        take_shift(placed[2], agreed=True, stamp=liaison5.stamp)
    assert no.value.code == "already_so"
    assert not gaps(FIRST, FIRST + 2 * DAY)


def test_the_director_gives_and_clears_with_a_reason(
    placed: list[Shift], director: Cast, liaison7: Cast, liaison5: Cast
) -> None:
    with pytest.raises(Refused):
        assign_shift(placed[0], user=liaison7.user, why=" ", stamp=director.stamp)
    assign_shift(placed[0], user=None, why="A funeral", stamp=director.stamp)
    assert on_duty(wall(FIRST, 23)) is None
    clear_shift(placed[1], why="The fair is called off", stamp=director.stamp)
    assert not duty_of_person(liaison7.user.pk, from_on=FIRST)
    with pytest.raises(Refused) as no:
        clear_shift(placed[1], why="Again", stamp=director.stamp)
    assert no.value.code == "wrong_state"
    told = Entry.objects.get(kind="ShiftGiven")
    assert told.sentence.endswith("nobody instead of Liaison of Ward 5 (A funeral)")


def test_only_those_of_the_office_see_and_only_the_director_plans(
    placed: list[Shift], liaison5: Cast, auditor: Cast, partner_dpw: Cast
) -> None:
    since, until = wall(FIRST, 0), wall(FIRST + DAY, 0)
    assert len(duty_between(since, until, auditor.actor)) == 1
    following = next_of_role(wall(FIRST, 21), auditor.actor)
    assert following is not None
    assert following.name == "Liaison of Ward 7"
    for outside in (partner_dpw.actor, NOBODY):
        assert not duty_between(since, until, outside)
        with pytest.raises(NotFound):
            get_shift(placed[0].pk, outside)
    with pytest.raises(NotAllowed):
        place_shifts(None, plan=plan({}), stamp=liaison5.stamp)
    with pytest.raises(NotAllowed):
        assign_shift(placed[0], user=None, why="x", stamp=liaison5.stamp)
    for who in (auditor, partner_dpw):
        with pytest.raises(NotAllowed):
            take_shift(placed[2], stamp=who.stamp)
    assert place_shifts(None, plan=plan({}), stamp=HOUSE)


def test_feeds_tell_the_own_shifts_and_those_of_the_office(
    placed: list[Shift], director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    mine = open_feed(liaison5.party, stamp=liaison5.stamp)
    office = open_feed(liaison5.party, duty=True, stamp=liaison5.stamp)
    at = director.stamp.at
    [own] = feed_of(mine, at=at).events
    assert (own.title, own.starts_at, own.free) == ("On call", wall(FIRST, 20), True)
    everybody = feed_of(office, at=at)
    assert [event.title for event in everybody.events] == [
        "On call: Liaison of Ward 5",
        "On call: Liaison of Ward 7",
        "On call: Nobody",
    ]
    assert len({event.uid for event in everybody.events}) == 3
    take_shift(placed[0], agreed=True, stamp=liaison7.stamp)
    assert feed_of(mine, at=at).events == ()
    changed = feed_of(office, at=at)
    assert changed.mark != everybody.mark
    assert (changed.events[0].uid, changed.events[0].sequence) == (own.uid, 1)
    file = calendar_file(changed.name, changed.events, ZONE)
    assert b"SUMMARY:On call: Liaison of Ward 7" in file
    close_feed(liaison5.party, duty=True, stamp=liaison5.stamp)
    with pytest.raises(Refused):
        feed_of(office, at=at)
    assert feed_of(mine, at=at)
