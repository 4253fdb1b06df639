"""How readily people report, told from repeats, so that no truth about the streets is needed.

After the first report of an incident, others report it too for as long as it lasts; where they
do so seldom, first reports are missing as well. Never purge repeats.
Source: Liu and Garg 2023; field notes, section 6.10; engine notes, section 3c.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.proportions import LEVEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_DAYS = 100.0
SHRINK = 20.0
ROUNDS = 200
FEWEST_EXPECTED = 5.0

DEFINITION = Definition(
    "Reporting rate",
    1,
    "How readily people of a district report the same kind of trouble, as against the city: 1 is "
    "as readily. It is told from how often an open trouble is reported again.",
    "Liu and Garg 2023, drawn towards the city as a gamma posterior with 20 repeats",
)


@dataclass(frozen=True)
class Rate:
    """Repeats a day of one open incident, its interval, and the mean days until somebody reports.

    ``delay_days`` is None where nobody ever reported again.
    """

    a_day: float
    lower: float
    upper: float
    delay_days: float | None


@dataclass(frozen=True)
class DistrictRates:
    """How readily each district reports, as against the city (1), shape (districts,).

    ``expected`` are the repeats that there would be at the city's rates; ``days`` the days that
    incidents were open for others to report them. ``a_day_of_kind`` has shape (kinds,).
    """

    relative: Floats
    lower: Floats
    upper: Floats
    repeats: Floats
    expected: Floats
    days: Floats
    a_day_of_kind: Floats


@dataclass(frozen=True)
class CorrectedRanks:
    """What a list would be if all districts reported alike, shape (places,).

    Ranks begin at 1. ``lower`` and ``upper`` bound the ``corrected`` excess by the interval of
    the district's rate.
    """

    corrected: Floats
    lower: Floats
    upper: Floats
    rank: Ints
    corrected_rank: Ints

    def joining(self, most: int) -> Ints:
        """The places that the correction would bring among the first so many."""
        return np.flatnonzero((self.rank > most) & (self.corrected_rank <= most))

    def leaving(self, most: int) -> Ints:
        """The places that the correction would move out of the first so many."""
        return np.flatnonzero((self.rank <= most) & (self.corrected_rank > most))


class WhyWalk(StrEnum):
    """Why to walk there, in the words of a page."""

    SELDOM = "people here report less readily than in the city as a whole"
    SILENT = "too few reports come from here to tell how readily people report"


@dataclass(frozen=True)
class Walk:
    """A district to walk in, and how many episodes likely went unreported; None if unknown."""

    district: int
    why: WhyWalk
    unreported: float | None


def reporting_rate(repeats: Ints, days: Floats, *, level: float = LEVEL) -> Rate:
    """The rate at which open incidents are reported again, without any shrinking.

    Both have shape (incidents,): reports after the first one, and the days open after it, of
    which 100 at most count. The end of those days must not depend on later reports. The interval
    is symmetric in the logarithm, and exact where nobody reported again.
    """
    total, time = int(repeats.sum()), float(np.minimum(days, MOST_DAYS).sum())
    if time <= 0:
        return Rate(0.0, 0.0, float("inf"), None)
    if not total:
        return Rate(0.0, 0.0, float(stats.chi2.ppf(0.5 + level / 2, 2)) / 2 / time, None)
    rate = total / time
    width = float(np.exp(stats.norm.ppf(0.5 + level / 2) / np.sqrt(total)))
    return Rate(rate, rate / width, rate * width, 1 / rate)


def district_rates(
    district: Ints,
    kind: Ints,
    repeats: Ints | Floats,
    days: Floats,
    *,
    districts: int,
    level: float = LEVEL,
) -> DistrictRates:
    """How readily each district reports, like kinds compared with like.

    All have shape (incidents,); districts and kinds are numbers from 0. Repeats are Poisson with
    mean rate(district) x rate(kind) x days; a district's rate is drawn towards 1 by what 20
    repeats weigh. The city's rate is 1 on average over the repeats expected.
    """
    kinds = int(kind.max()) + 1 if len(kind) else 0
    time = np.minimum(days, MOST_DAYS)
    seen = np.bincount(district, weights=repeats, minlength=districts).astype(np.float64)
    open_days = np.bincount(district * kinds + kind, weights=time, minlength=districts * kinds)
    table = open_days.reshape(districts, kinds)
    of_kind = np.bincount(kind, weights=repeats, minlength=kinds)
    relative, a_day = np.ones(districts), np.zeros(kinds)
    expected = np.zeros(districts)
    for _ in range(ROUNDS):
        a_day = of_kind / np.maximum(relative @ table, 1e-12)
        expected = table @ a_day
        found = (seen + SHRINK) / (expected + SHRINK)
        if float(np.abs(found - relative).max(initial=0.0)) < 1e-10:
            break
        relative = found
    shape, tail = seen + SHRINK, (1 - level) / 2
    lower, upper = (stats.gamma.ppf(q, shape) / (expected + SHRINK) for q in (tail, 1 - tail))
    days_open = table.sum(axis=1)
    return DistrictRates(relative, lower, upper, seen, expected, days_open, a_day)


def corrected_ranks(excess: Floats, district: Ints, rates: DistrictRates) -> CorrectedRanks:
    """What dividing each place's excess by its district's rate would change in the ranking.

    ``excess`` and ``district`` have shape (places,); equal excesses rank as they stand.
    """
    corrected = excess / rates.relative[district]
    return CorrectedRanks(
        corrected=corrected,
        lower=excess / rates.upper[district],
        upper=excess / rates.lower[district],
        rank=_ranks(excess),
        corrected_rank=_ranks(corrected),
    )


def walks_where_few_report(rates: DistrictRates, episodes: Floats) -> tuple[Walk, ...]:
    """Where to walk because requests do not tell: the most unreported first, then the silent.

    ``episodes`` has shape (districts,). A district is named where its rate is under the city's
    beyond doubt, or where so few repeats were to be expected that nothing can be told.
    """
    silent = rates.expected < FEWEST_EXPECTED
    seldom = ~silent & (rates.upper < 1)
    missing = episodes * (1 / rates.relative - 1)
    order = np.lexsort((np.arange(len(missing)), -missing))
    named = [Walk(int(d), WhyWalk.SELDOM, float(missing[d])) for d in order if seldom[d]]
    quiet = [Walk(int(d), WhyWalk.SILENT, None) for d in np.flatnonzero(silent)]
    return (*named, *quiet)


def _ranks(value: Floats) -> Ints:
    rank = np.empty(len(value), dtype=np.int64)
    rank[np.argsort(-value, kind="stable")] = np.arange(1, len(value) + 1)
    return rank
