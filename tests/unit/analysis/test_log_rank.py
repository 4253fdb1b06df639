"""Groups are compared within strata; a mix of kinds is no difference."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test

from wardroom.analysis.log_rank import log_rank


@given(
    cases=st.lists(
        st.tuples(st.integers(1, 30), st.booleans(), st.integers(0, 2)), min_size=8, max_size=60
    )
)
def test_agrees_with_lifelines(cases: list[tuple[int, bool, int]]) -> None:
    time = np.array([t for t, _, _ in cases], dtype=np.float64)
    closed = np.array([e for _, e, _ in cases])
    group = np.array([g for _, _, g in cases])
    group = np.unique(group, return_inverse=True)[1]
    ours = log_rank(time, closed, group)
    if ours.freedom == group.max() > 0:
        peer = multivariate_logrank_test(time, group, closed)
        assert ours.statistic == pytest.approx(peer.test_statistic, rel=1e-7, abs=1e-9)
        assert ours.p_value == pytest.approx(peer.p_value, rel=1e-6, abs=1e-12)


def test_mix_of_kinds_is_no_difference() -> None:
    """One agency gets the slow kind and the other the quick one; within a kind they are alike."""
    rng = np.random.default_rng(2)
    kind = rng.integers(0, 2, 4000)
    group = (rng.random(4000) < np.where(kind == 1, 0.9, 0.1)).astype(np.int64)
    time = rng.exponential(np.where(kind == 1, 40.0, 2.0))
    closed = np.ones(4000, dtype=np.bool_)
    mixed, alike = log_rank(time, closed, group), log_rank(time, closed, group, stratum=kind)
    assert mixed.p_value is not None
    assert alike.p_value is not None
    assert mixed.p_value < 1e-50
    assert alike.p_value > 0.01


def test_says_different_at_the_rate_it_promises() -> None:
    rng = np.random.default_rng(7)
    found = 0
    for _ in range(1000):
        time, cut = rng.exponential(10, 60), rng.uniform(0, 30, 60)
        entry = rng.uniform(0, 5, 60)
        kept = np.minimum(time, cut) > entry
        one = log_rank(
            np.minimum(time, cut)[kept],
            (time <= cut)[kept],
            rng.integers(0, 2, int(kept.sum())),
            entry=entry[kept],
        )
        found += one.p_value is not None and one.p_value < 0.05
    assert 0.03 < found / 1000 < 0.07


def test_one_group_or_none_is_not_compared() -> None:
    nothing = log_rank(np.empty(0), np.empty(0, dtype=np.bool_), np.empty(0, dtype=np.int64))
    assert nothing.p_value is None
    time, group = np.array([1.0, 2.0]), np.zeros(2, dtype=np.int64)
    assert log_rank(time, np.array([True, True]), group).p_value is None


def test_groups_that_were_never_open_at_once_are_not_compared() -> None:
    time, group = np.array([1.0, 2.0, 9.0, 10.0]), np.array([0, 0, 1, 1])
    entry = np.array([0.0, 0.0, 5.0, 5.0])
    assert log_rank(time, np.ones(4, dtype=np.bool_), group, entry=entry).p_value is None
