"""What stands beside a verdict: spot checks, and whether people report more now.

None of them changes the verdict. Source: engine notes, section 5; field notes, section 6.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import Counts

Flags = NDArray[np.bool_]
Z90 = 1.6449
DRAW_IN = 20.0
FAINT = 0.5


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval."""

    value: float
    low: float
    high: float


def difference_of_shares(
    fixed: int, checked: int, fixed_there: int, checked_there: int
) -> Estimate:
    """Fixed of those checked at treated places, less that at comparison places; 90 % interval.

    Where nothing was checked on a side, all that is known is from -1 to 1. Source: Newcombe
    1998, the hybrid of two Wilson intervals.
    """
    if not checked or not checked_there:
        return Estimate(0.0, -1.0, 1.0)
    p, q = fixed / checked, fixed_there / checked_there
    p_low, p_high = _wilson(p, checked)
    q_low, q_high = _wilson(q, checked_there)
    below = sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    above = sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return Estimate(p - q, p - q - below, p - q + above)


@dataclass(frozen=True)
class ReportingChange:
    """How readily people report at treated places now against before, and the same elsewhere.

    ``times`` is the change at treated places over that at the others. ``effect`` and its ends
    are those of the verdict had people reported as readily as before.
    """

    times: Estimate
    effect: float
    low: float
    high: float


def corrected_for_reporting(
    counts: Counts, treated: Flags, *, effect: float, low: float, high: float
) -> ReportingChange:
    """Divide an effect by how much more readily people report now.

    Repeats a day while a first report is open tell how readily people report; few of them draw
    the rate to that of all. An upper bound on the correction: somebody reports in the end.
    Source: Liu and Garg 2023.
    """
    overall = (counts.repeats.sum() + FAINT) / (counts.open_days.sum() + FAINT / 0.01)
    logs, variance = [], 0.0
    for side in (treated, ~treated):
        repeats = counts.repeats[side].sum(axis=0) + DRAW_IN
        days = counts.open_days[side].sum(axis=0) + DRAW_IN / overall
        logs.append(log(repeats[1] / days[1]) - log(repeats[0] / days[0]))
        variance += float((1 / repeats).sum())
    change, room = logs[0] - logs[1], Z90 * sqrt(variance)
    times = Estimate(exp(change), exp(change - room), exp(change + room))
    return ReportingChange(times, effect / times.value, low / times.value, high / times.value)


def _wilson(share: float, n: int) -> tuple[float, float]:
    z2 = Z90 * Z90
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z90 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return middle - half, middle + half
