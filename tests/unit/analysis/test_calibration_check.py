"""The judge judged: plans that nobody made."""

from __future__ import annotations

import numpy as np
import pytest

from tests.unit.analysis.trial import first, pool, spread_out
from wardroom.analysis.calibration_check import Checked, Trial, check, chosen_by_an_office, thinned

TRIALS = [Trial(spread_out(120), pool(s)) for s in (1, 2, 3)]


def test_without_an_effect_it_is_seldom_led_astray() -> None:
    (found,) = check(TRIALS, seed=1, sizes=(20,), portfolios=240, redraws=199)
    assert 0.02 <= found.rate <= 0.09
    assert 0.85 <= found.covered <= 0.95
    assert found.mean_effect == pytest.approx(1.0, abs=0.05)
    assert found.worked + found.worse < 0.1


def test_half_of_the_episodes_gone_is_seen() -> None:
    (found,) = check(TRIALS, seed=1, sizes=(20,), effects=(0.5,), portfolios=90, redraws=199)
    assert found.rate > 0.9
    assert found.mean_effect == pytest.approx(0.5, abs=0.05)


def test_one_place_says_cannot_tell_yet() -> None:
    (found,) = check(TRIALS, seed=1, sizes=(1,), effects=(0.5,), portfolios=90)
    assert found.cannot_tell == 1.0
    assert found.covered > 0.8


def test_same_seed_same_answer() -> None:
    one, same, other = (
        check(TRIALS, seed=s, sizes=(10,), portfolios=30, redraws=99) for s in (1, 1, 2)
    )
    assert one == same != other


def test_size_for_which_there_are_too_few_places_is_left_out() -> None:
    found = check(TRIALS, seed=1, sizes=(10, 41), portfolios=6, redraws=99)
    assert [c.size for c in found] == [10]
    assert check([], seed=1) == ()


def test_worst_places_are_chosen_more_readily() -> None:
    before, rng = np.array([1] * 50 + [20] * 50), np.random.default_rng(1)
    chosen = np.sum([chosen_by_an_office(before, 10, rng) for _ in range(200)], axis=0)
    assert np.sum(chosen[50:]) > 4 * np.sum(chosen[:50])


def test_thinning_leaves_other_places_alone() -> None:
    counts, treated = pool(1), first(120, 30)
    made = thinned(counts, treated, 0.5, np.random.default_rng(1))
    assert (made.after[30:] == counts.after[30:]).all()
    assert made.after[:30].sum() == pytest.approx(counts.after[:30].sum() / 2, rel=0.2)


@pytest.mark.parametrize(
    ("rate", "honest"), [(0.03, True), (0.07, True), (0.02, False), (0.08, False)]
)
def test_honest_is_near_one_in_twenty(rate: float, honest: bool) -> None:
    assert Checked(20, 1.0, 600, rate, 0.9, 1.0, 0.0, 0.0, 1.0).honest is honest
