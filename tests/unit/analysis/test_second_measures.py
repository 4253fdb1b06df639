"""What stands beside a verdict, by the published examples and by hand."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest

from tests.unit.analysis.trial import first, pool
from wardroom.analysis.second_measures import (
    corrected_for_reporting,
    difference_of_shares,
)


def test_difference_of_shares_is_newcombes() -> None:
    # His example (a): 56 of 70 against 48 of 80; 90 % instead of his 95 %.
    found = difference_of_shares(56, 70, 48, 80)
    assert found.value == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((0.0767, 0.3131), abs=2e-3)


def test_nothing_found_in_a_few_checks_is_not_nothing() -> None:
    found = difference_of_shares(0, 5, 0, 5)
    assert found.value == 0
    assert found.low < -0.2 < 0.2 < found.high


def test_no_checks_say_nothing() -> None:
    found = difference_of_shares(0, 0, 4, 5)
    assert (found.low, found.high) == (-1.0, 1.0)


def test_same_reporting_changes_nothing() -> None:
    counts = pool(1)
    even = replace(counts, repeats=np.full((120, 2), 9), open_days=np.full((120, 2), 90.0))
    found = corrected_for_reporting(even, first(120, 20), effect=0.8, low=0.6, high=1.1)
    assert (found.effect, found.low, found.high) == pytest.approx((0.8, 0.6, 1.1))
    assert found.times.low < 1 < found.times.high


def test_people_who_report_twice_as_readily_hide_half_of_the_effect() -> None:
    repeats = np.full((120, 2), 100)
    repeats[:60, 1] = 200
    counts = replace(pool(1), repeats=repeats, open_days=np.full((120, 2), 1_000.0))
    found = corrected_for_reporting(counts, first(120, 60), effect=1.0, low=0.8, high=1.2)
    assert found.times.value == pytest.approx(2.0, rel=0.01)
    assert found.effect == pytest.approx(0.5, rel=0.01)
    room = 1.6449 * (1 / 6_020 * 3 + 1 / 12_020) ** 0.5
    assert log(found.times.high / found.times.value) == pytest.approx(room, rel=1e-3)


def test_few_repeats_hardly_correct() -> None:
    repeats = np.zeros((120, 2), dtype=np.int64)
    repeats[20:] = 10
    repeats[0, 1] = 2
    counts = replace(pool(1), repeats=repeats, open_days=np.full((120, 2), 100.0))
    found = corrected_for_reporting(counts, first(120, 1), effect=1.0, low=0.8, high=1.2)
    assert abs(log(found.times.value)) < log(1.25)
    assert found.times.low < exp(0) < found.times.high
