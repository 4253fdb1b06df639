"""Every way of disposing asks the legal holds first, wherever its page stands."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import wardroom
from tests.cast import Cast
from tests.ground import Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire, seated
from tests.office.people import TODAY, appointed, day, house_on, lent, on
from tests.retention.keeping import held
from wardroom.incidents.actions import (
    note_household,
    rename_household,
    take_household_out,
    take_incident,
)
from wardroom.kernel.errors import Refused
from wardroom.office.actions import (
    dispose_of_proofs,
    dispose_of_term,
    end_residency_clock,
    note_term_over,
    record_proof,
)
from wardroom.retention.actions import lift_hold
from wardroom.retention.queries.elsewhere import is_held

WAYS = re.compile(r"dispose_\w+|drop_drafts|take_\w+_out")
KEPT = "must_be_kept("


def ways() -> Iterator[tuple[str, str]]:
    """Each action below that disposes of something, with the text of its module."""
    for package in pkgutil.iter_modules(wardroom.__path__):
        if package.name in ("web", "retention", "demonstration"):
            continue
        try:
            actions = importlib.import_module(f"wardroom.{package.name}.actions")
        except ModuleNotFoundError:
            continue
        for name, verb in vars(actions).items():
            if WAYS.fullmatch(name) and callable(verb):
                yield name, inspect.getsource(inspect.getmodule(inspect.unwrap(verb)) or actions)


def test_every_action_that_disposes_of_something_asks_the_holds() -> None:
    found = dict(ways())
    assert set(found) >= {
        *("dispose_hiring", "drop_drafts", "dispose_households", "take_household_out"),
        *("dispose_of_term", "dispose_of_proofs", "dispose_of_training"),
    }
    assert [name for name, text in found.items() if KEPT not in text] == []


def refused(change: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        change()
    return no.value.code


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("how", ["person", "words", "class_code", "unit"])
def test_term_that_a_legal_hold_keeps_is_not_disposed_of(
    how: str, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    term = lent(liaison5, director)
    note_term_over(term, stamp=house_on(day(91)))
    said: dict[str, Any] = {
        "person": term.party.name,
        "words": term.memorandum,
        "class_code": "staff",
        "unit": f"term:{term.pk}",
    }
    hold = held(records_officer, **{how: said[how]})
    officer = on(records_officer.stamp, day(91))
    assert refused(lambda: dispose_of_term(term, reason="Schedule 4", stamp=officer)) == "held"
    term.refresh_from_db()
    assert term.memorandum
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    dispose_of_term(term, reason="Schedule 4", stamp=officer)


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("how", ["person", "words", "class_code", "unit"])
def test_proofs_that_a_legal_hold_keeps_are_not_disposed_of(
    how: str, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    clock = appointed(liaison5, director)
    record_proof(clock, kinds=["dc_id"], seen_on=TODAY, stamp=director.stamp)
    end_residency_clock(clock, reason="Left", stamp=director.stamp)
    clock.refresh_from_db()
    said: dict[str, Any] = {
        "person": clock.party.name,
        "words": clock.appointed_as,
        "class_code": "staff",
        "unit": f"residency:{clock.pk}",
    }
    hold = held(records_officer, **{how: said[how]})
    stamp = records_officer.stamp
    assert refused(lambda: dispose_of_proofs(clock, reason="Schedule 4", stamp=stamp)) == "held"
    assert clock.proofs.get().seen_by
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    dispose_of_proofs(clock, reason="Schedule 4", stamp=stamp)


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("how", ["households", "incidents", "unit"])
def test_home_that_a_legal_hold_keeps_is_neither_taken_out_nor_overwritten(
    how: str, ground: Ground, staff: Cast, director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    seated(liaison5, "5")
    incident = take_incident(fire(staff, ground.wards["5"]), stamp=by(liaison5, NIGHT + MINUTE))
    stamp = by(liaison5, NIGHT + 9 * MINUTE)
    row = note_household(incident, label="Unit 4", adults=2, stamp=stamp)
    unit = f"matter:{incident.matter_id}"
    scope: dict[str, Any] = {"unit": unit} if how == "unit" else {"class_code": how}
    hold = held(records_officer, **scope)
    for change in (
        lambda: take_household_out(incident, household_id=row.pk, stamp=stamp),
        lambda: rename_household(incident, household_id=row.pk, label="Unit 9", stamp=stamp),
        lambda: note_household(incident, label="Unit 4", adults=7, stamp=stamp),
    ):
        with pytest.raises(Refused, match="must be kept as it is"):
            change()
    assert incident.households.get().adults == 2
    lift_hold(hold, reason="It is over", stamp=director.stamp)
    take_household_out(incident, household_id=row.pk, stamp=stamp)


@pytest.mark.django_db
def test_hold_over_another_person_keeps_no_term(
    director: Cast, liaison5: Cast, records_officer: Cast
) -> None:
    term = lent(liaison5, director)
    held(records_officer, person="Nobody Atall")
    assert not is_held("staff", f"term:{term.pk}")
    note_term_over(term, stamp=house_on(day(91)))
    dispose_of_term(term, reason="Schedule 4", stamp=on(records_officer.stamp, day(91)))
