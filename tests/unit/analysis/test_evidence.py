"""The evidence of a place's months: golden values, and what must hold of them."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.analysis import evidence
from wardroom.analysis.evidence import (
    ENOUGH,
    MONTHS,
    SPREAD,
    TOLL,
    best_window,
    expected_months,
    log_likelihood_ratio,
    months_in,
)

FLAT = np.arange(MONTHS + 1, dtype=np.float64)[None, :]
HALF = np.array([0.5])


def word_of(*months: int) -> np.uint64:
    return np.uint64(sum(1 << m for m in months))


@given(st.integers(0, (1 << MONTHS) - 1))
def test_months_are_the_bits_that_are_set(word: int) -> None:
    assert months_in(np.uint64(word)) == word.bit_count()


def test_ratio_is_that_of_the_negative_binomial() -> None:
    wanted = 12 * log(12 / 2) - (12 + SPREAD) * log((12 + SPREAD) / (2 + SPREAD))
    assert log_likelihood_ratio(12.0, 2.0) == pytest.approx(wanted)
    assert log_likelihood_ratio(12.0, 2.0) == pytest.approx(5.80785, abs=1e-4)


@given(st.floats(0.01, 36), st.floats(0.01, 36))
def test_no_more_than_expected_is_no_evidence(n: float, e: float) -> None:
    ratio = log_likelihood_ratio(n, e)
    assert ratio == 0.0 if n <= e else ratio >= 0.0


@given(st.integers(2, 36), st.floats(0.001, 36))
def test_what_is_passed_over_would_have_been_worth_nothing(n: int, e: float) -> None:
    if e >= ENOUGH[n]:
        assert log_likelihood_ratio(float(n), e) <= TOLL
    elif e < ENOUGH[n] * (1 - 1e-6):
        assert log_likelihood_ratio(float(n), e) > TOLL


def test_expected_months_saturate() -> None:
    assert expected_months(36.0, HALF, FLAT, 0, 0, 36) == pytest.approx(36 * (1 - exp(-0.5)))
    assert expected_months(1e6, HALF, FLAT, 0, 24, 36) == pytest.approx(12.0)


def test_best_window_is_the_one_with_most_evidence() -> None:
    terms = np.zeros(1)
    hot, late = np.zeros(1, dtype=np.int64), np.array([word_of(*range(24, 36))])
    share = np.array([0.01])
    value, window = best_window(1, hot, late, share, FLAT, 36.0, terms)
    single = {
        w: evidence.stretch(1, hot, late, share, FLAT, 36.0, MONTHS - w, MONTHS, terms)
        for w in evidence.WINDOWS.tolist()
    }
    assert (value, window) == (max(single.values()), 12)


def test_general_activity_leaves_out_the_three_that_stand_out() -> None:
    touched = np.arange(5)
    months = np.array([30, 20, 10, 2, 1])
    share = np.full(5, 0.2)
    problem = np.ones(5, dtype=bool)
    found = evidence.general_activity(5, touched, months, share, problem, 3.0, 0.0)
    assert found == pytest.approx((10 + 2 + 1 + 3) / 0.6)


def test_stopped_trouble_was_stronger_before() -> None:
    hot, terms, share = np.zeros(1, dtype=np.int64), np.zeros(1), np.array([0.01])
    gone, going = np.array([word_of(*range(6, 24))]), np.array([word_of(*range(18, 36))])
    stopped = []
    for word in (gone, going):
        best, window = best_window(1, hot, word, share, FLAT, 36.0, terms)
        stopped.append(
            evidence.how_much_has_stopped(1, hot, word, share, FLAT, 36.0, window, best, terms)
        )
    assert stopped[0] > 3.0
    assert stopped[1] == 0.0
