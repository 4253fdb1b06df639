"""Units beside each other: their mix, their numbers and ordinary differences allowed for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wardroom.analysis.funnel import Standard, Standing, funnel, standardise


def counts(observed: list[float], expected: list[float]) -> Standard:
    e = np.array(expected)
    return Standard(np.array(observed, dtype=np.float64), e, np.maximum(e * 1e6, 1.0))


def test_mix_of_kinds_is_no_difference() -> None:
    """One ward has the slow kind only; every kind is late at the same rate in both wards."""
    unit = np.repeat([0, 1], 100)
    kind = np.repeat([0, 1], 100)
    hit = np.concatenate([np.arange(100) < 90, np.arange(100) < 10])
    made = funnel(standardise(unit, kind, hit, units=2))
    assert made.ratio == pytest.approx([1, 1])
    assert set(made.standing) == {Standing.ORDINARY}


def test_worse_than_its_mix_is_outside() -> None:
    rng = np.random.default_rng(1)
    unit, kind = rng.integers(0, 8, 40_000), rng.integers(0, 5, 40_000)
    rate = np.array([0.1, 0.2, 0.3, 0.4, 0.5])[kind] * np.where(unit == 3, 1.4, 1.0)
    made = funnel(standardise(unit, kind, rng.random(40_000) < rate, units=8))
    assert made.standing[3] is Standing.OUTSIDE
    assert made.ratio[3] > 1.2


@pytest.mark.parametrize("expected", [0.3, 2, 7.5, 40, 400])
def test_limits_are_exact_for_counts(expected: float) -> None:
    """Between the whole number that holds the tail and the one below it."""
    made = funnel(counts([expected], [expected]), of_shares=False)
    for (lower, upper), level in ((made.inner, 0.95), (made.outer, 0.998)):
        for limit, tail in ((lower[0], (1 - level) / 2), (upper[0], (1 + level) / 2)):
            if limit > 0:
                whole = np.ceil(limit * expected - 1e-9)
                assert stats.poisson.cdf(whole, expected) >= tail - 1e-12
                assert stats.poisson.cdf(whole - 1, expected) < tail + 1e-12


def test_limits_are_exact_for_shares() -> None:
    made = funnel(Standard(np.array([10.0]), np.array([10.0]), np.array([40.0])))
    whole = np.ceil(made.inner[1][0] * 10)
    assert whole == stats.binom.ppf(0.975, 40, 0.25)


def test_false_alarms_are_as_rare_as_the_limits_say() -> None:
    rng = np.random.default_rng(3)
    expected = rng.uniform(5, 300, 5_000)
    made = funnel(counts(rng.poisson(expected).tolist(), expected.tolist()), of_shares=False)
    unusual = sum(s is not Standing.ORDINARY for s in made.standing) / 5_000
    outside = sum(s is Standing.OUTSIDE for s in made.standing) / 5_000
    assert 0.03 < unusual < 0.06
    assert outside < 0.004


def test_ordinary_differences_between_all_widen_the_limits() -> None:
    rng = np.random.default_rng(4)
    expected = np.full(60, 400.0)
    observed = rng.poisson(expected * rng.lognormal(0, 0.2, 60))
    made = funnel(counts(observed.tolist(), expected.tolist()), of_shares=False)
    assert made.overdispersion > 5
    assert sum(s is Standing.OUTSIDE for s in made.standing) <= 1


def test_one_that_is_far_out_does_not_hide_itself() -> None:
    expected = [400.0] * 30
    rng = np.random.default_rng(5)
    observed = [*rng.poisson(400, 29).tolist(), 700]
    made = funnel(counts(observed, expected), of_shares=False)
    assert made.standing[29] is Standing.OUTSIDE


def test_unit_without_cases_is_not_judged() -> None:
    made = funnel(standardise(np.array([0, 0]), np.array([0, 0]), np.array([True, False]), units=2))
    assert made.standing[1] is Standing.TOO_FEW
    nothing = np.empty(0, dtype=np.int64)
    empty = standardise(nothing, nothing, np.empty(0, dtype=np.bool_), units=3)
    assert set(funnel(empty).standing) == {Standing.TOO_FEW}


def test_all_late_everywhere_is_not_judged() -> None:
    made = funnel(
        standardise(np.arange(3), np.zeros(3, dtype=np.int64), np.ones(3, dtype=np.bool_), units=3)
    )
    assert set(made.standing) == {Standing.TOO_FEW}


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 3), st.booleans()), min_size=1, max_size=60
)


@given(rows=ROWS, seed=st.integers(0, 9))
def test_order_does_not_matter_and_the_city_is_as_expected(
    rows: list[tuple[int, int, bool]], seed: int
) -> None:
    unit, kind, hit = (np.array([r[i] for r in rows]) for i in range(3))
    made = standardise(unit, kind, hit, units=5)
    assert made.observed.sum() == pytest.approx(made.expected.sum())
    order = np.random.default_rng(seed).permutation(len(rows))
    mixed = standardise(unit[order], kind[order], hit[order], units=5)
    assert mixed.expected == pytest.approx(made.expected)
    placed = funnel(made)
    assert len(placed.standing) == 5
    assert (placed.outer[0] <= placed.inner[0] + 1e-9).all()
    assert (placed.inner[1] <= placed.outer[1] + 1e-9).all()
