"""Programs checked against commitments: what carries each, what drifted, and the gaps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import NEXT, Ground
from wardroom.engagement.actions import (
    check_program,
    confirm_commitment,
    end_program,
    hear_commitment,
    name_program,
)
from wardroom.engagement.models import Commitment
from wardroom.engagement.queries.programs import (
    carried_file,
    carried_page,
    get_confirmed_commitment,
    programs_named,
)
from wardroom.kernel.errors import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
LOOK: dict[str, Any] = {"text": "Read the budget book, page 12", "checked_on": TODAY}


def heard(ground: Ground, who: Cast, *, maker: str = "mayor", ward: str = "5") -> Commitment:
    return hear_commitment(
        None, wording=f"We will put cans in Ward {ward}", maker=maker, maker_name="The Mayor",
        made_to="ANC 5B", said_on=TODAY, owner=who.party, next_on=NEXT, ward=ground.wards[ward],
        stamp=who.stamp,
    )  # fmt: skip


@pytest.fixture
def promise(ground: Ground, liaison5: Cast, director: Cast) -> Commitment:
    row = heard(ground, liaison5)
    return confirm_commitment(row.matter, wording=row.wording, next_on=NEXT, stamp=director.stamp)


def test_commitment_without_a_program_is_a_gap(
    promise: Commitment, ground: Ground, director: Cast, liaison5: Cast
) -> None:
    heard(ground, liaison5, maker="council")
    assert carried_page(director.actor).unchecked == 1, "what is not confirmed is not checked"
    check_program(promise, program=None, verdict="no_program", **LOOK, stamp=director.stamp)
    found = carried_page(director.actor, maker="mayor", verdict="no_program")
    assert (found.gaps, found.unchecked, len(found.rows)) == (1, 0, 1)
    assert (found.rows[0].verdict, found.rows[0].checked_by) == ("no_program", director.actor.name)


def test_newest_check_holds_and_older_ones_stay(promise: Commitment, director: Cast) -> None:
    program = name_program(None, name="Can budget of DPW", kind="budget", stamp=director.stamp)
    check_program(promise, program=program, verdict="in_line", **LOOK, stamp=director.stamp)
    check_program(promise, program=program, verdict="drifted", **LOOK, stamp=director.stamp)
    file = carried_file(promise.matter_id, director.actor)
    assert (file.row.verdict, file.row.program) == ("drifted", "Can budget of DPW")
    assert [check.verdict for check in file.checks] == ["drifted", "in_line"]
    assert [row.carries for row in programs_named(director.actor)] == [1]
    assert carried_page(director.actor).gaps == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"verdict": "fine"}, "unknown_verdict"),
        ({"verdict": "in_line"}, "program_missing"),
        ({"text": " "}, "text_missing"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_in_the_future"),
    ],
)
def test_a_look_says_what_was_found_and_when(
    promise: Commitment, director: Cast, changes: dict[str, Any], code: str
) -> None:
    given = {"program": None, "verdict": "no_program", **LOOK, **changes}
    with pytest.raises(Refused) as no:
        check_program(promise, **given, stamp=director.stamp)
    assert no.value.code == code


def test_program_off_the_list_carries_nothing_new(promise: Commitment, director: Cast) -> None:
    program = name_program(None, name="Can budget", kind="budget", stamp=director.stamp)
    with pytest.raises(Refused, match="on the list already"):
        name_program(None, name="can budget", kind="plan", stamp=director.stamp)
    program = end_program(program, reason="It ran out", stamp=director.stamp)
    assert programs_named(director.actor) == ()
    with pytest.raises(Refused, match="off the list"):
        check_program(promise, program=program, verdict="in_line", **LOOK, stamp=director.stamp)


def test_other_ward_checks_and_sees_nothing(promise: Commitment, liaison7: Cast) -> None:
    assert carried_page(liaison7.actor).total == 0
    with pytest.raises(NotFound):
        get_confirmed_commitment(promise.matter_id, liaison7.actor)
    with pytest.raises(NotAllowed):
        check_program(promise, program=None, verdict="no_program", **LOOK, stamp=liaison7.stamp)
