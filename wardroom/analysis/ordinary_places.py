"""What the scan finds in a city without persistent trouble: simulated, and matched to this one.

Each cell keeps its general activity, local mix and calendar; how much ordinary places differ
from one another is one number, chosen so that the bulk of the simulated city's leading
places looks like the bulk of the real one's (central matching). The chance of a score is
read from the simulated city, so it holds for the best place of every neighbourhood, with all
the sizes and windows that were tried. Source: engine notes, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS, general_activity, months_in
from wardroom.analysis.location_scan import apart, scan
from wardroom.analysis.occupancy import Occupancy, Ordinary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
APART_M = 100.0
BULK = np.array([0.7, 0.8, 0.9])
TAIL_FROM = 0.98
KNOTS = 401
LEAST, MOST = 0.8, 60.0
HALVINGS = 6
TRIAL_CELLS, FULL_CELLS = 25_000, 120_000
FEWEST_LEADERS = 30


@dataclass(frozen=True)
class Calibration:
    """How scores of ordinary places are spread.

    ``sameness`` is the shape of the Gamma by which ordinary places differ: the larger, the more
    alike. ``knots`` are the scores' quantiles up to the 98th per cent; over ``cut`` they fall
    off exponentially with ``scale``.
    """

    sameness: float
    knots: tuple[float, ...]
    cut: float
    scale: float
    simulated: int

    def p_values(self, score: Floats) -> Floats:
        """The chance that an ordinary place leads its surroundings with such a score or more."""
        knots = np.array(self.knots)
        below = np.interp(score, knots, np.linspace(0.0, TAIL_FROM, len(knots)))
        tail = np.exp(-np.maximum(score - self.cut, 0.0) / self.scale)
        p: Floats = np.where(score > self.cut, (1 - TAIL_FROM) * tail, 1.0 - below)
        return p

    def as_json(self) -> dict[str, Any]:
        """The calibration as plain values, to be kept until the next one."""
        return {**self.__dict__, "knots": [round(k, 4) for k in self.knots]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Calibration:
        """A calibration that was kept."""
        return cls(**{**kept, "knots": tuple(kept["knots"])})


def calibrate(places: Occupancy, ordinary: Ordinary, leaders: Floats, *, seed: int) -> Calibration:
    """Simulate ordinary cities until their bulk is like ours; ``leaders`` are our best scores.

    ``leaders`` has shape (places,): the score of each place that leads its surroundings. With
    fewer than 30 of them nothing can be matched, and places are taken to differ a lot.
    """
    activity = ordinary_activity(places, ordinary)
    lo, hi = _middle(len(places), TRIAL_CELLS)
    shape = 1.0
    if len(leaders) >= FEWEST_LEADERS:
        wanted = float(np.quantile(leaders, BULK).mean())
        low, high = np.log(LEAST), np.log(MOST)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            trial = _simulated(places, ordinary, activity, np.exp(middle), seed, lo, hi)
            uneven = not len(trial) or float(np.quantile(trial, BULK).mean()) > wanted
            low, high = (middle, high) if uneven else (low, middle)
        shape = float(np.exp((low + high) / 2))
    lo, hi = _middle(len(places), FULL_CELLS)
    rounds = max(1, round(FULL_CELLS / max(hi - lo, FULL_CELLS // 20)))
    null = np.concatenate(
        [_simulated(places, ordinary, activity, shape, seed + 1 + n, lo, hi) for n in range(rounds)]
    )
    return _summary(shape, null)


def ordinary_activity(places: Occupancy, ordinary: Ordinary) -> Floats:
    """The general activity of each cell alone, drawn towards the city's mean; shape (cells,)."""
    region = ordinary.region_of(places.cells, places.frame)
    mean = 4.0
    found = np.empty(len(places))
    for _ in range(2):
        _activity(
            places.first, places.kinds, places.words, region, ordinary.mixes, ordinary.problem,
            1.0, 1.0 / mean, found,
        )  # fmt: skip
        mean = max(float(found.mean()), 0.1) if len(found) else mean
    return found


