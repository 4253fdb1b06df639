"""The cross-check gives the figures of the field notes, and is silent where it must be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis.before_after import Change, Counts, displacement, rate_ratio

COUNT = st.integers(0, 500)


def test_rate_ratio_of_the_field_notes() -> None:
    made = rate_ratio(Counts(48, 24), Counts(200, 180))
    assert made.ratio == pytest.approx(0.5556, abs=5e-5)
    assert (made.lower, made.upper) == pytest.approx((0.327, 0.944), abs=5e-4)
    assert made.change is Change.IMPROVED


def test_overdispersion_widens_the_interval() -> None:
    made = rate_ratio(Counts(48, 24), Counts(200, 180), overdispersion=2)
    assert made.upper > 1
    assert made.change is Change.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("treated", "ring", "comparison", "quotient", "net"),
    [
        ((100, 50), (100, 150), (100, 100), -1.0, 0.0),
        ((48, 24), (30, 36), (200, 180), -0.469, 10.2),
    ],
)
def test_displacement_of_the_field_notes(
    treated: tuple[int, int],
    ring: tuple[int, int],
    comparison: tuple[int, int],
    quotient: float,
    net: float,
) -> None:
    made = displacement(Counts(*treated), Counts(*ring), Counts(*comparison))
    assert made.quotient == pytest.approx(quotient, abs=5e-4)
    assert made.net_effect == pytest.approx(net)


def test_gain_in_the_ring_is_positive() -> None:
    made = displacement(Counts(100, 50), Counts(100, 80), Counts(100, 100))
    assert made.quotient is not None
    assert made.quotient > 0


@pytest.mark.parametrize("comparison", [Counts(0, 5), Counts(5, 0), Counts(0, 0)])
def test_nothing_to_compare_with_is_no_quotient(comparison: Counts) -> None:
    assert displacement(Counts(9, 3), Counts(4, 4), comparison).quotient is None


def test_nothing_gained_is_no_displacement() -> None:
    assert displacement(Counts(9, 9), Counts(4, 8), Counts(5, 5)).quotient is None
    assert displacement(Counts(9, 12), Counts(4, 8), Counts(5, 5)).quotient is None


def test_few_episodes_are_too_few_to_say() -> None:
    assert rate_ratio(Counts(9, 0), Counts(900, 900)).change is Change.TOO_FEW
    assert rate_ratio(Counts(900, 100), Counts(4, 4)).change is Change.TOO_FEW


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Counts(-1, 3)
    with pytest.raises(ValueError, match="at least 1"):
        rate_ratio(Counts(1, 1), Counts(1, 1), overdispersion=0.5)


@given(t0=COUNT, t1=COUNT, c0=COUNT, c1=COUNT)
def test_time_turned_around_turns_the_ratio_around(t0: int, t1: int, c0: int, c1: int) -> None:
    made, back = (
        rate_ratio(Counts(t0, t1), Counts(c0, c1)),
        rate_ratio(Counts(t1, t0), Counts(c1, c0)),
    )
    assert made.lower <= made.ratio <= made.upper
    assert back.log_ratio == pytest.approx(-made.log_ratio)
    mirror = {Change.IMPROVED: Change.WORSE, Change.WORSE: Change.IMPROVED}
    assert back.change is mirror.get(made.change, made.change)


@given(t=COUNT, c=COUNT)
def test_nothing_changed_is_no_effect(t: int, c: int) -> None:
    made = rate_ratio(Counts(t, t), Counts(c, c))
    assert made.ratio == pytest.approx(1)
    assert made.change in (Change.NO_CLEAR_CHANGE, Change.TOO_FEW)


def test_without_a_comparison_before_there_is_no_net_effect() -> None:
    assert displacement(Counts(1, 1), Counts(1, 1), Counts(0, 1)).net_effect is None
