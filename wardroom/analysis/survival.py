"""How long something takes, where some of it is not finished yet.

The median of what is closed looks at the quick ones only; here an open request counts for as
long as it has been waiting. Sources: Kaplan and Meier 1958; Greenwood 1926; Brookmeyer and
Crowley 1982; field notes, section 6.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition
from wardroom.analysis.proportions import LEVEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

DEFINITION = Definition(
    "Time to close",
    1,
    "The time by which half of the requests were closed, counting those still open for as long "
    "as they have been waiting.",
    "Kaplan and Meier 1958, variance by Greenwood 1926",
)


@dataclass(frozen=True)
class Estimate:
    """A figure and the interval it may lie in."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Quantile:
    """The time by which a share was closed; None where that was not reached, or cannot be told."""

    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Curve:
    """The share still open after each time at which something was closed; shape (times,).

    ``time`` is in the unit of the durations and rises; ``variance`` is Greenwood's;
    ``longest`` is how long the one watched longest was watched: beyond it nothing is known. The
    curve ends earlier where all who were watched were closed before others came to be watched.
    """

    time: Floats
    still_open: Floats
    variance: Floats
    at_risk: Ints
    closed: Ints
    number: int
    longest: float

    def closed_by(self, time: float, *, level: float = LEVEL) -> Estimate | None:
        """The share closed by a time; None where nothing was watched for that long.

        The interval is the log-log one, which stays between 0 and 1.
        """
        return self.closed_by_each([time], level=level)[0]

    def closed_by_each(
        self, times: Sequence[float], *, level: float = LEVEL
    ) -> list[Estimate | None]:
        """The share closed by each of some times, as `closed_by` has it."""
        lower, upper = self._bounds(level)
        told: list[Estimate | None] = []
        for time in times:
            at = int(np.searchsorted(self.time, time, side="right")) - 1
            if not self._tells(time):
                told.append(None)
            elif at < 0:
                told.append(Estimate(0.0, 0.0, 0.0))
            else:
                share, low, high = (1 - float(c[at]) for c in (self.still_open, upper, lower))
                told.append(Estimate(share, low, high))
        return told

    def quantile(self, share: float, *, level: float = LEVEL) -> Quantile:
        """The time by which a share was closed: 0.5 gives the median, 0.9 the slowest tenth."""
        if not 0 < share < 1:
            raise ValueError(f"{share} is no share between 0 and 1.")
        lower, upper = self._bounds(level)
        target = 1 - share
        return Quantile(
            self._first(self.still_open, target),
            self._first(lower, target),
            self._first(upper, target),
        )

    def mean_within(self, limit: float, *, level: float = LEVEL) -> Estimate | None:
        """The mean time, where whatever takes longer counts as the limit.

        None where nothing was watched for as long as the limit. Source: Irwin 1949.
        """
        if limit <= 0 or not self._tells(limit):
            return None
        inside = self.time < limit
        corner = np.concatenate([[0.0], self.time[inside], [limit]])
        height = np.concatenate([[1.0], self.still_open[inside]])
        area = height * np.diff(corner)
        left = np.cumsum(area[::-1])[::-1][1:]
        n, d = self.at_risk[inside], self.closed[inside]
        step = np.where(n > d, d / np.maximum(n * (n - d).astype(np.float64), 1.0), 0.0)
        half = float(stats.norm.ppf(0.5 + level / 2) * np.sqrt((left**2 * step).sum()))
        mean = float(area.sum())
        return Estimate(mean, max(mean - half, 0.0), min(mean + half, limit))

    def _tells(self, time: float) -> bool:
        ended = bool(len(self.time)) and float(self.still_open[-1]) <= 0.0
        return self.number > 0 and (time <= self.longest or ended)

    def _bounds(self, level: float) -> tuple[Floats, Floats]:
        z = float(stats.norm.ppf(0.5 + level / 2))
        s = self.still_open
        inside = (s > 0) & (s < 1)
        safe = np.where(inside, s, 0.5)
        width = z * np.sqrt(np.where(inside, self.variance, 0.0)) / (safe * -np.log(safe))
        lower = np.where(inside, safe ** np.exp(width), s)
        upper = np.where(inside, safe ** np.exp(-width), s)
        return lower, upper

    def _first(self, curve: Floats, target: float) -> float | None:
        reached = np.flatnonzero(curve <= target + 1e-12)
        return float(self.time[reached[0]]) if len(reached) else None


