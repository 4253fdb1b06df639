"""Between the start of a plan and its verdict: is it within what is ordinary?

The fan shows what portfolios like this one do without a plan. An alarm comes only from a
factor that may be looked at every month. Source: engine notes, section 5, point 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts
from wardroom.analysis.redraws import HALF, drawn_choices, strata_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DRAWS = 999
FAN = (0.1, 0.5, 0.9)
ALARM = 20.0
HOPED, HOPED_SPREAD = 0.6, 0.3
MOST_ALIKE = 1_000.0


@dataclass(frozen=True)
class Watch:
    """The months since the start, shape (months,).

    ``low``, ``middle`` and ``high`` are the fan of portfolios without a plan, 10 to 90 %, in
    episodes a month. ``factor`` is how many times better "there are 40 per cent fewer" explains
    all months so far than "it goes as usual".
    """

    after: Ints
    expected: Floats
    low: Floats
    middle: Floats
    high: Floats
    factor: Floats

    @property
    def alarm_in(self) -> int | None:
        """The first month in which the factor was over 20, counted from 1."""
        over = np.flatnonzero(self.factor > ALARM)
        return int(over[0]) + 1 if len(over) else None


def watch(counts: Counts, treated: Flags, *, seed: int, draws: int = DRAWS) -> Watch:
    """Set the treated places' months beside those of portfolios drawn from all others alike.

    ``counts`` hold the treated places and those to compare with, for the months that have
    passed; needs at least one of each.
    """
    order = np.lexsort((treated, counts.after.sum(axis=1), counts.ordinary.sum(axis=1)))
    counts, treated = counts.part(order), treated[order]
    stratum = strata_of(counts.before, treated)
    rng = np.random.default_rng(seed)
    others = drawn_choices(stratum, treated, draws, rng)
    mine, expected = _by_month(treated[None, :], counts, stratum)
    had, would = _by_month(others, counts, stratum)
    fan = np.quantile((had + HALF) / (would + HALF), FAN, axis=0) * expected[0]
    so_far, usual = np.cumsum(mine[0]), np.cumsum(expected[0])
    drawn = np.cumsum(had, axis=1) / np.maximum(np.cumsum(would, axis=1), HALF)
    factor = [
        bayes_factor(int(y), float(e), alike(drawn[:, b], float(e)))
        for b, (y, e) in enumerate(zip(so_far, usual, strict=True))
    ]
    return Watch(mine[0].astype(np.int64), expected[0], fan[0], fan[1], fan[2], np.array(factor))


def bayes_factor(after: int, expected: float, sameness: float) -> float:
    """How many times better a plan that works explains the episodes so far than none does.

    Poisson counts whose rate is expected times a Gamma: around 1 with shape ``sameness``
    without a plan, around 0.6 and wider with one.
    """
    if expected <= 0:
        return 1.0
    wider = 1 / (1 / sameness + HOPED_SPREAD**2)
    worked = _log_marginal(after, expected, HOPED, wider)
    return exp(min(worked - _log_marginal(after, expected, 1.0, sameness), 700.0))


def alike(ratios: Floats, expected: float) -> float:
    """The shape of the Gamma by which portfolios without a plan differ, beyond chance."""
    beyond = float(ratios.var()) - 1 / max(expected, HALF)
    return min(1 / beyond, MOST_ALIKE) if beyond > 1 / MOST_ALIKE else MOST_ALIKE


def _log_marginal(after: int, expected: float, mean: float, shape: float) -> float:
    rate = shape / mean
    drawn = after * log(expected / (rate + expected)) if after else 0.0
    return lgamma(shape + after) - lgamma(shape) + shape * log(rate / (rate + expected)) + drawn


def _by_month(chosen: Flags, counts: Counts, stratum: Ints) -> tuple[Floats, Floats]:
    """Episodes and those expected by month for each choice of places; shape (d, months)."""
    ordinary, after = counts.ordinary, counts.after.astype(np.float64)
    had, expected = np.zeros((2, len(chosen), after.shape[1]))
    for s in np.unique(stratum):
        here = stratum == s
        mine = chosen[:, here].astype(np.float64)
        y, o = mine @ after[here], mine @ ordinary[here]
        left_y, left_o = after[here].sum(axis=0) - y, ordinary[here].sum(axis=0) - o
        had += y
        expected += o * (left_y + HALF) / (left_o + HALF)
    return had, expected