def _simulated(
    places: Occupancy, ordinary: Ordinary, activity: Floats, shape: float, seed: int,
    lo: int, hi: int,
) -> Floats:  # fmt: skip
    """The leading scores of one simulated part of the city."""
    cells = places.cells[lo:hi]
    region = ordinary.region_of(cells, places.frame)
    room = int(activity[lo:hi].sum() * 4) + 8 * (hi - lo) + 1_000
    while True:
        first = np.zeros(hi - lo + 1, dtype=np.int64)
        kinds, words = np.zeros(room, dtype=np.uint16), np.zeros(room, dtype=np.uint64)
        rows = _draw(
            seed, activity[lo:hi], region, ordinary.mixes, ordinary.calendar, ordinary.agency,
            int(ordinary.agency.max(initial=0)) + 1, shape, first, kinds, words,
        )  # fmt: skip
        if rows >= 0:
            break
        room *= 2
    city = Occupancy(
        frame=places.frame,
        cells=cells,
        first=first,
        kinds=kinds[:rows],
        words=words[:rows],
        recent=np.zeros(rows, dtype=np.uint16),
    )
    x, y = places.frame.middle(cells)
    score = scan(city, ordinary, region, lo=0, hi=len(cells)).score
    leaders = apart(score, x, y, metres=APART_M)
    return score[leaders]


def _middle(n: int, most: int) -> tuple[int, int]:
    size = min(n, most)
    lo = (n - size) // 2
    return lo, lo + size


def _summary(shape: float, null: Floats) -> Calibration:
    if len(null) < FEWEST_LEADERS:
        null = np.concatenate([null, np.linspace(0.0, 12.0, FEWEST_LEADERS)])
    knots = np.quantile(null, np.linspace(0.0, TAIL_FROM, KNOTS))
    cut = float(knots[-1])
    over = null[null > cut] - cut
    scale = float(over.mean()) if len(over) else 1.0
    return Calibration(shape, tuple(knots.tolist()), cut, max(scale, 0.5), len(null))


@njit(cache=True, nogil=True)
def _activity(first, kinds, words, region, mixes, problem, quiet, ground, found):  # type: ignore[no-untyped-def]
    touched = np.empty(len(problem), dtype=np.int64)
    months = np.empty(len(problem), dtype=np.int64)
    for i in range(len(region)):
        m = 0
        for row in range(first[i], first[i + 1]):
            touched[m], months[m] = kinds[row], months_in(words[row])
            m += 1
        found[i] = general_activity(m, touched, months, mixes[region[i]], problem, quiet, ground)


@njit(cache=True, nogil=True)
def _poisson(mean):  # type: ignore[no-untyped-def]
    if mean > 20.0:
        return np.random.poisson(mean)
    u, n = np.random.random(), 0
    chance = np.exp(-mean)
    running = chance
    while u >= running and n < 200:
        n += 1
        chance *= mean / n
        running += chance
    return n


@njit(cache=True, nogil=True)
def _draw(seed, activity, region, mixes, calendar, agency, agencies, shape, first, kinds, words):  # type: ignore[no-untyped-def]
    """Months of ordinary episodes for each cell; -1 where there was not room for all rows."""
    np.random.seed(seed)
    by_agency = np.empty(agencies)
    row = 0
    for i in range(len(activity)):
        first[i] = row
        for a in range(agencies):
            by_agency[a] = np.random.gamma(shape, 1.0 / shape)
        for kind in range(len(agency)):
            rate = activity[i] * mixes[region[i], kind] * by_agency[agency[kind]]
            n = _poisson(
                rate * np.random.gamma(shape, 1.0 / shape) * calendar[kind, MONTHS] / MONTHS
            )
            if n == 0:
                continue
            if row == len(kinds):
                return -1
            word = np.uint64(0)
            for _ in range(n):
                at = np.random.random() * calendar[kind, MONTHS]
                month = np.searchsorted(calendar[kind], at, side="right") - 1
                word |= np.uint64(1) << np.uint64(min(month, MONTHS - 1))
            kinds[row], words[row] = kind, word
            row += 1
    first[len(activity)] = row
    return row
