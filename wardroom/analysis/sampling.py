"""Spot checks: how many, which, and what they say about all that was closed.

Source: field notes, section 6.5; Neyman 1934; Cochran 1977; Korn and Graubard 1998.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.proportions import LEVEL, Share, exact_interval, exact_share

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FEWEST_A_STRATUM = 2

DEFINITION = Definition(
    "Verified fixed",
    1,
    "The share of closed requests that a spot check would find fixed, from checks drawn by lot "
    "in each agency and kind and weighed by how many each had closed.",
    "Stratified estimate with finite population correction",
)


@dataclass(frozen=True)
class Verified:
    """The estimate for all, from ``checked`` of ``of``; ``error`` is its standard error.

    The interval is exact for the number of simple checks that these are worth, and so never has
    width 0 before everything is checked. ``unseen`` stand in strata where nothing was checked:
    the estimate says nothing about them. ``value`` is None where nothing was checked at all.
    """

    value: float | None
    error: float
    lower: float
    upper: float
    checked: int
    of: int
    unseen: int


@dataclass(frozen=True)
class Bounds:
    """What the checks say if all that nobody could determine were not fixed, and if all were.

    ``lower`` and ``upper`` add the exact interval to either end.
    """

    if_none_fixed: Share
    if_all_fixed: Share
    cannot_determine: Share
    lower: float
    upper: float


def verified_share(size: Ints, checked: Ints, fixed: Ints, *, level: float = LEVEL) -> Verified:
    """The share fixed of all, from stratified checks.

    Each of shape (strata,): how many were closed, checked, and found fixed. Raises ValueError
    where more are checked than there are, or fixed than checked.
    """
    if bool(((fixed < 0) | (fixed > checked) | (checked > size)).any()):
        raise ValueError("No more can be fixed than checked, or checked than there are.")
    seen = checked > 0
    total, done = int(size.sum()), int(checked.sum())
    unseen = int(size[~seen].sum())
    if not done:
        return Verified(None, 0.0, 0.0, 1.0, 0, total, unseen)
    big, n, k = size[seen], checked[seen].astype(np.float64), fixed[seen]
    weight, left = big / big.sum(), 1 - n / big
    p = k / n
    value = float((weight * p).sum())
    alone = np.where(n > 1, p * (1 - p) / np.maximum(n - 1, 1.0), 0.25)
    error = float(np.sqrt((weight**2 * left * alone).sum()))
    lower, upper = value, value
    if (left > 0).any():
        guess = (k + 1) / (n + 2)
        middle = float((weight * guess).sum())
        cautious = float((weight**2 * left * np.maximum(guess * (1 - guess) / n, alone)).sum())
        worth = max(middle * (1 - middle) / cautious, 1.0)
        lower, upper = exact_interval(value * worth, worth, level=level)
    return Verified(value, error, lower, upper, done, total, unseen)


def allocation(size: Ints, spread: Floats, total: int, *, fewest: int = FEWEST_A_STRATUM) -> Ints:
    """How many of ``total`` checks go to each stratum, so that the estimate is sharpest.

    ``size`` and ``spread`` have shape (strata,): how many were closed, and the standard deviation
    expected there, sqrt(p (1 - p)). Each stratum gets ``fewest`` if it has them; none gets more
    than it has. Raises ValueError where ``total`` is too small for that. Source: Neyman 1934.
    """
    least = np.minimum(size, fewest)
    if total < int(least.sum()):
        raise ValueError(f"{len(size)} strata need at least {int(least.sum())} checks.")
    given = least.astype(np.int64)
    left = min(total, int(size.sum())) - int(given.sum())
    pull = np.maximum(size * spread, 1e-9 * size)
    for _ in range(left):
        want = np.where(given < size, pull**2 / np.maximum(given * (given + 1.0), 1e-9), -1.0)
        given[int(np.argmax(want))] += 1
    return given


def draw(stratum: Ints, number: Ints, rng: np.random.Generator) -> Ints:
    """Draw by lot so many of each stratum, without putting back; which of the n, rising.

    ``stratum`` has shape (n,), from 0, in an order that is always the same, such as by number;
    ``number`` has shape (strata,). Raises ValueError where a stratum has not that many.
    """
    lot = rng.random(len(stratum))
    drawn = []
    for s, wanted in enumerate(number.tolist()):
        which = np.flatnonzero(stratum == s)
        if wanted > len(which):
            raise ValueError(f"Stratum {s} has only {len(which)}.")
        drawn.append(which[np.argsort(lot[which], kind="stable")[:wanted]])
    return np.sort(np.concatenate(drawn)) if drawn else np.empty(0, dtype=np.int64)


def clean_checks_needed(
    quality: float, *, confidence: float = LEVEL, size: int | None = None
) -> int:
    """How many checks, all of them clean, show that at least this share is fixed.

    59 show 95 % at 95 % confidence. With ``size`` closed in all, fewer do. The hypothesis to be
    ruled out is the largest number fixed that is still under the share.
    """
    if not 0 < quality < 1 or not 0 < confidence < 1:
        raise ValueError("Quality and confidence are shares between 0 and 1.")
    if size is None:
        return int(np.ceil(np.log1p(-confidence) / np.log(quality) - 1e-12))
    bad = max(size - int(np.ceil(quality * size - 1e-9)) + 1, 0)
    for n in range(size + 1):
        if stats.hypergeom.pmf(0, size, bad, n) <= 1 - confidence:
            return n
    return size


def checks_for_margin(margin: float, *, size: int | None = None, level: float = LEVEL) -> int:
    """How many checks tell a share to within this margin at worst: 385 for 5 points."""
    if not 0 < margin < 1:
        raise ValueError("A margin is a share between 0 and 1.")
    n = float(stats.norm.ppf(0.5 + level / 2)) ** 2 * 0.25 / margin**2
    return int(np.ceil(n if size is None else n / (1 + n / max(size, 1))))


def bounds(fixed: int, not_fixed: int, cannot_determine: int, *, level: float = LEVEL) -> Bounds:
    """What holds whatever is true of the places where nobody could tell."""
    n = fixed + not_fixed + cannot_determine
    worst = exact_share(fixed, n, level=level)
    best = exact_share(fixed + cannot_determine, n, level=level)
    unclear = exact_share(cannot_determine, n, level=level)
    return Bounds(worst, best, unclear, worst.lower, best.upper)


def verified_on_time(on_time: Share, verified: Verified) -> float | None:
    """The share on time and really fixed, where the checks were drawn from what was on time."""
    if on_time.value is None or verified.value is None:
        return None
    return on_time.value * verified.value
