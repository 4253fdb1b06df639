"""Hours of help, the days on which plans are looked at, gifts, and reviews of programs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from wardroom.engagement.rules.assistance import (
    ASSISTANCE_KINDS,
    SessionHeld,
    check_gift,
    check_need,
    hours_of,
    outcome_words,
)
from wardroom.engagement.rules.group_plans import (
    PLAN_MOVES,
    PLAN_STAGES,
    check_accepted,
    check_guideline,
    check_look,
    check_look_days,
    check_plan_move,
)
from wardroom.engagement.rules.reviews import check_disposition, check_invited
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import ASSISTANCE, KINDS

TODAY = date(2026, 11, 18)
NINE = datetime(2026, 11, 18, 9, tzinfo=UTC)


def session(minutes: int, came: int, *, held: bool = True) -> SessionHeld:
    return SessionHeld(NINE, NINE + timedelta(minutes=minutes), held, came)


def test_hours_are_those_of_sessions_held_times_who_came() -> None:
    hours = hours_of([session(90, 4), session(60, 1), session(600, 9, held=False)])
    assert (hours.sessions, hours.hours, hours.person_hours) == (2, 2.5, 7.0)
    assert hours_of([]).hours == 0


def test_each_kind_of_help_has_outcomes_of_its_own_and_one_that_solves() -> None:
    seen: set[str] = set()
    for code, (label, outcomes) in ASSISTANCE.items():
        assert ASSISTANCE_KINDS[code] == label
        assert KINDS[code].solved == {next(iter(outcomes))}
        assert not seen & set(outcomes)
        seen |= set(outcomes)
    assert outcome_words("mediation", "agreed") == "They agreed"
    assert outcome_words("mediation", "") == ""


def test_only_a_donation_has_a_gift_and_its_giver() -> None:
    assert check_gift("training", giver="A shop", gift="Brooms", approval="Yes") == ("", "", "")
    given = check_gift("donation_in_kind", giver="A shop", gift="Brooms", approval=" The  Mayor ")
    assert given == ("A shop", "Brooms", "The Mayor")
    for giver, gift in (("", "Brooms"), ("A shop", " ")):
        with pytest.raises(Refused):
            check_gift("donation_in_kind", giver=giver, gift=gift, approval="")


@pytest.mark.parametrize("move", PLAN_MOVES)
@pytest.mark.parametrize("stage", PLAN_STAGES)
def test_a_plan_moves_as_the_table_says(move: str, stage: str) -> None:
    if stage in PLAN_MOVES[move]:
        check_plan_move(move, stage)
        return
    with pytest.raises(Refused) as no:
        check_plan_move(move, stage)
    assert no.value.code == "wrong_state"


def test_looks_are_in_order_once_each_and_not_over() -> None:
    later = TODAY + timedelta(days=30)
    assert check_look_days([later, TODAY, later], today=TODAY) == (TODAY, later)
    many = [TODAY + timedelta(days=n) for n in range(13)]
    for days in ([], [TODAY - timedelta(days=1)], many):
        with pytest.raises(Refused) as no:
            check_look_days(days, today=TODAY)
        assert no.value.field == "look_on"


def test_what_is_found_and_needed_is_said_in_words() -> None:
    assert check_look("behind", " It snowed ") == "It snowed"
    assert check_need("need", " By-laws ") == "By-laws"
    for wrong in (
        lambda: check_look("fine", "So"),
        lambda: check_look("behind", " "),
        lambda: check_need("wish", "A van"),
        lambda: check_need("need", ""),
        lambda: check_guideline("law", "Title", "Text"),
        lambda: check_guideline("framework", "", "Text"),
        lambda: check_accepted(TODAY, issued_on=TODAY + timedelta(days=1), today=TODAY),
        lambda: check_accepted(TODAY + timedelta(days=1), issued_on=TODAY, today=TODAY),
    ):
        with pytest.raises(Refused):
            wrong()


def test_groups_are_invited_once_each() -> None:
    assert check_invited(["One ", "", "One", "Two  and three"]) == ("One", "Two and three")
    for names in ([], [" "], ["x" * 201], [str(n) for n in range(61)]):
        with pytest.raises(Refused):
            check_invited(names)


def test_only_what_was_said_is_answered_and_with_a_reason() -> None:
    assert check_disposition("partly", " Until spring ", said="Keep it") == "Until spring"
    for disposition, reason, said in (
        ("partly", "So", ""),
        ("maybe", "So", "Keep it"),
        ("partly", " ", "Keep it"),
    ):
        with pytest.raises(Refused):
            check_disposition(disposition, reason, said=said)
