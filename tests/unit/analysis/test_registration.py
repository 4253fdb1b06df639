"""What is registered before a plan acts cannot be changed afterwards, nor made up later."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from wardroom.analysis.registration import (
    ChangedAfterwards,
    NotRegistrable,
    RegisteredPlace,
    Registration,
    months_later,
    register,
    require_unchanged,
)

ALLEY = RegisteredPlace("P-7", 399_120.5, 137_004.25, 35.0, ("DUMP", "ALLEY"))
CORNER = RegisteredPlace("P-9", 398_700.0, 136_110.0, 70.0, ("RATS",))
TEST = Registration(
    places=(ALLEY, CORNER),
    data_until=date(2026, 5, 31),
    starts_on=date(2026, 7, 1),
    verdict_on=date(2027, 7, 1),
    seed=11,
)


def test_text_is_canonical() -> None:
    assert TEST.text == (
        '{"after_months":12,"before_months":12,"comparison_rule":"places that passed the same gate'
        " on the same day, without a plan, more than 400 m from a treated one; quartiles of the"
        ' count before","data_until":"2026-05-31","drawn_by_lot":"","format":"wardroom registration'
        ' 1","measure":"folded episodes of the kinds that explain each place, within its radius",'
        '"places":[{"key":"P-7","kinds":["ALLEY","DUMP"],"radius_m":"35.00","x":"399120.50",'
        '"y":"137004.25"},{"key":"P-9","kinds":["RATS"],"radius_m":"70.00","x":"398700.00",'
        '"y":"136110.00"}],"seed":11,"starts_on":"2026-07-01","verdict_on":"2027-07-01"}'
    )


def test_hash_is_that_of_the_text() -> None:
    assert register(TEST) == TEST.sha256 == hashlib.sha256(TEST.text.encode()).hexdigest()


def test_order_of_places_and_kinds_does_not_matter() -> None:
    turned = replace(ALLEY, kinds=("ALLEY", "DUMP"))
    assert replace(TEST, places=(CORNER, turned)).sha256 == TEST.sha256


@pytest.mark.parametrize(
    "change",
    [
        {"places": (ALLEY,)},
        {"places": (replace(ALLEY, radius_m=70.0), CORNER)},
        {"places": (replace(ALLEY, kinds=("DUMP",)), CORNER)},
        {"places": (replace(ALLEY, x=399_121.0), CORNER)},
        {"starts_on": date(2026, 8, 1)},
        {"verdict_on": date(2027, 9, 1)},
        {"after_months": 11},
        {"measure": "reports"},
        {"comparison_rule": "the rest of the city"},
        {"seed": 12},
    ],
)
def test_any_change_afterwards_is_refused(change: dict[str, Any]) -> None:
    kept = register(TEST)
    require_unchanged(TEST, kept)
    with pytest.raises(ChangedAfterwards, match=kept[:12]):
        require_unchanged(replace(TEST, **change), kept)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": date(2026, 5, 31)}, "starts_on"),
        ({"starts_on": date(2025, 1, 1)}, "starts_on"),
        ({"verdict_on": date(2027, 6, 30)}, "verdict_on"),
        ({"after_months": 0}, "after_months"),
        ({"before_months": 0}, "after_months"),
        ({"places": ()}, "places"),
        ({"places": (ALLEY, ALLEY)}, "places"),
        ({"places": (replace(ALLEY, kinds=()),)}, "places"),
        ({"places": (replace(ALLEY, radius_m=0.0),)}, "places"),
        ({"places": (replace(ALLEY, x=float("nan")),)}, "places"),
        ({"measure": " "}, "measure"),
        ({"comparison_rule": ""}, "comparison_rule"),
    ],
)
def test_what_makes_no_fair_test_is_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(NotRegistrable) as refused:
        register(replace(TEST, **change))
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_start_on_the_first_day_that_is_not_known_is_taken() -> None:
    first = replace(TEST, starts_on=date(2026, 6, 1), verdict_on=date(2027, 6, 1))
    assert len(register(first)) == 64


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 7, 1), 12, date(2027, 7, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then
