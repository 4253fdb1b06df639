"""Watching a plan month by month: within the fan, or an alarm that may be believed."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from tests.unit.analysis.trial import first, pool
from wardroom.analysis.monitoring import MOST_ALIKE, alike, bayes_factor, watch


def test_factor_by_hand() -> None:
    # Negative binomial with shape 2, mean 3 and 5 seen: C(6, 5) (2/5)^2 (3/5)^5.
    wider = 1 / (1 / 2 + 0.3**2)
    usual = comb(6, 5) * (2 / 5) ** 2 * (3 / 5) ** 5
    total = sum(
        bayes_factor(y, 3.0, 2.0) * comb(y + 1, y) * (2 / 5) ** 2 * (3 / 5) ** y for y in range(200)
    )
    assert total == pytest.approx(1.0)
    assert 0 < bayes_factor(5, 3.0, 2.0) * usual < 1
    assert wider < 2


def test_factor_rises_as_episodes_stay_away() -> None:
    factors = [bayes_factor(y, 60.0, 100.0) for y in (20, 30, 40, 60, 80)]
    assert factors == sorted(factors, reverse=True)
    assert factors[1] > 20 > 1 > factors[3]


def test_nothing_expected_says_nothing() -> None:
    assert bayes_factor(0, 0.0, 5.0) == 1.0


def test_portfolios_that_differ_by_chance_alone_are_alike() -> None:
    rng = np.random.default_rng(1)
    assert alike(rng.poisson(50, 10_000) / 50, 50.0) > 200
    assert alike(np.ones(10), 50.0) == MOST_ALIKE
    assert alike(rng.gamma(10, 0.1, 10_000), 1e9) == pytest.approx(10, rel=0.1)


def test_portfolio_without_a_plan_stays_in_its_fan() -> None:
    seen = watch(pool(2), first(120, 30), seed=1)
    inside = (seen.after >= seen.low) & (seen.after <= seen.high)
    assert inside.mean() > 0.5
    assert (seen.low <= seen.middle).all()
    assert (seen.middle <= seen.high).all()
    assert seen.alarm_in is None


def test_strong_plan_raises_the_alarm_before_the_year_is_over() -> None:
    counts = pool(2)
    after = counts.after.copy()
    after[:30] //= 4
    seen = watch(replace(counts, after=after), first(120, 30), seed=1)
    assert seen.alarm_in is not None
    assert seen.alarm_in < 12
    assert (seen.after < seen.low).sum() > 6


def test_first_months_can_be_watched_before_the_others_have_come() -> None:
    counts = pool(2)
    three = replace(counts, after=counts.after[:, :3], ordinary=counts.ordinary[:, :3])
    whole = watch(counts, first(120, 30), seed=1)
    early = watch(three, first(120, 30), seed=1)
    assert early.expected == pytest.approx(whole.expected[:3])
    assert len(early.factor) == 3


def test_order_of_places_does_not_matter() -> None:
    counts, turned = pool(3), np.random.default_rng(1).permutation(120)
    one = watch(counts, first(120, 30), seed=1, draws=99)
    other = watch(counts.part(turned), first(120, 30)[turned], seed=1, draws=99)
    assert other.expected == pytest.approx(one.expected)
    assert other.after.tolist() == one.after.tolist()
