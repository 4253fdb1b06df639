"""Places and counts for tests of the judge: made from a seed, no city needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts, FollowedPlaces

Flags = NDArray[np.bool_]
MONTHS = 12


def counts_of(
    before: list[int], after: list[int], *, ordinary: list[float] | None = None
) -> Counts:
    """Counts with everything after in the first of 12 months."""
    n = len(before)
    months, usual = np.zeros((n, MONTHS), dtype=np.int64), np.zeros((n, MONTHS))
    months[:, 0] = after
    usual[:] = np.array(ordinary or before, dtype=float)[:, None] / MONTHS
    return Counts(np.array(before), months, usual, np.zeros((n, 2), np.int64), np.ones((n, 2)))


def pool(seed: int, n: int = 120, *, kept: float = 0.6) -> Counts:
    """Places whose episodes fall to a part of what they were, each in its own way."""
    rng = np.random.default_rng(seed)
    own = rng.gamma(1.5, 8.0, n) + 3.0
    before = rng.poisson(own) + 1
    each = own * kept * rng.gamma(4.0, 0.25, n)
    after = rng.poisson(each[:, None] / MONTHS, (n, MONTHS))
    usual = np.repeat(before[:, None] / MONTHS, MONTHS, axis=1)
    repeats = rng.poisson(np.column_stack([before, after.sum(axis=1)]) * 0.2)
    days = np.column_stack([before, after.sum(axis=1)]) * 8.0 + 1.0
    return Counts(before.astype(np.int64), after.astype(np.int64), usual, repeats, days)


def first(n: int, size: int) -> Flags:
    """The first so many places are treated."""
    return np.arange(n) < size


def spread_out(n: int) -> FollowedPlaces:
    """Places a kilometre apart, each with the one kind there is."""
    at = np.arange(n, dtype=float) * 1_000.0
    return FollowedPlaces(at, np.zeros(n), np.full(n, 35.0), np.ones((n, 1), dtype=bool))