def curve(duration: Floats, closed: Flags, *, entry: Floats | None = None) -> Curve:
    """The share still open over time, of n things.

    All have shape (n,): how long each was watched, in any one unit and not below 0; whether it
    was closed then (otherwise it was open still); and, where they were not watched from their
    beginning, the age at which watching began: somebody is at risk at t if entry < t <= duration.
    Raises ValueError for a duration that is below 0, not a number, or not over its entry.
    Sorts each column once; about 15 million a second.
    """
    time = np.asarray(duration, dtype=np.float64)
    if len(time) and not float(time.min()) >= 0.0:
        raise ValueError("A duration is at least 0.")
    done = np.asarray(closed, dtype=np.bool_)
    born = np.empty(0)
    if entry is not None:
        age = watched_from(entry)
        if not bool((age < time).all()):
            raise ValueError("Nothing can end before it began to be watched.")
        born = np.sort(age)
    at, left, *others = _product_limit(np.sort(time[done]), np.sort(time[~done]), born)
    longest, end = float(time.max()) if len(time) else 0.0, len(at)
    over = np.flatnonzero(left <= 0.0)
    if len(over) and at[over[0]] < longest:
        end = int(over[0])
        longest = float(np.nextafter(at[end], -1.0))
    variance, at_risk, deaths = (column[:end] for column in others)
    return Curve(at[:end], left[:end], variance, at_risk, deaths, len(time), longest)


def watched_from(entry: Floats) -> Floats:
    """Entries for counting who is at risk: at 0 or below, from the very beginning."""
    age = np.asarray(entry, dtype=np.float64)
    return np.where(age > 0, age, -1.0)


def curves(group: Ints, groups: int, duration: Floats, closed: Flags) -> list[Curve]:
    """One curve for each group of requests, as of a kind or an agency.

    ``group`` has shape (n,) and runs from 0 to groups - 1; a group without any gets an empty one.
    """
    order = np.argsort(group, kind="stable")
    bound = np.searchsorted(group[order], np.arange(groups + 1))
    time, done = duration[order], closed[order]
    return [curve(time[lo:hi], done[lo:hi]) for lo, hi in pairwise(bound)]


@njit(cache=True, nogil=True)
def _product_limit(event, censored, born):  # type: ignore[no-untyped-def]
    """The columns of a curve from sorted times: of events, of what was cut short, of entries."""
    m, total = len(event), len(event) + len(censored)
    time, left, variance = np.empty(m), np.empty(m), np.empty(m)
    at_risk, deaths = np.empty(m, dtype=np.int64), np.empty(m, dtype=np.int64)
    i, out, began, size = 0, 0, 0, 0
    survival, greenwood = 1.0, 0.0
    while i < m:
        t, first = event[i], i
        while i < m and event[i] == t:
            i += 1
        while out < len(censored) and censored[out] < t:
            out += 1
        n = total - first - out
        if len(born):
            while began < total and born[began] < t:
                began += 1
            n = began - first - out
        d = i - first
        survival *= 1.0 - d / n
        greenwood += d / (float(n) * (n - d)) if n > d else 0.0
        time[size], left[size], variance[size] = t, survival, survival * survival * greenwood
        at_risk[size], deaths[size] = n, d
        size += 1
    return time[:size], left[:size], variance[:size], at_risk[:size], deaths[:size]
