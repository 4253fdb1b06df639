"""Time to close counts what is still open, and agrees with an independent library."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError
from lifelines.utils import restricted_mean_survival_time

from wardroom.analysis.survival import Curve, curve, curves

FIELD = [(1, 1), (2, 1), (2, 0), (3, 1), (5, 1), (5, 0), (8, 1), (13, 0), (21, 1), (30, 0)]
CASES = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def drawn(cases: list[tuple[int, int]] | list[tuple[int, bool]]) -> Curve:
    time = np.array([t for t, _ in cases], dtype=np.float64)
    return curve(time, np.array([bool(e) for _, e in cases], dtype=np.bool_))


def test_vector_of_the_field_notes() -> None:
    made = drawn(FIELD)
    assert made.time.tolist() == [1, 2, 3, 5, 8, 21]
    assert made.still_open.round(4).tolist() == [0.9, 0.8, 0.6857, 0.5714, 0.4286, 0.2143]
    assert float(np.sqrt(made.variance[3])) == pytest.approx(0.1638, abs=5e-5)
    assert made.quantile(0.5).value == 8
    closed_only = float(np.median([t for t, e in FIELD if e]))
    assert closed_only == 4


def test_nothing_is_known_of_nothing() -> None:
    made = curve(np.empty(0), np.empty(0, dtype=np.bool_))
    assert made.closed_by(5) is None
    assert made.mean_within(5) is None
    assert made.quantile(0.5).value is None


def test_one_open_request_tells_only_that_it_is_open() -> None:
    made = drawn([(10, 0)])
    assert made.quantile(0.5).value is None
    within = made.closed_by(10)
    assert within is not None
    assert within.value == 0
    assert made.closed_by(10.5) is None


def test_one_closed_request_was_closed_then_and_ever_after() -> None:
    made = drawn([(10, 1)])
    later = made.closed_by(1e6)
    assert later is not None
    assert later.value == 1
    mean = made.mean_within(100)
    assert mean is not None
    assert mean.value == 10


def test_share_closed_is_not_told_beyond_what_was_watched() -> None:
    made = drawn(FIELD)
    assert made.closed_by(30) is not None
    assert made.closed_by(30.1) is None
    assert made.mean_within(31) is None


@pytest.mark.parametrize("bad", [-1.0, float("nan")])
def test_time_that_is_no_time_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        curve(np.array([1.0, bad]), np.array([True, True]))


def test_end_before_the_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="before it began"):
        curve(np.array([3.0]), np.array([True]), entry=np.array([3.0]))


@given(cases=CASES)
def test_agrees_with_lifelines(cases: list[tuple[int, bool]]) -> None:
    made = drawn(cases)
    peer = KaplanMeierFitter().fit([t for t, _ in cases], [e for _, e in cases])
    at = peer.survival_function_at_times(made.time).to_numpy()
    assert np.abs(at - made.still_open).max(initial=0) < 1e-9
    median = made.quantile(0.5).value
    if not np.isclose(made.still_open, 0.5).any():  # its rounding misses a share of exactly half
        assert (np.inf if median is None else median) == peer.median_survival_time_


@given(cases=CASES, limit=st.integers(1, 40))
def test_interval_and_mean_agree_with_lifelines(cases: list[tuple[int, bool]], limit: int) -> None:
    made = drawn(cases)
    peer = KaplanMeierFitter().fit([t for t, _ in cases], [e for _, e in cases])
    band = peer.confidence_interval_survival_function_
    for t, left in zip(made.time, made.still_open, strict=True):
        if left > 1e-9:
            lower, upper = band.loc[t]
            ours = made.closed_by(float(t))
            assert ours is not None
            assert (1 - ours.upper, 1 - ours.lower) == pytest.approx((lower, upper), abs=1e-9)
    mean = made.mean_within(limit)
    if mean is not None:
        assert mean.value == pytest.approx(restricted_mean_survival_time(peer, t=limit), abs=1e-9)


@given(
    cases=st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 20), st.booleans()), min_size=1, max_size=40
    )
)
def test_late_entries_agree_with_lifelines(cases: list[tuple[int, int, bool]]) -> None:
    """Entries lie half a day off the closures: lifelines and we settle ties differently."""
    entry = np.array([max(a - 0.5, 0.0) for a, _, _ in cases])
    end = np.array([float(a + b) for a, b, _ in cases])
    closed = np.array([e for _, _, e in cases])
    made = curve(end, closed, entry=entry)
    try:
        peer = KaplanMeierFitter().fit(end, closed, entry=entry)
    except StatError:  # it refuses where nobody was watched for a while
        return
    at = peer.survival_function_at_times(made.time).to_numpy()
    assert np.abs(at - made.still_open).max(initial=0) < 1e-9


def test_few_watched_early_and_all_closed_tell_nothing() -> None:
    entry, end = np.array([0.0, 5.0, 5.0]), np.array([2.0, 9.0, 12.0])
    made = curve(end, np.array([True, True, False]), entry=entry)
    assert made.closed_by(2) is None
    assert made.mean_within(2) is None
    assert made.closed_by(1.9) is not None
    assert made.quantile(0.5).value is None


def test_mean_spreads_as_over_many_draws() -> None:
    rng = np.random.default_rng(5)
    means, halves = [], []
    for _ in range(400):
        time, cut = rng.exponential(10, 200), rng.uniform(5, 40, 200)
        one = curve(np.minimum(time, cut), time <= cut).mean_within(20)
        assert one is not None
        means.append(one.value)
        halves.append((one.upper - one.lower) / 2 / 1.959964)
    assert np.mean(means) == pytest.approx(10 * (1 - np.exp(-2)), rel=0.01)
    assert np.mean(halves) == pytest.approx(np.std(means), rel=0.12)


@given(cases=CASES, seed=st.integers(0, 99))
def test_order_does_not_matter_and_doubling_changes_no_share(
    cases: list[tuple[int, bool]], seed: int
) -> None:
    made, again = drawn(cases), drawn(cases * 2)
    mixed = np.random.default_rng(seed).permutation(len(cases))
    other = drawn([cases[i] for i in mixed])
    assert other.still_open.tolist() == made.still_open.tolist()
    assert again.still_open == pytest.approx(made.still_open, abs=1e-12)


@given(cases=CASES)
def test_share_still_open_only_falls(cases: list[tuple[int, bool]]) -> None:
    made = drawn(cases)
    assert all(a > b for a, b in pairwise(made.still_open.tolist()))
    assert ((made.still_open >= 0) & (made.still_open < 1)).all()
    assert made.closed.sum() == sum(e for _, e in cases)


def test_each_group_has_the_curve_it_would_have_alone() -> None:
    rng = np.random.default_rng(1)
    time, closed, group = rng.exponential(9, 500), rng.random(500) < 0.7, rng.integers(0, 4, 500)
    group[group == 2] = 3
    together = curves(group, 5, time, closed)
    for g, one in enumerate(together):
        alone = curve(time[group == g], closed[group == g])
        assert one.still_open.tolist() == alone.still_open.tolist()
        assert one.number == int((group == g).sum())


def test_closed_only_is_far_too_short_where_recent_cases_are_slow() -> None:
    """The trap the curve is for: half of what is closed so far looks twice as quick."""
    rng = np.random.default_rng(3)
    time, age = rng.exponential(60, 20_000), rng.uniform(0, 90, 20_000)
    closed = time <= age
    true = 60 * np.log(2)
    median = curve(np.minimum(time, age), closed).quantile(0.5).value
    assert median == pytest.approx(true, rel=0.04)
    assert np.median(time[closed]) < 0.6 * true
