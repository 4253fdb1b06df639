"""From reports to places that are followed: what was known then, and what came since."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from wardroom.analysis.folding import Reports, in_order
from wardroom.analysis.following import episodes_until, pretend_start
from wardroom.analysis.observed_city import Kinds

DAY = 86_400
MONTH = 30 * DAY
T0 = 600 * MONTH
BAD = (1_000.0, 1_000.0)
KINDS = Kinds(np.array([True, False]), np.array([0, 1]), np.array([40.0, 40.0]))


def month_of(instants: NDArray[np.int64]) -> NDArray[np.int64]:
    return instants // MONTH


def city(*, months: int = 36, seed: int = 1) -> Reports:
    """Ordinary reports all over, and one corner with two episodes of kind 0 every month."""
    rng = np.random.default_rng(seed)
    n = 6_000
    x, y = rng.uniform(0, 2_000, n), rng.uniform(0, 2_000, n)
    kind = (rng.random(n) < 0.9).astype(np.int16)
    opened = T0 + rng.integers(0, months * MONTH, n)
    often = np.repeat(np.arange(months), 2) * MONTH + np.tile([2 * DAY, 17 * DAY], months)
    many = len(often)
    reports = Reports(
        np.append(x, np.full(many, BAD[0])),
        np.append(y, np.full(many, BAD[1])),
        np.append(kind, np.zeros(many, dtype=np.int16)),
        np.append(opened, T0 + often),
        np.append(opened + DAY, T0 + often + DAY),
    )
    return in_order(reports)[0]


def test_bad_corner_is_followed_from_what_was_known_then() -> None:
    reports = city()
    trial = pretend_start(
        reports, KINDS, ranked_at=T0 + 24 * MONTH - 1, as_of=T0 + 36 * MONTH - 1, month_of=month_of
    )
    assert len(trial.places) >= 1
    assert np.hypot(trial.places.x[0] - BAD[0], trial.places.y[0] - BAD[1]) < 30
    assert trial.places.kinds[0].tolist() == [True, False]
    assert 24 <= trial.counts.before[0] <= 27
    assert (trial.counts.after[0] >= 2).all()
    early = reports.part(reports.opened < T0 + 24 * MONTH)
    later = Reports(
        np.append(early.x, np.full(50, 300.0)), np.append(early.y, np.full(50, 300.0)),
        np.append(early.kind, np.zeros(50, dtype=np.int16)),
        np.append(early.opened, T0 + 30 * MONTH + np.arange(50)),
        np.append(early.closed, T0 + 30 * MONTH + np.arange(50) + 1),
    )  # fmt: skip
    other = pretend_start(
        later, KINDS, ranked_at=T0 + 24 * MONTH - 1, as_of=T0 + 36 * MONTH - 1, month_of=month_of
    )
    assert other.places.x.tolist() == trial.places.x.tolist()


def test_months_that_have_not_passed_are_refused() -> None:
    with pytest.raises(ValueError, match="Only 11 of 12 months"):
        pretend_start(
            city(), KINDS, ranked_at=T0 + 24 * MONTH - 1, as_of=T0 + 35 * MONTH - 1,
            month_of=month_of,
        )  # fmt: skip


def test_episodes_end_where_the_data_end() -> None:
    reports = city()
    end = T0 + 12 * MONTH
    made = episodes_until(reports, KINDS, as_of=end, month_of=month_of)
    assert made.month.max() <= 600 + 12
    assert made.open_days.max() <= 100
    assert (made.open_days >= 0).all()
