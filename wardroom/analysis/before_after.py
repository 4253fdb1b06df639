"""Before and after beside comparison places: the figures that others use, as a cross-check.

They are not the verdict. Places are picked at their worst, so they get better by themselves:
naive before and after finds success at 43 % of places where nothing was done.
Source: field notes, section 6.7; engine notes, section 5; Bowers and Johnson 2003.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.proportions import LEVEL

FEWEST = 10
WITHOUT_ZEROS = 0.5

DEFINITION = Definition(
    "Before and after, beside comparison places",
    1,
    "How the count changed at the places of the plan, over how it changed at comparison places in "
    "the same months. A cross-check: the verdict is reached in another way.",
    "Weighted displacement after Bowers and Johnson 2003",
)


class Change(StrEnum):
    """What the cross-check says, in the words of a page."""

    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no clear change"
    WORSE = "worse"
    TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Counts:
    """Episodes before and after, in the same months of both years."""

    before: float
    after: float

    def __post_init__(self) -> None:
        if self.before < 0 or self.after < 0:
            raise ValueError("A count is at least 0.")


@dataclass(frozen=True)
class RateRatio:
    """The change at the plan's places over that at the comparison places; 1 is no effect."""

    ratio: float
    lower: float
    upper: float
    log_ratio: float
    error: float
    number: float
    change: Change


@dataclass(frozen=True)
class Displacement:
    """The weighted displacement quotient of the ring around, and the net effect of both.

    The quotient is over 0 where the ring gained too, between 0 and -1 where less trouble moved
    than was gained, and under -1 where the gain is gone. It is None where a comparison count is
    0, or where nothing was gained that could have moved. ``net_effect`` counts the episodes
    fewer than expected, in both together; None where the comparison had none before.
    """

    quotient: float | None
    net_effect: float | None


def rate_ratio(
    treated: Counts, comparison: Counts, *, overdispersion: float = 1.0, level: float = LEVEL
) -> RateRatio:
    """The ratio of the two changes, with its interval.

    ``overdispersion`` widens it where counts vary more than by chance. Half an episode is added
    to each count where one of them is 0. Too few to say: fewer than 10 in all at either.
    Raises ValueError for an overdispersion below 1.
    """
    if overdispersion < 1:
        raise ValueError("Overdispersion is at least 1.")
    cells = np.array([treated.before, treated.after, comparison.before, comparison.after])
    used = cells + WITHOUT_ZEROS if bool((cells == 0).any()) else cells
    t0, t1, c0, c1 = np.log(used)
    log_ratio = float((t1 - t0) - (c1 - c0))
    error = float(np.sqrt((1 / used).sum() * overdispersion))
    half = float(stats.norm.ppf(0.5 + level / 2)) * error
    lower, upper = float(np.exp(log_ratio - half)), float(np.exp(log_ratio + half))
    change = Change.NO_CLEAR_CHANGE
    if min(treated.before + treated.after, comparison.before + comparison.after) < FEWEST:
        change = Change.TOO_FEW
    elif upper < 1:
        change = Change.IMPROVED
    elif lower > 1:
        change = Change.WORSE
    number = treated.before + treated.after
    return RateRatio(float(np.exp(log_ratio)), lower, upper, log_ratio, error, number, change)


def displacement(treated: Counts, ring: Counts, comparison: Counts) -> Displacement:
    """Whether trouble moved into the ring around the places, and what is left of the gain."""
    c0, c1 = comparison.before, comparison.after
    net = None
    if c0:
        trend = c1 / c0
        net = treated.before * trend - treated.after + ring.before * trend - ring.after
    quotient = None
    if c0 and c1:
        success = treated.after / c1 - treated.before / c0
        if success < 0:
            quotient = (ring.after / c1 - ring.before / c0) / success
    return Displacement(quotient, net)
