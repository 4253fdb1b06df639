"""Wards without anybody: on the week board, under On call, and in My day 30 days ahead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import HOUSE, Cast, hire
from tests.conftest import NOON
from tests.office.rotas import DAY, MONDAY, begin
from wardroom.access.actor import Role
from wardroom.access.gate import guard_pass
from wardroom.calendar.models import Shift
from wardroom.directory.actions import add_party, call_off_cover, cover_ward, hold_seat
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.jobs.delivery import sweep
from wardroom.matters.models import Waiting
from wardroom.office.actions import enter_wish, give_shift, publish_rota, withdraw_wish
from wardroom.office.queries import on_call_page, week_board
from wardroom.office.queries.coverage import ward_gaps

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
TODAY = NOON.date()
FRIDAY = MONDAY + 4 * DAY
NEXT_TUESDAY = MONDAY + 8 * DAY


def words(first: date = TODAY) -> list[str]:
    return [gap.words for gap in ward_gaps(first, first + timedelta(days=30))]


def listed() -> dict[str, str]:
    rows = Waiting.objects.filter(noun="gap").order_by("pk")
    return {row.party.name: row.title for row in rows}


def test_a_liaison_on_leave_leaves_a_gap_until_a_cover_is_named(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    wish = enter_wish(
        None, kind="leave", from_on=FRIDAY, until_on=NEXT_TUESDAY, stamp=liaison5.stamp
    )
    sweep()
    said = (
        "Nobody covers Ward 5: Liaison of Ward 5 is away, from Fri, December 4 to Tue, December 8"
    )
    assert words() == [said]
    assert listed() == {"The Director": said}
    [gap] = on_call_page(director.actor, at=NOON).gaps
    assert (gap.words, gap.shift_id, gap.ward_code) == (said, None, "5")
    board = week_board(director.actor, monday=MONDAY, at=NOON, wards=("5", "7"))
    assert [one.words for one in board.uncovered if one.ward_code] == [
        "Nobody covers Ward 5: Liaison of Ward 5 is away"
    ]
    cover = cover_ward(
        liaison7.party, ward_code="5", valid_from=FRIDAY, valid_until=MONDAY + 7 * DAY,
        stamp=director.stamp,
    )  # fmt: skip
    sweep()
    assert words() == ["Nobody covers Ward 5: Liaison of Ward 5 is away, on Tue, December 8"]
    board = week_board(director.actor, monday=MONDAY, at=NOON, wards=("5",))
    friday = board.covers[-1].days[4]
    assert (friday.names, friday.uncovered) == (("Liaison of Ward 7",), "")
    call_off_cover(cover, stamp=director.stamp)
    sweep()
    assert listed()["The Director"] == said
    withdraw_wish(wish, stamp=liaison5.stamp)
    sweep()
    assert not listed()


def test_a_ward_whose_liaison_left_stays_a_gap(director: Cast) -> None:
    ann = hire("ann", "Ann", Role.LIAISON, ward="3")
    with guard_pass("a test"):
        ann.user.grants.update(valid_until=TODAY + DAY)
    [gap] = ward_gaps(TODAY, TODAY + timedelta(days=30))
    assert gap.words.startswith("Nobody covers Ward 3: nobody works for it, from")
    assert gap.on_date == TODAY + 2 * DAY
    later = TODAY + timedelta(days=60)
    assert len(ward_gaps(later, later + DAY)) == 1


def test_days_off_and_wards_never_staffed_are_no_gaps(director: Cast, liaison5: Cast) -> None:
    saturday = MONDAY + 5 * DAY
    enter_wish(None, kind="leave", from_on=saturday, until_on=saturday + DAY, stamp=liaison5.stamp)
    enter_wish(None, kind="cannot", from_on=MONDAY, stamp=liaison5.stamp)
    assert not words()


def test_an_evening_that_nobody_has_is_a_gap_of_its_ward(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    house = add_party(None, kind="organisation", name="The Office", stamp=HOUSE)
    hold_seat(
        house, title=LIAISON_SEAT, holder=liaison5.party, since_on=TODAY, ward_code="5", stamp=HOUSE
    )
    rota = begin(director, weeks=1, backup=False, wards=("5",))
    publish_rota(rota, stamp=director.stamp)
    sweep()
    said = "Nobody has Evening in Ward 5, Wed, December 2, 5:30 p.m. to 9:00 p.m."
    assert listed()["Liaison of Ward 5"] == said
    assert "Liaison of Ward 7" not in listed()
    board = week_board(director.actor, monday=MONDAY, at=NOON, wards=("5",), ward="5")
    assert said in [one.words for one in board.uncovered]
    shift = Shift.objects.get(role="evening")
    give_shift(shift, user_id=liaison5.user.pk, stamp=director.stamp)
    sweep()
    assert "Liaison of Ward 5" not in listed()
    enter_wish(None, kind="leave", from_on=MONDAY + 2 * DAY, stamp=liaison5.stamp)
    board = week_board(director.actor, monday=MONDAY, at=NOON, wards=("5",))
    [clash] = next(one for one in board.people if one.person.name == "Liaison of Ward 5").clashes
    assert clash.words.startswith("is away during Evening in Ward 5")
