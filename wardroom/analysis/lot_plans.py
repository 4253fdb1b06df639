"""Passing or failing an agency's lot of closures by a few checks, with both errors bounded.

Source: field notes, section 6.5; Dodge and Romig 1929; the idea of switching, with our own
numbers, after Z1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy import stats

MOST_CHECKS = 2_000
FAILS, OF_LAST, PASSES_IN_A_ROW = 2, 5, 10
MOST_FACTOR, LEAST_FACTOR = 2.0, 0.5


@dataclass(frozen=True)
class LotPlan:
    """Check so many; the lot passes with at most ``most_not_fixed`` not fixed.

    ``passes_good`` and ``passes_bad`` are the chances to pass of a lot at the acceptable and the
    rejectable share of false closures.
    """

    checks: int
    most_not_fixed: int
    passes_good: float
    passes_bad: float

    def passes(self, not_fixed: int) -> bool:
        """Whether a lot with so many found not fixed passes."""
        return not_fixed <= self.most_not_fixed


class Switching(StrEnum):
    """Why the sample is as large as it is."""

    SAME = "the same as planned"
    DOUBLED = "doubled: 2 of the last 5 lots failed"
    HALVED = "halved: 10 lots passed in a row"


@dataclass(frozen=True)
class NextSample:
    """How many checks the next lot gets, the factor on the plan, and the last reason for it."""

    checks: int
    factor: float
    reason: Switching


def lot_plan(
    acceptable: float,
    rejectable: float,
    *,
    risk: float = 0.10,
    size: int | None = None,
) -> LotPlan:
    """The fewest checks that tell a good lot from a bad one.

    A lot with the ``acceptable`` share of false closures fails, and one with the ``rejectable``
    share passes, each with a chance of at most ``risk``. With ``size`` closures in the lot the
    chances are exact for drawing from it. Raises ValueError where no plan can do that.
    """
    if not 0 <= acceptable < rejectable <= 1 or not 0 < risk < 0.5:
        raise ValueError(
            "The acceptable share lies below the rejectable one, and the risk below half."
        )
    good, bad = _chance(acceptable, size), _chance(rejectable, size)
    most = 0
    for n in range(1, (MOST_CHECKS if size is None else size) + 1):
        while most < n and good(most, n) < 1 - risk:
            most += 1
        passes_good, passes_bad = good(most, n), bad(most, n)
        if passes_good >= 1 - risk and passes_bad <= risk:
            return LotPlan(n, most, passes_good, passes_bad)
    raise ValueError("No number of checks tells these two apart with so little risk.")


def plan_with(
    checks: int,
    acceptable: float,
    rejectable: float,
    *,
    risk: float = 0.10,
    size: int | None = None,
) -> LotPlan:
    """The plan for a number of checks that is settled: a good lot fails with at most ``risk``.

    With fewer checks than `lot_plan` asks for, a bad lot passes more often; its chance says how
    often. Raises ValueError for more checks than there are.
    """
    if not 0 <= acceptable < rejectable <= 1 or not 0 < risk < 0.5:
        raise ValueError(
            "The acceptable share lies below the rejectable one, and the risk below half."
        )
    if not 1 <= checks <= (MOST_CHECKS if size is None else size):
        raise ValueError("A plan takes at least one check, and no more than there are.")
    good, bad = _chance(acceptable, size), _chance(rejectable, size)
    most = next(m for m in range(checks + 1) if good(m, checks) >= 1 - risk)
    return LotPlan(checks, most, good(most, checks), bad(most, checks))


def next_sample(planned: int, passed: Sequence[bool]) -> NextSample:
    """The size of the next sample, from the lots so far, the first one first.

    2 failed of the last 5 lots double it, 10 passed in a row halve it; the count begins anew
    after each change, and it stays between half and twice the plan.
    """
    factor, reason, since = 1.0, Switching.SAME, 0
    for i in range(1, len(passed) + 1):
        lots = passed[since:i]
        if lots[-OF_LAST:].count(False) >= FAILS:
            if factor < MOST_FACTOR:
                factor, reason = factor * 2, Switching.DOUBLED
            since = i
        elif len(lots) >= PASSES_IN_A_ROW and all(lots[-PASSES_IN_A_ROW:]):
            if factor > LEAST_FACTOR:
                factor, reason = factor / 2, Switching.HALVED
            since = i
    return NextSample(max(1, round(planned * factor)), factor, reason)


def _chance(share: float, size: int | None) -> Callable[[int, int], float]:
    """The chance to find at most so many among n checks of a lot with this share."""
    if size is None:
        return lambda most, n: float(stats.binom.cdf(most, n, share))
    bad = round(share * size)
    return lambda most, n: float(stats.hypergeom.cdf(most, size, bad, n))
