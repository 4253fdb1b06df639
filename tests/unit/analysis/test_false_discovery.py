"""How many of a list are ordinary: against SciPy, and on p-values whose truth is known."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

from wardroom.analysis.false_discovery import chance_of_being_ordinary, q_values
from wardroom.analysis.ordinary_places import Calibration

PS = st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=60).map(np.array)
KNOTS = tuple(np.linspace(-2.0, 8.0, 401).tolist())


@given(PS)
def test_q_values_are_those_of_benjamini_and_hochberg(p: NDArray[np.float64]) -> None:
    assert np.allclose(q_values(p), false_discovery_control(p, method="bh"))


@given(PS)
def test_chance_rises_with_p(p: NDArray[np.float64]) -> None:
    chance = chance_of_being_ordinary(p)[np.argsort(p, kind="stable")]
    assert (np.diff(chance) >= -1e-12).all()
    assert ((chance >= 0) & (chance <= 1)).all()


def test_nothing_has_no_chance_at_all() -> None:
    assert len(q_values(np.empty(0))) == len(chance_of_being_ordinary(np.empty(0))) == 0


def test_even_p_values_are_ordinary() -> None:
    p = (np.arange(2_000) + 0.5) / 2_000
    assert chance_of_being_ordinary(p)[10:].min() > 0.9
    assert q_values(p).min() >= 0.5


def test_a_few_tiny_ones_among_many_even_ones_stand_out() -> None:
    p = np.concatenate([np.full(50, 1e-6), (np.arange(2_000) + 0.5) / 2_000])
    chance = chance_of_being_ordinary(p)
    assert chance[:50].max() < 0.01
    assert chance[50:].mean() > 0.9


@given(st.lists(st.floats(-5, 60), min_size=2, max_size=30))
def test_chance_of_a_score_falls_with_the_score(scores: list[float]) -> None:
    p = Calibration(2.0, KNOTS, 8.0, 1.5, 900).p_values(np.sort(np.array(scores)))
    assert (np.diff(p) <= 1e-12).all()
    assert ((p > 0) & (p <= 1)).all()


def test_tail_goes_on_where_the_quantiles_end() -> None:
    calibration = Calibration(2.0, KNOTS, 8.0, 1.5, 900)
    edge = calibration.p_values(np.array([8.0, 8.0 + 1e-9, 8.0 + 1.5]))
    assert np.allclose(edge, [0.02, 0.02, 0.02 / np.e])


def test_kept_calibration_is_the_same() -> None:
    calibration = Calibration(2.0, tuple(round(k, 4) for k in KNOTS), 8.0, 1.5, 900)
    assert Calibration.from_json(calibration.as_json()) == calibration
