"""Whether groups take equally long, comparing like with like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.survival import watched_from

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DEFINITION = Definition(
    "Same time to close",
    1,
    "Whether two groups differ in how long they take, comparing only requests of the same kind.",
    "Log-rank test, stratified; Mantel 1966",
)


@dataclass(frozen=True)
class LogRank:
    """What was closed in each group, and what would have been if all were alike; shape (groups,).

    ``p_value`` is None where no two groups were ever open at once, so that nothing compares them.
    """

    observed: Floats
    expected: Floats
    statistic: float
    freedom: int
    p_value: float | None


def log_rank(
    duration: Floats,
    closed: Flags,
    group: Ints,
    *,
    stratum: Ints | None = None,
    entry: Floats | None = None,
) -> LogRank:
    """Compare the times to close of groups, within strata such as the kinds of request.

    All have shape (n,); ``group`` runs from 0. Entry as in `survival.curve`.
    """
    groups = int(group.max()) + 1 if len(group) else 0
    observed, expected = np.zeros(groups), np.zeros(groups)
    spread = np.zeros((groups, groups))
    strata = np.zeros(len(group), dtype=np.int64) if stratum is None else stratum
    for one in np.unique(strata):
        inside = strata == one
        born = None if entry is None else entry[inside]
        parts = _one_stratum(duration[inside], closed[inside], group[inside], born, groups)
        observed += parts[0]
        expected += parts[1]
        spread += parts[2]
    statistic, freedom = _quadratic_form(observed - expected, spread)
    p = float(stats.chi2.sf(statistic, freedom)) if freedom else None
    return LogRank(observed, expected, statistic, freedom, p)


def _one_stratum(
    duration: Floats, closed: Flags, group: Ints, entry: Floats | None, groups: int
) -> tuple[Floats, Floats, Floats]:
    """Observed and expected closures, and the covariance of their difference."""
    time, which = np.unique(duration[closed], return_inverse=True)
    deaths = np.zeros((groups, len(time)))
    np.add.at(deaths, (group[closed], which), 1.0)
    at_risk = np.zeros((groups, len(time)))
    for g in range(groups):
        own = np.sort(duration[group == g])
        at_risk[g] = len(own) - np.searchsorted(own, time, side="left")
        if entry is not None:
            born = np.sort(watched_from(entry[group == g]))
            at_risk[g] -= len(born) - np.searchsorted(born, time, side="left")
    n, d = at_risk.sum(axis=0), deaths.sum(axis=0)
    share = at_risk / np.maximum(n, 1.0)
    weight = np.where(n > 1, d * (n - d) / np.maximum(n - 1, 1.0), 0.0)
    spread = np.diag((weight * share).sum(axis=1)) - (weight * share) @ share.T
    return deaths.sum(axis=1), (share * d).sum(axis=1), spread


def _quadratic_form(gap: Floats, spread: Floats) -> tuple[float, int]:
    """The chi-square statistic and its degrees of freedom."""
    if not len(gap) or not spread.any():
        return 0.0, 0
    freedom = int(np.linalg.matrix_rank(spread, hermitian=True))
    inverse = np.linalg.pinv(spread, hermitian=True)
    return max(float(gap @ inverse @ gap), 0.0), freedom
