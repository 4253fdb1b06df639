"""Plans are the smallest that keep both errors small; lots that fail make samples larger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wardroom.analysis.lot_plans import Switching, lot_plan, next_sample, plan_with


@pytest.mark.parametrize(
    ("acceptable", "rejectable", "checks", "most"),
    [
        (0.05, 0.20, 32, 3),
        (0.10, 0.30, 25, 4),
        (0.10, 0.25, 40, 6),
        (0.10, 0.40, 15, 3),
        (0.20, 0.40, 36, 10),
    ],
)
def test_plans_of_the_field_notes(
    acceptable: float, rejectable: float, checks: int, most: int
) -> None:
    plan = lot_plan(acceptable, rejectable)
    assert (plan.checks, plan.most_not_fixed) == (checks, most)


def test_stricter_and_smaller_lots_of_the_field_notes() -> None:
    strict, small = lot_plan(0.10, 0.30, risk=0.05), lot_plan(0.10, 0.30, size=60)
    assert (strict.checks, strict.most_not_fixed) == (41, 7)
    assert (small.checks, small.most_not_fixed) == (19, 3)


def test_chances_of_the_field_notes() -> None:
    plan = lot_plan(0.10, 0.30)
    assert plan.passes_good == pytest.approx(0.90, abs=5e-3)
    assert plan.passes_bad == pytest.approx(0.09, abs=5e-3)
    assert plan.passes(4)
    assert not plan.passes(5)


@given(p0=st.integers(1, 20), gap=st.integers(10, 40), risk=st.sampled_from([0.05, 0.1, 0.2]))
def test_no_smaller_plan_would_do(p0: int, gap: int, risk: float) -> None:
    good, bad = p0 / 100, (p0 + gap) / 100
    plan = lot_plan(good, bad, risk=risk)
    assert stats.binom.cdf(plan.most_not_fixed, plan.checks, good) >= 1 - risk
    assert stats.binom.cdf(plan.most_not_fixed, plan.checks, bad) <= risk
    fewer = plan.checks - 1
    for c in range(fewer + 1):
        passes_good, passes_bad = (float(stats.binom.cdf(c, fewer, p)) for p in (good, bad))
        assert not (passes_good >= 1 - risk and passes_bad <= risk)


def test_lots_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="tells these two"):
        lot_plan(0.10, 0.101)
    for good, bad in ((0.3, 0.3), (0.4, 0.2), (-0.1, 0.2), (0.1, 1.2)):
        with pytest.raises(ValueError, match="below the rejectable"):
            lot_plan(good, bad)


def test_checking_the_whole_lot_always_tells() -> None:
    assert lot_plan(0.0, 1.0, size=1).checks == 1


def test_two_failures_in_five_double_the_sample() -> None:
    assert next_sample(25, []).checks == 25
    assert next_sample(25, [False, True, True, True]).factor == 1
    made = next_sample(25, [False, True, True, True, False])
    assert (made.checks, made.reason) == (50, Switching.DOUBLED)
    assert next_sample(25, [False, True, True, True, True, False]).factor == 1


def test_ten_in_a_row_halve_it_and_bring_it_back() -> None:
    assert next_sample(25, [True] * 9).factor == 1
    made = next_sample(25, [True] * 10)
    assert (made.checks, made.reason) == (12, Switching.HALVED)
    assert next_sample(25, [False, False, *[True] * 10]).factor == 1
    assert next_sample(25, [*[True] * 10, False, False]).factor == 1


@given(planned=st.integers(1, 200), lots=st.lists(st.booleans(), max_size=60))
def test_sample_stays_between_half_and_twice_the_plan(planned: int, lots: list[bool]) -> None:
    made = next_sample(planned, lots)
    assert made.factor in (0.5, 1.0, 2.0)
    assert 1 <= made.checks <= 2 * planned


@pytest.mark.parametrize(("acceptable", "rejectable"), [(0.05, 0.20), (0.10, 0.30), (0.20, 0.40)])
@pytest.mark.parametrize("size", [None, 400])
def test_plan_with_the_planned_number_is_the_plan(
    acceptable: float, rejectable: float, size: int | None
) -> None:
    plan = lot_plan(acceptable, rejectable, size=size)
    assert plan_with(plan.checks, acceptable, rejectable, size=size) == plan
    halved = plan_with(plan.checks // 2, acceptable, rejectable, size=size)
    doubled = plan_with(plan.checks * 2, acceptable, rejectable, size=size)
    assert halved.passes_good >= 0.9
    assert doubled.passes_good >= 0.9
    assert halved.passes_bad > plan.passes_bad > doubled.passes_bad


@pytest.mark.parametrize(("checks", "good", "bad"), [(0, 0.1, 0.3), (50, 0.1, 0.3), (5, 0.3, 0.1)])
def test_plan_with_what_cannot_be_checked_is_refused(checks: int, good: float, bad: float) -> None:
    with pytest.raises(ValueError, match=r"at least one check|lies below"):
        plan_with(checks, good, bad, size=40)
