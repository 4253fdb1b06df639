"""The office as it is built: units, positions, who holds them on which terms."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import HOUSE, Cast
from tests.office.people import TODAY, day, lent, on, placed
from wardroom.access.actor import Role
from wardroom.directory.actions import fill_seat, invite_person, take_back_holder
from wardroom.directory.rules import LIAISON_SEAT
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.office.actions import (
    PositionDraft,
    add_position,
    add_unit,
    change_position,
    change_unit,
    close_unit,
    end_position,
    establish_position,
    hold_position,
    propose_position,
)
from wardroom.office.queries import position_file, position_rows, structure, unit_choices

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def told(refusing: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        refusing()
    return no.value.code


def draft(title: str = "Outreach specialist", **other: object) -> PositionDraft:
    return PositionDraft(**{"title": title, "fte": Decimal(1), **other})  # type: ignore[arg-type]


def test_units_stand_under_units_but_never_under_themselves(director: Cast) -> None:
    office = add_unit(None, name="Community relations", stamp=director.stamp)
    east = add_unit(None, name="East", parent=office, stamp=director.stamp)
    under = lambda: change_unit(  # noqa: E731
        office, name=office.name, parent=east, stamp=director.stamp
    )
    assert told(under) == "under_itself"
    assert told(lambda: add_unit(None, name="EAST", stamp=director.stamp)) == "name_taken"
    assert told(lambda: close_unit(office, stamp=director.stamp)) == "still_used"
    assert [words for _, words in unit_choices(director.actor, on=TODAY)] == [
        "Community relations",
        "Community relations › East",
    ]


def test_picture_says_who_holds_what_on_which_terms(director: Cast, liaison5: Cast) -> None:
    unit = add_unit(None, name="East", stamp=director.stamp)
    held = add_position(
        None, draft=draft(unit=unit, grade="ES-5"), since_on=day(-9), stamp=director.stamp
    )
    placed("7", director)
    propose_position(None, draft=draft("Analyst"), reason="Growth", stamp=director.stamp)
    assert held.seat is not None
    fill_seat(held.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    lent(liaison5, director)
    file = structure(director.actor, on=TODAY)
    (east,) = file.units
    (row,) = east.positions
    (who,) = row.holders
    assert (who.name, who.sort, who.until_on) == (liaison5.party.name, "detail", day(89))
    assert [int(n) for n in (file.existing_fte, file.filled_fte, file.proposed_fte)] == [2, 0, 1]
    assert file.vacant == 1
    assert {row.title: row.vacant for row in file.loose} == {
        "Analyst": False,
        "Outreach specialist": True,
    }


def test_ward_has_one_liaisons_seat_and_it_becomes_the_position(director: Cast) -> None:
    invite_person(
        None,
        email="new@example.org",
        name="New liaison",
        role=Role.LIAISON,
        since_on=TODAY,
        ward_code="3",
        stamp=director.stamp,
    )
    (seat,) = structure(director.actor, on=TODAY).without
    assert (seat.title, seat.ward_code) == (LIAISON_SEAT, "3")
    made = add_position(
        None, draft=draft(LIAISON_SEAT, ward_code="3"), since_on=TODAY, stamp=director.stamp
    )
    assert made.seat_id == seat.seat_id
    again = lambda: add_position(  # noqa: E731
        None, draft=draft(LIAISON_SEAT, ward_code="3"), since_on=TODAY, stamp=director.stamp
    )
    assert told(again) == "already_there"


def test_proposal_becomes_a_vacant_seat_or_is_dropped(director: Cast) -> None:
    asked = propose_position(None, draft=draft(), reason="Growth", stamp=director.stamp)
    establish_position(asked, since_on=TODAY, stamp=director.stamp)
    (row,) = position_rows(director.actor, on=TODAY)
    assert row.vacant
    other = propose_position(None, draft=draft(), reason="More", stamp=director.stamp)
    end_position(other, reason="No money", stamp=director.stamp)
    assert len(position_rows(director.actor, on=TODAY)) == 1
    assert told(lambda: end_position(other, reason="x", stamp=director.stamp)) == "position_over"


def test_position_that_somebody_holds_is_not_closed(director: Cast, liaison5: Cast) -> None:
    held = placed("5", director)
    assert held.seat is not None
    fill_seat(held.seat, since_on=TODAY, holder=liaison5.party, stamp=director.stamp)
    assert told(lambda: end_position(held, reason="Cut", stamp=director.stamp)) == "still_held"


def test_change_says_why_and_wrong_parts_are_refused(director: Cast, liaison5: Cast) -> None:
    held = placed("5", director)
    give: dict[str, Any] = {"unit": None, "grade": "ES-6", "reason": "Regraded"}
    assert told(lambda: change_position(held, fte=Decimal(2), **give, stamp=director.stamp)) == (
        "fte_off"
    )
    change_position(held, fte=Decimal("0.5"), **give, stamp=director.stamp)
    (row,) = position_rows(liaison5.actor, on=TODAY)
    assert (row.grade, row.fte) == ("ES-6", Decimal("0.5"))
    assert position_file(held.pk, liaison5.actor, on=TODAY).allowed == frozenset()
    with pytest.raises(NotAllowed):
        change_position(held, fte=Decimal(1), **give, stamp=liaison5.stamp)


def test_nobody_outside_sees_how_the_office_is_built(director: Cast, partner_dpw: Cast) -> None:
    placed("5", director)
    assert position_rows(partner_dpw.actor, on=TODAY) == ()
    assert structure(partner_dpw.actor, on=TODAY).without == ()
    add_unit(None, name="House", stamp=HOUSE)
    assert structure(partner_dpw.actor, on=TODAY).units == ()


def test_second_full_time_job_of_one_person_takes_a_word(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    first, second = placed("5", director), placed("7", director)
    half = add_position(
        None, draft=draft("Clerk", fte=Decimal("0.5")), since_on=TODAY, stamp=director.stamp
    )
    hold_position(first, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    for other, jobs in ((second, "2 full-time jobs"), (half, "1.5 full-time jobs")):
        with pytest.raises(Refused) as no:
            hold_position(other, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
        assert (no.value.code, no.value.field) == ("holds_another", "again")
        assert "holds Outreach specialist, Ward 5 already" in no.value.sentence
        assert jobs in no.value.sentence
    hold_position(second, holder=liaison5.party, since_on=TODAY, again=True, stamp=director.stamp)
    hold_position(half, holder=liaison7.party, since_on=TODAY, stamp=director.stamp)
    with pytest.raises(NotAllowed):
        hold_position(half, holder=liaison5.party, since_on=TODAY, stamp=liaison5.stamp)


def test_nobody_holds_a_proposal(director: Cast, liaison5: Cast) -> None:
    asked = propose_position(None, draft=draft(), reason="Growth", stamp=director.stamp)
    hold = lambda: hold_position(  # noqa: E731
        asked, holder=liaison5.party, since_on=TODAY, stamp=director.stamp
    )
    assert told(hold) == "nobody_holds_it"


def test_wrong_holder_is_taken_back_the_same_day_and_the_one_before_holds_it(
    director: Cast, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    position = placed("5", director)
    seat = position.seat
    assert seat is not None
    early = on(director.stamp, day(-1))
    with pytest.raises(Refused):
        take_back_holder(seat, stamp=director.stamp)
    hold_position(position, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    hold_position(position, holder=liaison7.party, since_on=TODAY, stamp=director.stamp)
    file = position_file(position.pk, director.actor, on=TODAY)
    assert file.noted == liaison7.party.name
    assert "take_back_holder" in file.allowed
    assert "take_back_holder" not in position_file(position.pk, director.actor, on=day(1)).allowed
    assert told(lambda: take_back_holder(seat, stamp=early)) == "nothing_to_take_back"
    with pytest.raises(NotAllowed):
        take_back_holder(seat, stamp=partner_dpw.stamp)
    take_back_holder(seat, stamp=director.stamp)
    file = position_file(position.pk, director.actor, on=TODAY)
    assert [who.name for who in file.row.holders] == [liaison5.party.name]
    assert [who.name for who in file.past] == [liaison5.party.name]
    said = [line.sentence for line in file.timeline.lines]
    assert sum("was taken back" in sentence for sentence in said) == 1
    assert sum(f"{liaison5.party.name} is" in sentence for sentence in said) == 1


def test_jobs_that_are_filled_lent_and_vacant_add_up(director: Cast, liaison5: Cast) -> None:
    held = placed("5", director)
    placed("7", director)
    hold_position(held, holder=liaison5.party, since_on=TODAY, stamp=director.stamp)
    lent(liaison5, director)
    file = structure(director.actor, on=TODAY)
    parts = (file.filled_fte, file.lent_fte, file.vacant_fte)
    assert [int(n) for n in parts] == [0, 1, 1]
    assert sum(parts) == file.existing_fte


def test_who_works_here_and_holds_nothing_is_named(
    director: Cast, liaison5: Cast, liaison7: Cast
) -> None:
    hold_position(
        placed("5", director), holder=liaison5.party, since_on=TODAY, stamp=director.stamp
    )
    named = " ".join(structure(director.actor, on=TODAY).nowhere)
    assert liaison7.party.name in named
    assert liaison5.party.name not in named
    assert structure(liaison5.actor, on=TODAY).nowhere == ()
