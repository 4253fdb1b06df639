"""A lot is fair, kept whole, and can be drawn again by anybody."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import pytest

from wardroom.analysis.phase_in import Lot, draw_lot

BEFORE = {f"P-{n}": n // 2 for n in range(24)}


def test_every_place_gets_a_turn_and_no_wave_is_overfull() -> None:
    lot = draw_lot(BEFORE, [10, 10], seed=3)
    assert Counter(lot.waves) == {0: 10, 1: 10, 2: 4}
    assert sorted(lot.order) == sorted(BEFORE)


def test_wave_takes_about_the_same_part_of_every_group() -> None:
    lot = draw_lot(BEFORE, [12], seed=3)
    first = Counter(g for g, w in zip(lot.groups, lot.waves, strict=True) if w == 0)
    assert all(2 <= first[g] <= 4 for g in range(4))


def test_groups_hold_places_with_like_counts() -> None:
    lot = draw_lot(BEFORE, [12], seed=3)
    assert [BEFORE[p] for p in lot.places] == sorted(BEFORE.values())
    assert list(lot.groups) == sorted(lot.groups)


def test_lot_can_be_drawn_again_and_tampering_shows() -> None:
    lot = draw_lot(BEFORE, [10, 10], seed=3)
    assert lot == draw_lot(dict(reversed(BEFORE.items())), [10, 10], seed=3)
    assert lot.is_true()
    assert not replace(lot, waves=lot.waves[::-1]).is_true()
    assert replace(lot, seed=4).sha256 != lot.sha256


def test_lot_survives_being_kept() -> None:
    lot = draw_lot(BEFORE, [10, 10], seed=3)
    assert Lot.from_json(json.loads(json.dumps(lot.as_json()))) == lot


def test_over_many_lots_each_place_goes_first_as_often() -> None:
    first: Counter[str] = Counter()
    for seed in range(2_000):
        lot = draw_lot(BEFORE, [6], seed=seed)
        first.update(p for p, w in zip(lot.places, lot.waves, strict=True) if w == 0)
    assert all(abs(first[p] / 2_000 - 0.25) < 0.04 for p in BEFORE)


def test_few_places_make_one_group() -> None:
    lot = draw_lot({"A": 1, "B": 2, "C": 9}, [1], seed=1)
    assert lot.groups == (0, 0, 0)
    assert Counter(lot.waves) == {0: 1, 1: 2}


@pytest.mark.parametrize("capacities", [[], [0], [24], [30]])
def test_lot_that_decides_nothing_is_refused(capacities: list[int]) -> None:
    with pytest.raises(ValueError, match="at once"):
        draw_lot(BEFORE, capacities, seed=1)
