"""Spot checks: the estimate, how many go where, and what is said when nobody can tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.proportions import Share
from wardroom.analysis.sampling import (
    allocation,
    bounds,
    checks_for_margin,
    clean_checks_needed,
    draw,
    verified_on_time,
    verified_share,
)

SIZE, CHECKED, FIXED = np.array([400, 150, 50]), np.array([30, 20, 15]), np.array([27, 12, 6])


def test_estimate_of_the_field_notes() -> None:
    made = verified_share(SIZE, CHECKED, FIXED)
    assert made.value == pytest.approx(0.7833, abs=5e-5)
    assert made.error == pytest.approx(0.0452, abs=5e-5)
    assert FIXED.sum() / CHECKED.sum() == pytest.approx(0.6923, abs=5e-5)
    assert (made.checked, made.of, made.unseen) == (65, 600, 0)
    assert made.lower < 0.7833 - 1.5 * 0.0452
    assert made.upper > 0.7833 + 1.5 * 0.0452


def test_verified_on_time_of_the_field_notes() -> None:
    share = Share(84, 100, 0.84, 0.75, 0.9)
    assert verified_on_time(share, verified_share(SIZE, CHECKED, FIXED)) == pytest.approx(
        0.658, abs=5e-4
    )
    nothing = verified_share(SIZE, np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64))
    assert verified_on_time(share, nothing) is None


def test_all_clean_is_not_a_hundred_percent() -> None:
    made = verified_share(SIZE, CHECKED, CHECKED)
    assert (made.value, made.error, made.upper) == (1, 0, 1)
    assert 0.8 < made.lower < 0.97


def test_checking_everything_leaves_no_doubt() -> None:
    made = verified_share(SIZE, SIZE, np.array([300, 150, 0]))
    assert made.lower == made.upper == made.value == 0.75


def test_strata_without_checks_are_told() -> None:
    made = verified_share(SIZE, np.array([30, 0, 15]), np.array([27, 0, 6]))
    assert made.unseen == 150
    nothing = verified_share(SIZE, np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64))
    assert (nothing.value, nothing.lower, nothing.upper) == (None, 0, 1)


def test_impossible_checks_are_refused() -> None:
    with pytest.raises(ValueError, match="No more"):
        verified_share(np.array([5]), np.array([6]), np.array([1]))
    with pytest.raises(ValueError, match="No more"):
        verified_share(np.array([5]), np.array([3]), np.array([4]))


def test_interval_holds_the_truth() -> None:
    rng = np.random.default_rng(0)
    size, truth = np.array([300, 120, 40, 500]), np.array([0.95, 0.6, 0.3, 0.99])
    good = np.round(size * truth).astype(np.int64)
    number = allocation(size, np.sqrt(truth * (1 - truth)), 60)
    held = 0
    for _ in range(2000):
        fixed = rng.hypergeometric(good, size - good, number)
        made = verified_share(size, number, fixed, level=0.9)
        held += made.lower <= good.sum() / size.sum() <= made.upper
    assert 0.88 < held / 2000 <= 1.0


def test_most_checks_go_where_most_is_unclear() -> None:
    given = allocation(np.array([400, 150, 50]), np.array([0.3, 0.5, 0.5]), 65)
    assert given.sum() == 65
    assert given.tolist() == pytest.approx([65 * w / 220 for w in (120, 75, 25)], abs=1)


def test_small_strata_are_checked_whole_and_no_more() -> None:
    given = allocation(np.array([1, 3, 1000]), np.array([0.5, 0.5, 0.0]), 50)
    assert given.tolist() == [1, 3, 46]
    assert allocation(np.array([2, 3]), np.array([0.5, 0.5]), 99).tolist() == [2, 3]
    with pytest.raises(ValueError, match="at least 4"):
        allocation(np.array([9, 9]), np.array([0.5, 0.5]), 3)


@given(
    strata=st.lists(st.tuples(st.integers(1, 60), st.floats(0, 0.5)), min_size=1, max_size=5),
    total=st.integers(10, 80),
)
def test_no_single_move_would_be_sharper(strata: list[tuple[int, float]], total: int) -> None:
    size, spread = np.array([s[0] for s in strata]), np.array([s[1] for s in strata])
    number = allocation(size, spread, total)
    assert number.sum() == min(total, size.sum())
    assert (number <= size).all()
    variance = (size * spread) ** 2
    now = float((variance / number).sum())
    for a in range(len(size)):
        for b in range(len(size)):
            if a != b and number[a] > min(2, size[a]) and number[b] < size[b]:
                moved = number.copy()
                moved[a] -= 1
                moved[b] += 1
                assert float((variance / moved).sum()) >= now * (1 - 1e-9) - 1e-9


def test_the_same_lot_draws_the_same_and_each_as_often() -> None:
    stratum = np.repeat([0, 1], [10, 30])
    number = np.array([3, 6])
    first = draw(stratum, number, np.random.default_rng(5))
    assert first.tolist() == draw(stratum, number, np.random.default_rng(5)).tolist()
    rng = np.random.default_rng(6)
    times = np.zeros(40)
    for _ in range(3000):
        drawn = draw(stratum, number, rng)
        assert np.bincount(stratum[drawn]).tolist() == [3, 6]
        times[drawn] += 1
    assert times[:10] / 3000 == pytest.approx(np.full(10, 0.3), abs=0.04)
    assert times[10:] / 3000 == pytest.approx(np.full(30, 0.2), abs=0.04)


def test_more_than_there_are_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="only 2"):
        draw(np.array([0, 0]), np.array([3]), np.random.default_rng(0))
    nothing = np.empty(0, dtype=np.int64)
    assert len(draw(nothing, nothing, np.random.default_rng(0))) == 0


def test_clean_checks_of_the_engine_notes() -> None:
    assert clean_checks_needed(0.95) == 59
    assert clean_checks_needed(0.5, confidence=0.5) == 1


@pytest.mark.parametrize("size", [1, 5, 20, 60, 400])
def test_fewer_clean_checks_do_where_there_are_few(size: int) -> None:
    n = clean_checks_needed(0.95, size=size)
    assert n <= min(59, size)
    assert n >= clean_checks_needed(0.95, size=max(size // 2, 1))


def test_checks_for_a_margin_of_the_engine_notes() -> None:
    assert checks_for_margin(0.05) == 385
    assert checks_for_margin(0.05, size=400) == 196
    for bad in (0.0, 1.0):
        with pytest.raises(ValueError, match="margin"):
            checks_for_margin(bad)
        with pytest.raises(ValueError, match="shares between"):
            clean_checks_needed(bad)


def test_what_nobody_could_tell_widens_the_answer() -> None:
    made = bounds(12, 4, 4)
    assert (made.if_none_fixed.value, made.if_all_fixed.value) == (0.6, 0.8)
    assert made.cannot_determine.value == 0.2
    assert made.lower < 0.6 < 0.8 < made.upper
    assert bounds(0, 0, 0).if_none_fixed.value is None
