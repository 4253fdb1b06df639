"""The persistent location scan: the evidence of every occupied cell, alone and with neighbours."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.evidence import (
    FREE_STOP,
    LIFT,
    LITTLE,
    MONTHS,
    QUIET,
    STOP_PRICE,
    best_window,
    count_months,
    expected_months,
    general_activity,
    how_much_has_stopped,
    keep_what_explains,
    kinds_that_may_explain,
    months_in,
)
from wardroom.analysis.occupancy import YEAR, Occupancy, Ordinary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NOT_LOOKED_AT = -1e9
RADII_M = (20, 35, 70)
DISCS, SIDE = 3, 5
SIZE_TOLL = np.array([0.0, 1.0, 2.0])
OUTSIDE = 3
RING = np.array(
    [[3, 2, 2, 2, 3], [2, 1, 1, 1, 2], [2, 1, 0, 1, 2], [2, 1, 1, 1, 2], [3, 2, 2, 2, 3]],
    dtype=np.int64,
)
THREADS = 2
MOST_SQUARES = 1 << 26
A_HAIR_M = 0.001


@dataclass(frozen=True)
class Evidence:
    """The evidence of each cell, by the disc around it that speaks most; shape (cells,).

    ``score`` is `NOT_LOOKED_AT` where a cell has too little. ``disc`` counts `RADII_M`;
    ``window`` is in months; ``excess`` in episodes over the ordinary in the last 12.
    """

    score: Floats
    disc: NDArray[np.int8]
    window: NDArray[np.int8]
    activity: Floats
    stopped: Floats
    excess: Floats


def scan(places: Occupancy, ordinary: Ordinary, region: Ints, *, lo: int, hi: int) -> Evidence:
    """The evidence of the cells from ``lo`` to ``hi``; ``region`` is each cell's row of mixes.

    The answer does not depend on how many threads there are.
    """
    found = Evidence(
        score=np.full(len(places), NOT_LOOKED_AT),
        disc=np.zeros(len(places), dtype=np.int8),
        window=np.zeros(len(places), dtype=np.int8),
        activity=np.zeros(len(places)),
        stopped=np.zeros(len(places)),
        excess=np.zeros(len(places)),
    )

    def part(span: tuple[int, int]) -> None:
        _scan_cells(
            span[0], span[1], places.cells, places.first, places.kinds, places.words,
            places.recent, places.frame.width, region, ordinary.mixes, ordinary.calendar,
            ordinary.problem, found.score, found.disc, found.window, found.activity,
            found.stopped, found.excess,
        )  # fmt: skip

    if hi - lo < 5_000:
        if hi > lo:
            part((lo, hi))
        return found
    cuts = np.linspace(lo, hi, THREADS * 4 + 1).astype(int).tolist()
    with ThreadPoolExecutor(THREADS) as crew:
        list(crew.map(part, itertools.pairwise(cuts)))
    return found


def apart(score: Floats, x: Floats, y: Floats, *, metres: float) -> Ints:
    """The cells that lead their surroundings, best first: no better one is within ``metres``."""
    order = np.flatnonzero(score > NOT_LOOKED_AT)
    order = order[np.argsort(-score[order], kind="stable")]
    return apart_in_order(order, x, y, metres=metres)


def apart_in_order(order: Ints, x: Floats, y: Floats, *, metres: float) -> Ints:
    """Of points in an order, those that are not within ``metres`` of an earlier one.

    Two that are just so far apart are within it, wherever the map begins: cells are four to
    that length, and no rounding of their middles may decide.
    """
    if not len(order):
        return order
    metres += A_HAIR_M
    column = ((x - x.min()) / metres).astype(np.int32)
    row = ((y - y.min()) / metres).astype(np.int32)
    wide, high = int(column.max()) + 1, int(row.max()) + 1
    if wide * high > MOST_SQUARES:
        column, row = _without_gaps(column), _without_gaps(row)
        wide, high = int(column.max()) + 1, int(row.max()) + 1
    kept: Ints = _thin(order, x, y, metres * metres, column, row, wide, high)
    return kept


def _without_gaps(number: NDArray[np.int32]) -> NDArray[np.int32]:
    """Numbers whose neighbours stay neighbours, without the wide empty spans between others."""
    known, at = np.unique(number, return_inverse=True)
    steps = np.minimum(np.diff(known, prepend=known[:1]), 2)
    close: NDArray[np.int32] = np.cumsum(steps).astype(np.int32)[at]
    return close


@njit(cache=True, nogil=True, error_model="numpy")
def look_around(cells, cell, width, at, near, number):  # type: ignore[no-untyped-def]
    """The numbers of the cells around a cell, ring by ring, into ``near`` and ``number``.

    ``at`` holds where each of five rows was last, to walk on from there.
    """
    number[:] = 0
    for row in range(SIDE):
        low = cell + (row - 2) * width - 2
        while at[row] < len(cells) and cells[at[row]] < low:
            at[row] += 1
        p = at[row]
        while p < len(cells) and cells[p] <= low + 4:
            ring = RING[row, cells[p] - low]
            if ring != OUTSIDE:
                near[ring, number[ring]] = p
                number[ring] += 1
            p += 1


@njit(cache=True, nogil=True, error_model="numpy")
def gather(around, first, kinds, words, recent, m, touched, word, episodes):  # type: ignore[no-untyped-def]
    """Join the rows of some cells into ``word`` and ``episodes`` by kind; how many kinds now."""
    for at in around:
        for row in range(first[at], first[at + 1]):
            kind = kinds[row]
            if word[kind] == 0:
                touched[m] = kind
                m += 1
            word[kind] |= words[row]
            episodes[kind] += recent[row]
    return m


@njit(cache=True, nogil=True, error_model="numpy")
def _excess(size, hot, hot_word, episodes, share, calendar, activity):  # type: ignore[no-untyped-def]
    """Episodes over what was to be expected in the last 12 months, in the kinds that explain."""
    total = 0.0
    start = MONTHS - YEAR
    for t in range(size):
        n = months_in(hot_word[t] >> np.uint64(start))
        e = expected_months(activity, share, calendar, hot[t], start, MONTHS)
        if n > e:
            total += episodes[hot[t]] * (1.0 - e / n)
    return total


@njit(cache=True, nogil=True, error_model="numpy")
def _scan_cells(  # type: ignore[no-untyped-def]
    lo, hi, cells, first, kinds, words, recent, width, region, mixes, calendar,
    problem, score, best_disc, window, activity, stopped, excess,
):  # fmt: skip
    n = len(problem)
    word, episodes, terms = np.zeros(n, dtype=np.uint64), np.zeros(n), np.zeros(n)
    touched, months = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    hot, hot_word = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.uint64)
    top, top_word = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.uint64)
    near, number = np.empty((DISCS, 12), dtype=np.int64), np.empty(DISCS, dtype=np.int64)
    at = np.empty(SIDE, dtype=np.int64)
    for row in range(SIDE):
        at[row] = np.searchsorted(cells, cells[lo] + (row - 2) * width - 2)
    share, calendar, problem = np.empty(n), calendar.copy(), problem.copy()
    here = -1
    for i in range(lo, hi):
        look_around(cells, cells[i], width, at, near, number)
        if region[i] != here:
            here = region[i]
            for kind in range(n):
                share[kind] = mixes[here, kind]
        m, kept, best = 0, 0, 0.0
        for disc in range(DISCS):
            around = near[disc, : number[disc]]
            m = gather(around, first, kinds, words, recent, m, touched, word, episodes)
            if not count_months(m, touched, word, problem, months):
                continue
            score[i] = max(score[i], -SIZE_TOLL[disc])
            lively = LIFT * general_activity(m, touched, months, share, problem, QUIET, 0.0)
            size = kinds_that_may_explain(
                m, touched, months, word, share, calendar, problem, lively, hot, hot_word
            )
            value, span = best_window(size, hot, hot_word, share, calendar, lively, terms)
            if value > 0.0 and value - SIZE_TOLL[disc] > score[i]:
                score[i], best, kept = value - SIZE_TOLL[disc], value, size
                best_disc[i], window[i], activity[i] = disc, span, lively
                for t in range(size):
                    top[t], top_word[t] = hot[t], hot_word[t]
                if best > LITTLE:
                    kept = keep_what_explains(
                        size, top, top_word, share, calendar, lively, span, terms
                    )
                    excess[i] = _excess(kept, top, top_word, episodes, share, calendar, lively)
        if best > LITTLE:
            stopped[i] = how_much_has_stopped(
                kept, top, top_word, share, calendar, activity[i], window[i], best, terms
            )
            score[i] -= STOP_PRICE * max(stopped[i] - FREE_STOP, 0.0)
        for t in range(m):
            word[touched[t]], episodes[touched[t]] = 0, 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _thin(order, x, y, reach2, column, row, wide, high):  # type: ignore[no-untyped-def]
    head = np.full(wide * high, -1, dtype=np.int32)
    after = np.full(len(x), -1, dtype=np.int32)
    kept, size = np.empty(len(order), dtype=np.int64), 0
    for i in order:
        free = True
        for r in range(max(0, row[i] - 1), min(high, row[i] + 2)):
            for c in range(max(0, column[i] - 1), min(wide, column[i] + 2)):
                other = head[r * wide + c]
                while other >= 0 and free:
                    across, along = x[i] - x[other], y[i] - y[other]
                    free = across * across + along * along > reach2
                    other = after[other]
        if free:
            kept[size] = i
            size += 1
            square = row[i] * wide + column[i]
            after[i] = head[square]
            head[square] = i
    return kept[:size]
