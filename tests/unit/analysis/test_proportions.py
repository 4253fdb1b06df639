"""A share never comes without what its number of cases allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wardroom.analysis.proportions import exact_share, wilson_bounds, wilson_share


def test_none_of_twenty_is_not_none() -> None:
    """The figure of the field notes: at most 16.8 %."""
    assert exact_share(0, 20).upper == pytest.approx(0.168, abs=5e-4)
    assert exact_share(0, 20).lower == 0


def test_four_of_thirteen_as_in_park_view() -> None:
    """9 of 13 tickets were not done: 69 %, and 39 to 91 %."""
    found = exact_share(9, 13)
    assert (found.lower, found.upper) == pytest.approx((0.39, 0.91), abs=5e-3)


def test_share_of_nothing_is_not_told() -> None:
    for made in (wilson_share(0, 0), exact_share(0, 0)):
        assert (made.value, made.lower, made.upper) == (None, 0.0, 1.0)


@pytest.mark.parametrize(("yes", "of"), [(3, 2), (-1, 4), (0, -1)])
def test_more_than_there_are_is_refused(yes: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson_share(yes, of)
    with pytest.raises(ValueError, match="no share"):
        exact_share(yes, of)


@given(of=st.integers(1, 400), data=st.data(), level=st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_agrees_with_scipy(of: int, data: st.DataObject, level: float) -> None:
    yes = data.draw(st.integers(0, of))
    peer = stats.binomtest(yes, of)
    wilson, exact = peer.proportion_ci(level, "wilson"), peer.proportion_ci(level, "exact")
    for made, theirs in ((wilson_share, wilson), (exact_share, exact)):
        ours = made(yes, of, level=level)
        assert (ours.lower, ours.upper) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_bounds_in_columns_are_those_of_each_share() -> None:
    of = np.array([0, 1, 7, 7, 7, 500])
    yes = np.array([0, 1, 0, 3, 7, 123])
    lower, upper = wilson_bounds(yes, of)
    for i in range(len(of)):
        one = wilson_share(int(yes[i]), int(of[i]))
        assert (lower[i], upper[i]) == pytest.approx((one.lower, one.upper))
