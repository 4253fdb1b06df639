"""S6: whatever anybody tries in whatever order, the office stays whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from tests.casework.conftest import office
from tests.cast import Cast
from tests.ground import Ground
from tests.security.workflow import DEEDS, Office
from wardroom.access.actor import Stamp
from wardroom.access.gate import guard_pass
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Matter

__all__ = ["office"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]
SEED, STEPS = 311, 300
MakeOffice = Callable[[int], Office]


@pytest.fixture
def opened(
    ground: Ground, agencies: Mapping[str, Party], director: Cast, liaison5: Cast, liaison7: Cast,
    partner_dpw: Cast, partner_ddot: Cast, records_officer: Cast,
) -> MakeOffice:  # fmt: skip
    """The office before anybody has tried anything, for a seed of chance."""
    cast = {
        "director": director, "liaison5": liaison5, "liaison7": liaison7,
        "partner_dpw": partner_dpw, "partner_ddot": partner_ddot, "records": records_officer,
    }  # fmt: skip
    return lambda seed: Office(ground, cast, agencies, Random(seed))


def test_hundreds_of_steps_of_chance_leave_the_office_whole(opened: MakeOffice) -> None:
    moved = opened(SEED)
    while len(moved.taken) + len(moved.refused) < STEPS:
        moved.step()
    assert len({*moved.taken}) > len(DEEDS) // 2
    assert len({*moved.refused}) > len(DEEDS)


Action = Callable[..., Any]


def what_is_found(moved: Office, deed: str, broken: Action) -> str:
    """What the look after each step says where a deed is done in another way."""
    moved.deeds = {**DEEDS, deed: replace(DEEDS[deed], action=broken)}
    with pytest.raises(AssertionError) as found:
        _steps(moved)
    return str(found.value)


def _steps(moved: Office) -> None:
    for _ in range(STEPS):
        moved.step()


def test_a_refusal_that_has_changed_something_is_found(opened: MakeOffice) -> None:
    def half(matter: Matter, **_: Any) -> None:
        with guard_pass("a fault put in"):
            Matter.objects.filter(pk=matter.pk).update(title="Half")
        raise Refused("late", "Refused when half was done.")

    assert what_is_found(opened(SEED), "say_where", half).startswith("refused, and changed")


def test_a_deed_that_leaves_no_line_is_found(opened: MakeOffice) -> None:
    found = what_is_found(opened(SEED), "say_where", lambda *_, **__: None)
    assert found.startswith("done without a line")


def test_a_deed_that_asks_nobody_who_it_is_is_found(opened: MakeOffice, director: Cast) -> None:
    def for_anybody(matter: Matter, *, stamp: Stamp, **words: Any) -> None:
        set_next_step(matter, **words, stamp=replace(stamp, actor=director.actor))

    found = what_is_found(opened(SEED), "set_next_step", for_anybody)
    assert found.startswith("out of reach, and done")


def test_a_deed_that_falls_over_is_found(opened: MakeOffice) -> None:
    def falls(matter: Matter, **_: Any) -> None:
        raise KeyError("nothing of the kind")

    assert what_is_found(opened(SEED), "say_where", falls).startswith("KeyError")
