"""Repeats tell how readily people report; nothing else is needed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.reporting_rate import (
    DistrictRates,
    WhyWalk,
    corrected_ranks,
    district_rates,
    reporting_rate,
    walks_where_few_report,
)

REPEATS = np.array([0, 1, 0, 3, 0, 0, 2, 1])
DAYS = np.array([4, 10, 2, 20, 1, 6, 15, 12], dtype=np.float64)


def test_rate_of_the_field_notes() -> None:
    made = reporting_rate(REPEATS, DAYS)
    assert made.a_day == pytest.approx(0.10)
    assert made.delay_days == pytest.approx(10)
    assert (made.lower, made.upper) == pytest.approx((0.048, 0.21), abs=5e-4)


def test_nobody_who_reports_again_is_no_zero() -> None:
    made = reporting_rate(np.zeros(3, dtype=np.int64), np.full(3, 10.0))
    assert (made.a_day, made.delay_days) == (0, None)
    assert made.upper == pytest.approx(0.123, abs=5e-4)


def test_nothing_watched_tells_nothing() -> None:
    made = reporting_rate(np.empty(0, dtype=np.int64), np.empty(0))
    assert (made.lower, made.upper) == (0, float("inf"))


def test_days_beyond_a_hundred_do_not_count() -> None:
    made = reporting_rate(np.array([10]), np.array([5000.0]))
    assert made.a_day == pytest.approx(0.1)


def simulated(
    rng: np.random.Generator, rate: np.ndarray, *, each: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """District, kind, repeats and days; each district has its own mix of kinds."""
    district = np.repeat(np.arange(len(rate)), each)
    kind = (rng.random(len(district)) < 0.2 + 0.6 * (district % 2)).astype(np.int64)
    days = rng.exponential(8, len(district))
    mean = rate[district] * np.array([0.02, 0.1])[kind] * days
    return district, kind, rng.poisson(mean), days


def test_true_rates_are_found_whatever_the_mix_of_kinds() -> None:
    rng = np.random.default_rng(0)
    true = np.exp(rng.normal(0, 0.5, 60))
    made = district_rates(*simulated(rng, true, each=1500), districts=60)
    relative = true / true.mean()
    ours = made.relative / made.relative.mean()
    assert np.corrcoef(np.log(ours), np.log(relative))[0, 1] > 0.98
    assert made.a_day_of_kind[1] / made.a_day_of_kind[0] == pytest.approx(5, rel=0.05)


def test_intervals_hold_the_truth() -> None:
    """Districts drawn as the prior has them, and nine in ten intervals at 90 % hold them."""
    rng = np.random.default_rng(1)
    true = rng.gamma(20, 1 / 20, 400)
    made = district_rates(*simulated(rng, true, each=60), districts=400, level=0.9)
    inside = (made.lower <= true) & (true <= made.upper)
    assert 0.86 < inside.mean() < 0.94


def test_district_without_incidents_is_taken_for_the_city() -> None:
    made = district_rates(
        np.array([0, 0]), np.array([0, 0]), np.array([3, 1]), np.array([9.0, 9.0]), districts=3
    )
    assert made.relative[1:].tolist() == [1, 1]
    assert made.days.tolist() == [18, 0, 0]


def test_city_without_incidents_has_no_differences() -> None:
    nothing = np.empty(0, dtype=np.int64)
    made = district_rates(nothing, nothing, nothing, np.empty(0), districts=2)
    assert made.relative.tolist() == [1, 1]
    assert len(walks_where_few_report(made, np.zeros(2))) == 2


def known(relative: list[float]) -> DistrictRates:
    r = np.array(relative)
    return DistrictRates(r, r * 0.9, r * 1.1, r, np.full(len(r), 50.0), r, np.ones(1))


def test_correction_brings_up_a_place_where_few_report() -> None:
    made = corrected_ranks(np.array([5.0, 4.0, 3.0]), np.array([0, 0, 1]), known([1.5, 0.5]))
    assert made.rank.tolist() == [1, 2, 3]
    assert made.corrected_rank.tolist() == [2, 3, 1]
    assert made.joining(1).tolist() == [2]
    assert made.leaving(1).tolist() == [0]
    assert ((made.lower < made.corrected) & (made.corrected < made.upper)).all()


def test_alike_districts_change_no_rank() -> None:
    excess = np.array([1.0, 1.0, 7.0, 0.0])
    made = corrected_ranks(excess, np.zeros(4, dtype=np.int64), known([0.3]))
    assert made.rank.tolist() == made.corrected_rank.tolist() == [2, 3, 1, 4]


def test_walks_go_where_few_report_and_where_nothing_can_be_told() -> None:
    rng = np.random.default_rng(2)
    true = np.array([1.0, 1.0, 0.3, 0.5, 1.6])
    columns = simulated(rng, true, each=3000)
    made = district_rates(*columns, districts=6)
    found = walks_where_few_report(made, np.array([900.0, 900, 900, 900, 900, 0]))
    assert [(w.district, w.why) for w in found] == [
        (2, WhyWalk.SELDOM),
        (3, WhyWalk.SELDOM),
        (5, WhyWalk.SILENT),
    ]
    assert found[0].unreported is not None
    assert found[-1].unreported is None


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 6), st.integers(0, 150)),
        max_size=40,
    ),
    seed=st.integers(0, 9),
)
def test_order_does_not_matter(rows: list[tuple[int, int, int, int]], seed: int) -> None:
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    mixed = table[np.random.default_rng(seed).permutation(len(rows))]
    made, other = (
        district_rates(t[:, 0], t[:, 1], t[:, 2], t[:, 3].astype(np.float64), districts=4)
        for t in (table, mixed)
    )
    assert other.relative == pytest.approx(made.relative)
    assert (made.lower <= made.upper).all()
    assert (made.relative > 0).all()
