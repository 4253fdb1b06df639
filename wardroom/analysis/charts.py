"""Charts that tell a change from the ups and downs that are always there.

Four rules and no more: each further rule adds false alarms. A signal opens a conversation.
Source: field notes, section 6.8; Wheeler 1993; Laney 2002; Benneyan 2001.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wardroom.analysis.definitions import Definition

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
ONE_SIDE = 8
IN_A_ROW = 7
ROUNDING = 1e-9
MOVING_RANGE_OF_TWO = 1.128
FAR_TAIL, NEAR_TAIL = float(stats.norm.sf(3)), float(stats.norm.sf(2))

DEFINITION = Definition(
    "Signal on a chart",
    1,
    "A point beyond the limits; 8 in a row on one side of the centre; 7 in a row rising or "
    "falling; or 2 of 3 in the outer third on one side. Everything else is ordinary.",
    "Wheeler 1993; Laney 2002; Benneyan 2001",
)


class Rule(StrEnum):
    """The four rules, in the words that stand under a chart."""

    BEYOND = "beyond a limit"
    ONE_SIDE = "8 or more in a row on one side"
    IN_A_ROW = "7 or more in a row rising or falling"
    NEAR = "2 of 3 near a limit"


@dataclass(frozen=True)
class Signal:
    """What a rule found, from the point numbered ``first`` to ``last``; upwards or not."""

    rule: Rule
    first: int
    last: int
    upwards: bool


@dataclass(frozen=True)
class Chart:
    """Values with their centre and limits, shape (n,), and what stands out.

    ``spread`` is the mean moving range for `xmr`, the sigma of z for `p_chart`; ``range_limit``
    is the most that two neighbouring values differ by ordinarily, for `xmr` only.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    spread: float
    signals: tuple[Signal, ...]
    range_limit: float | None = None


def xmr(value: Floats, *, baseline: int | None = None) -> Chart:
    """A chart of single values, such as a weekly median. Source: Wheeler 1993.

    ``value`` has shape (n,) in order of time. The first ``baseline`` values, or all, set the
    limits; they are not set anew by what comes later. Raises ValueError for fewer than two.
    """
    first = _baseline(len(value), baseline)
    x = np.asarray(value, dtype=np.float64)
    spread = float(np.abs(np.diff(x[:first])).mean())
    centre, sigma = np.full(len(x), x[:first].mean()), np.full(len(x), spread / MOVING_RANGE_OF_TWO)
    sides = centre - 2.66 * spread, centre + 2.66 * spread
    found = what_stands_out(x, centre, *sides, centre - 2 * sigma, centre + 2 * sigma)
    return Chart(x, centre, *sides, spread, found, range_limit=3.267 * spread)


def p_chart(yes: Ints, of: Ints, *, laney: bool = True, baseline: int | None = None) -> Chart:
    """A chart of shares, such as on time week by week.

    ``yes`` and ``of`` have shape (n,), each of at least 1. With hundreds a week the plain limits
    flag nearly everything; Laney's are as wide as the weeks really differ. Raises ValueError for
    fewer than two weeks and for one without cases. Source: Laney 2002.
    """
    first = _baseline(len(of), baseline)
    if not bool((of > 0).all()):
        raise ValueError("A week without cases has no share.")
    p, mean = yes / of, float(yes[:first].sum() / of[:first].sum())
    plain = np.sqrt(mean * (1 - mean) / of)
    spread = 1.0
    if laney and mean not in (0.0, 1.0):
        spread = sigma_of_z((p - mean)[:first] / plain[:first])
    centre, sigma = np.full(len(of), mean), spread * plain
    sides = np.clip(centre - 3 * sigma, 0, 1), np.clip(centre + 3 * sigma, 0, 1)
    found = what_stands_out(p, centre, *sides, centre - 2 * sigma, centre + 2 * sigma, sigma)
    return Chart(p, centre, *sides, spread, found)


def g_chart(between: Ints, *, baseline: int | None = None) -> Chart:
    """A chart of the days between rare events; a point above the limit is a long good stretch.

    ``between`` has shape (n,), whole days of at least 0. The centre is the median and the limits
    are exact for the geometric distribution, which is far from symmetric. Source: Benneyan 2001.
    """
    first = _baseline(len(between), baseline)
    mean = float(between[:first].mean())
    stays = mean / (mean + 1.0)
    if not stays:
        raise ValueError("Events on one day only make no chart of days between.")

    def day(tail: float) -> Floats:
        """The fewest days that this share of the gaps does not outlast."""
        return np.full(len(between), max(np.ceil(np.log1p(-tail) / np.log(stays)) - 1.0, 0.0))

    x, centre, sides = between.astype(np.float64), day(0.5), (day(FAR_TAIL), day(1 - FAR_TAIL))
    found = what_stands_out(x, centre, *sides, day(NEAR_TAIL), day(1 - NEAR_TAIL))
    return Chart(x, centre, *sides, mean, found)


def sigma_of_z(z: Floats) -> float:
    """How widely standardised neighbours differ: 1 where only chance is at work (Laney 2002)."""
    return float(np.abs(np.diff(z)).mean()) / MOVING_RANGE_OF_TWO


def what_stands_out(
    value: Floats,
    centre: Floats,
    lower: Floats,
    upper: Floats,
    near_lower: Floats,
    near_upper: Floats,
    sigma: Floats | None = None,
) -> tuple[Signal, ...]:
    """What the four rules find, in order of time; all of shape (n,).

    Rising and falling is asked of the distance from the centre in ``sigma``, so that a season
    is no trend. A value on the centre neither makes nor breaks a run.
    """
    found: list[Signal] = []
    away = value - centre
    away = np.where(np.abs(away) <= ROUNDING * np.maximum(np.abs(centre), 1.0), 0.0, away)
    off = np.flatnonzero(away)
    step = np.diff(away / (1.0 if sigma is None else np.maximum(sigma, 1e-300)))
    step[np.abs(step) <= ROUNDING] = 0.0
    for up in (True, False):
        beyond, near = (
            (value > upper, value > near_upper) if up else (value < lower, value < near_lower)
        )
        found += [Signal(Rule.BEYOND, int(i), int(i), up) for i in np.flatnonzero(beyond)]
        found += [Signal(Rule.NEAR, i, j, up) for i, j in _two_of_three(near)]
        side = away[off] > 0 if up else away[off] < 0
        found += [
            Signal(Rule.ONE_SIDE, int(off[i]), int(off[j - 1]), up)
            for i, j in _runs(side)
            if j - i >= ONE_SIDE
        ]
        found += [
            Signal(Rule.IN_A_ROW, i, j, up)
            for i, j in _runs(step > 0 if up else step < 0)
            if j - i >= IN_A_ROW - 1
        ]
    return tuple(sorted(found, key=lambda s: (s.last, s.first, s.rule, s.upwards)))


def _runs(flag: Flags) -> Iterator[tuple[int, int]]:
    """Where each unbroken run of True begins, and where it is over."""
    edge = np.flatnonzero(np.diff(np.concatenate([[False], flag, [False]]).astype(np.int8)))
    yield from zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True)


def _two_of_three(near: Flags) -> Iterator[tuple[int, int]]:
    """Pairs of neighbours that are near, with at most one point between them."""
    at = np.flatnonzero(near)
    for i in np.flatnonzero(np.diff(at) <= 2):
        yield int(at[i]), int(at[i + 1])


def _baseline(n: int, baseline: int | None) -> int:
    first = n if baseline is None else baseline
    if not 2 <= first <= n:
        raise ValueError("Limits need at least two values, and no more than there are.")
    return first
