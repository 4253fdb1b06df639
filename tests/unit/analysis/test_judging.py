"""The judge: calls a strong plan, keeps quiet about chance, and cannot be led by order."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.analysis.trial import counts_of, first, pool
from wardroom.analysis.comparison_pool import Counts
from wardroom.analysis.judging import (
    CANNOT_TELL,
    NO_BETTER,
    VERDICTS,
    WORKED,
    WORSE,
    judge,
    word_for,
)
from wardroom.analysis.redraws import (
    drawn_choices,
    every_choice,
    expected_at,
    fallen_back,
    portfolios,
    strata_of,
    ways_to_choose,
)


def times(counts: Counts, size: int, factor: float) -> Counts:
    """The counts with those of the first places after the start multiplied."""
    after = counts.after.copy()
    after[:size] = np.round(after[:size] * factor)
    return replace(counts, after=after)


def test_figures_of_one_choice_by_hand() -> None:
    # Two of four are chosen. The others had 6 where 12 would have been: 6.5 / 12.5 = 0.52.
    ordinary, after = np.array([10.0, 20.0, 4.0, 8.0]), np.array([2.0, 8.0, 1.0, 5.0])
    made = portfolios(first(4, 2)[None, :], ordinary, after, np.zeros(4, dtype=np.int64))
    e = [5.2, 10.4, 2.08, 4.16]
    r = [(y - x) / sqrt(x + 0.5) for y, x in zip(after, e, strict=True)]
    noise = np.var(r[:2], ddof=1) / 2 + np.var(r[2:], ddof=1) / 2
    ratio = 10.5 / 16.1
    own = (2 - ratio * 5.2) ** 2 + (8 - ratio * 10.4) ** 2
    off = (1 - 2.08) ** 2 + (5 - 4.16) ** 2
    assert made.ratio[0] == pytest.approx(ratio)
    assert made.difference[0] == pytest.approx((np.mean(r[:2]) - np.mean(r[2:])) / sqrt(noise))
    assert made.spread[0] == pytest.approx(sqrt((own + 0.5) * 2 / 10.5**2 + off / 6.5**2))


def test_expected_goes_as_the_comparison_places_of_the_stratum_went() -> None:
    stratum = np.array([0, 0, 1, 1])
    treated = np.array([True, False, True, False])
    expected = expected_at(
        treated, np.array([10.0, 10.0, 50.0, 40.0]), np.array([0.0, 5.0, 0.0, 60.0]), stratum
    )
    assert expected.tolist() == pytest.approx(
        [10 * 5.5 / 10.5, 10 * 5.5 / 10.5, 50 * 60.5 / 40.5, 40 * 60.5 / 40.5]
    )


def test_worst_are_expected_to_fall_back_to_their_stratum() -> None:
    ordinary = np.array([10.0, 20.0, 30.0, 30.0])
    after = np.array([10.0, 10.0, 10.0, 0.0])
    drawn = fallen_back(ordinary, after, np.array([False, False, False, True]), np.zeros(4, int))
    assert drawn.tolist() == pytest.approx([22.5] * 4, rel=0.01)


def test_nothing_falls_back_where_comparison_places_did_not() -> None:
    ordinary = np.array([10.0, 20.0, 30.0, 25.0])
    drawn = fallen_back(ordinary, ordinary, np.array([False] * 3 + [True]), np.zeros(4, int))
    assert drawn.tolist() == pytest.approx(ordinary.tolist(), rel=0.03)


def test_strata_are_quartiles_of_the_count_before() -> None:
    before = np.arange(40)
    stratum = strata_of(before, first(40, 4))
    assert np.bincount(stratum).tolist() == [10, 10, 10, 10]


def test_equal_counts_stand_in_one_stratum() -> None:
    before = np.array([3] * 15 + [9] * 15)
    stratum = strata_of(before, before == 100)
    assert len(set(stratum[:15].tolist())) == 1 == len(set(stratum[15:].tolist()))


def test_strata_merge_where_too_few_are_left_to_compare_with() -> None:
    before = np.arange(40)
    assert set(strata_of(before, before >= 32).tolist()) == {0, 1, 2}
    assert set(strata_of(before, before >= 3).tolist()) == {0}


def test_every_draw_takes_as_many_places_in_each_stratum() -> None:
    stratum = np.repeat([0, 1, 2], [5, 10, 20])
    treated = np.zeros(35, dtype=bool)
    treated[[0, 5, 6, 20]] = True
    drawn = drawn_choices(stratum, treated, 200, np.random.default_rng(1))
    taken = np.array([[row[stratum == s].sum() for s in range(3)] for row in drawn])
    assert (taken == [1, 2, 1]).all()
    assert drawn.any(axis=0).all()


def test_all_ways_of_a_lot_are_listed_once() -> None:
    stratum = np.array([0, 0, 0, 1, 1, 1, 1])
    treated = np.array([True, False, False, True, True, False, False])
    listed = every_choice(stratum, treated)
    assert listed is not None
    assert len(listed) == 18 == ways_to_choose(stratum, treated)
    assert len(np.unique(listed, axis=0)) == 18
    assert (listed == treated).all(axis=1).any()


def test_long_lists_are_drawn_instead() -> None:
    assert every_choice(np.zeros(40, dtype=np.int64), first(40, 20)) is None


@pytest.mark.parametrize(
    ("low", "high", "word"),
    [
        (0.4, 0.89, WORKED),
        (0.4, 0.9, CANNOT_TELL),
        (0.89, 1.5, CANNOT_TELL),
        (0.91, 1.5, NO_BETTER),
        (1.12, 1.5, WORSE),
        (0.0, inf, CANNOT_TELL),
    ],
)
def test_word_goes_by_the_interval(low: float, high: float, word: str) -> None:
    assert word_for(low, high) == word


def test_strong_plan_worked() -> None:
    verdict = judge(times(pool(1), 30, 0.2), first(120, 30), seed=1)
    assert verdict.word == WORKED
    assert verdict.p_value == pytest.approx(0.001)
    assert verdict.high < 0.5


def test_harmful_plan_made_it_worse() -> None:
    verdict = judge(times(pool(1), 30, 4), first(120, 30), seed=1)
    assert verdict.word == WORSE
    assert verdict.p_value > 0.9


def test_fall_that_all_places_share_is_no_success() -> None:
    counts = pool(2, kept=0.4)
    verdict = judge(counts, first(120, 20), seed=1)
    naive = counts.after[:20].sum() / counts.before[:20].sum()
    assert naive < 0.6
    assert verdict.low < 1 < verdict.high
    assert verdict.word != WORKED


@pytest.mark.parametrize("factor", [0.0, 0.5, 1.0, 9.0])
def test_one_place_alone_cannot_tell(factor: float) -> None:
    verdict = judge(times(pool(3), 1, factor), first(120, 1), seed=1)
    assert verdict.word == CANNOT_TELL
    assert verdict.treated == 1
    assert verdict.needed[0].places is None or verdict.needed[0].places > 10


def test_one_place_by_hand() -> None:
    # 40 comparison places as expected or at half and double; the treated one is at its half.
    before, after = [10] * 41, [5] + [5, 10, 15, 10] * 10
    verdict = judge(counts_of(before, after), first(41, 1), seed=1)
    own = 5.5 / (10 * 400.5 / 400.5 + 0.5)
    assert verdict.effect == pytest.approx(own)
    assert verdict.low == pytest.approx(5.5 / 15.5)
    assert verdict.high == pytest.approx(1.0)
    assert verdict.p_value == pytest.approx(11 / 41)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_empty_pool_says_nothing(size: int) -> None:
    verdict = judge(pool(4, n=size), first(size, size), seed=1)
    assert (verdict.word, verdict.low, verdict.high) == (CANNOT_TELL, 0.0, inf)
    assert verdict.needed == ()


def test_too_few_to_compare_with_says_nothing() -> None:
    verdict = judge(times(pool(4, n=25), 16, 0.1), first(25, 16), seed=1)
    assert verdict.word == CANNOT_TELL
    assert verdict.draws == 0


def test_places_where_nothing_happened_are_no_trouble() -> None:
    verdict = judge(counts_of([0] * 40, [0] * 40), first(40, 10), seed=1)
    assert (verdict.word, verdict.draws) == (CANNOT_TELL, 0)


def test_same_seed_same_verdict_and_other_seed_about_the_same() -> None:
    counts, treated = pool(5), first(120, 20)
    one, same, other = (judge(counts, treated, seed=s) for s in (7, 7, 8))
    assert one == same
    assert other.p_value == pytest.approx(one.p_value, abs=0.06)
    assert log(other.high) == pytest.approx(log(one.high), abs=0.1)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(1, 30), st.sampled_from([0.3, 1.0, 2.0]))
def test_order_of_places_does_not_matter(seed: int, size: int, factor: float) -> None:
    counts, treated = times(pool(seed, n=60), size, factor), first(60, size)
    turned = np.random.default_rng(seed).permutation(60)
    straight = judge(counts, treated, seed=3, draws=199)
    shuffled = judge(counts.part(turned), treated[turned], seed=3, draws=199)
    assert shuffled.word == straight.word
    assert shuffled.p_value == pytest.approx(straight.p_value)
    assert (shuffled.low, shuffled.high) == pytest.approx((straight.low, straight.high))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(2, 30))
def test_interval_holds_the_estimate_and_fewer_episodes_never_look_worse(
    seed: int, size: int
) -> None:
    counts, treated = pool(seed, n=60), first(60, size)
    verdict = judge(counts, treated, seed=3, draws=199)
    better = judge(times(counts, size, 0.5), treated, seed=3, draws=199)
    assert 0 <= verdict.low <= verdict.effect <= verdict.high
    assert verdict.word in VERDICTS
    assert 0 < verdict.p_value <= 1
    assert better.effect <= verdict.effect


def test_lot_is_judged_exactly() -> None:
    # Eight alike, four drawn; those four are the lowest of all: 1 of 70 ways.
    counts = counts_of([10] * 8, [1, 2, 3, 4, 10, 11, 12, 13])
    verdict = judge(counts, first(8, 4), seed=1, drawn_in=np.zeros(8, dtype=np.int64))
    assert verdict.exact
    assert verdict.draws == 70
    assert verdict.p_value == pytest.approx(1 / 70)


def test_small_lot_gives_no_interval() -> None:
    counts = counts_of([10] * 4, [1, 2, 11, 12])
    verdict = judge(counts, first(4, 2), seed=1, drawn_in=np.zeros(4, dtype=np.int64))
    assert verdict.p_value == pytest.approx(1 / 6)
    assert (verdict.word, verdict.low, verdict.high) == (CANNOT_TELL, 0.0, inf)


def test_lot_is_redrawn_in_its_own_groups() -> None:
    counts, groups = pool(6, n=40), np.repeat([0, 1], 20)
    treated = np.tile([True, False], 20)
    verdict = judge(counts, treated, seed=1, drawn_in=groups, draws=499)
    assert verdict.strata == 2
    assert not verdict.exact


def test_more_places_are_needed_for_a_smaller_effect() -> None:
    small, large = judge(pool(7), first(120, 12), seed=1).needed
    assert (small.effect, large.effect) == (0.7, 0.5)
    assert large.places is not None
    assert small.places is None or small.places > large.places


def test_what_is_needed_by_hand() -> None:
    # All places do just what is expected: nothing but chance is left, and months shrink it.
    counts = counts_of([10] * 30, [10] * 30)
    _, half = judge(counts, first(30, 2), seed=1).needed
    room = (log(0.9 / 0.5) / (1.645 + 0.842)) ** 2
    luck = 1 / (0.5 * 20)
    assert half.places == -(-2 * (luck / (room - 1 / 280) - 1) // 1)
    assert half.months == -(-12 * ((luck + 1 / 280) / room - 1) // 1)
