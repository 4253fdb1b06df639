"""Folding reports into episodes by distance: one trouble, however many people reported it.

A report of the same kind within reach of one that was still open when it came in is a repeat
of that one's episode; a report after all of them were closed begins a new episode. The
repeats are kept: they tell how readily people report. Source: engine notes, sections 0 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.sorting import sorted_in_place

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NEVER = np.int64(1) << 34
REACH_M = 40.0
LATEST = np.int64((1 << 32) - 1)
OPENED, CLOSED = 2, 3
FEW = 1_000


@dataclass(frozen=True)
class Reports:
    """Reports as columns, shape (n,): metres, a small number for the kind, seconds since 1970.

    They stand in the order of ``opened``; ``closed`` is `NEVER` while a report is open.
    """

    x: Floats
    y: Floats
    kind: NDArray[np.int16]
    opened: Ints
    closed: Ints

    def __len__(self) -> int:
        return len(self.x)

    def part(self, chosen: NDArray[np.generic]) -> Reports:
        """Some of the reports, by a mask or by their numbers in rising order."""
        return Reports(
            self.x[chosen],
            self.y[chosen],
            self.kind[chosen],
            self.opened[chosen],
            self.closed[chosen],
        )


@dataclass(frozen=True)
class FoldedEpisodes:
    """The episodes of n reports, in the order in which they began.

    ``of_report`` has shape (n,) and gives each report's episode; the others have shape
    (episodes,). ``ended`` is `NEVER` while a report of the episode is open.
    """

    of_report: NDArray[np.int32]
    first_report: NDArray[np.int64]
    ended: Ints
    reports: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.first_report)


def in_order(reports: Reports) -> tuple[Reports, Ints]:
    """The reports in the order in which they were opened, and where each of them stood.

    Where two were opened in the same second the place and the kind decide, so that the order
    in a file does not matter.
    """
    opened = reports.opened
    if len(opened) < 2 or bool((opened[1:] > opened[:-1]).all()):
        return reports, np.arange(len(opened))
    order = np.lexsort((reports.closed, reports.y, reports.x, reports.kind, opened))
    return reports.part(order), order


def fold_reports(reports: Reports, reach_m: Floats) -> FoldedEpisodes:
    """Fold reports into episodes.

    ``reports`` stand in the order of `in_order`; ``reach_m`` has shape (kinds,): within how many
    metres a report of that kind is taken for the same trouble. Where several open reports are
    in reach, the one that came first counts. About 4 million reports a second.
    """
    parent = np.arange(len(reports), dtype=np.uint32)
    if len(reports):
        key, width, kind_step = _cells(reports, reach_m)
        key, rank = sorted_in_place(key, parent.copy())
        cuts = np.searchsorted(key, kind_step * np.arange(len(reach_m) + 1)).tolist()
        room = np.empty((max(b - a for a, b in pairwise(cuts)), 4), dtype=np.uint32)
        r, metres, reach2 = reports, room.view(np.float32), (reach_m**2).astype(np.float32)
        west, south = r.x.min(), r.y.min()
        for kind, (a, b) in enumerate(pairwise(cuts)):
            _draw_near(rank[a:b], r.x, r.y, r.opened, r.closed, west, south, room, metres)
            _find_parents(key[a:b], rank[a:b], width, room, metres, reach2[kind], parent)
    return FoldedEpisodes(*_episodes(parent, reports.closed))


def _cells(reports: Reports, reach_m: Floats) -> tuple[NDArray[np.unsignedinteger], int, int]:
    """The cell and kind of each report as one number; the steps from row to row, kind to kind."""
    size = float(reach_m.max())
    west, south = float(reports.x.min()), float(reports.y.min())
    width = int((float(reports.x.max()) - west) / size) + 5
    height = int((float(reports.y.max()) - south) / size) + 5
    small = width * height * len(reach_m) < 1 << 32
    key: NDArray[np.unsignedinteger]
    key = np.empty(len(reports), dtype=np.uint32 if small else np.uint64)
    _fill_cells(reports.x, reports.y, reports.kind, west, south, size, width, height, key)
    return key, width, width * height


@njit(cache=True, nogil=True)
def _fill_cells(x, y, kind, west, south, size, width, height, key):  # type: ignore[no-untyped-def]
    for i in range(len(x)):
        column = int((x[i] - west) / size) + 2
        row = int((y[i] - south) / size) + 2
        key[i] = (kind[i] * height + row) * width + column


@njit(cache=True, nogil=True)
def _episodes(parent, closed):  # type: ignore[no-untyped-def]
    """Number the episodes in the order of their first reports; ``parent`` becomes scrap."""
    many = 0
    for i in range(len(parent)):
        many += parent[i] == i
    first, ended = np.empty(many, dtype=np.int64), np.zeros(many, dtype=np.int64)
    reports = np.zeros(many, dtype=np.int32)
    of_report = parent.view(np.int32)
    number = 0
    for i in range(len(parent)):
        if parent[i] == i:
            first[number] = i
            episode = number
            number += 1
        else:
            episode = of_report[parent[i]]
        of_report[i] = episode
        ended[episode] = max(ended[episode], closed[i])
        reports[episode] += 1
    return of_report, first, ended, reports


@njit(cache=True, nogil=True)
def _draw_near(rank, x, y, opened, closed, west, south, near, metres):  # type: ignore[no-untyped-def]
    """The columns in the order of the cells, so that neighbours lie together in memory.

    ``near`` has shape (n, 4): metres across and along as bits of a float (``metres``), seconds
    of opening and of closing.
    """
    since = opened[0]
    for i in range(len(rank)):
        at = rank[i]
        metres[i, 0], metres[i, 1] = x[at] - west, y[at] - south
        near[i, OPENED] = opened[at] - since
        near[i, CLOSED] = min(max(closed[at] - since, 0), LATEST)


@njit(cache=True, nogil=True)
def _find_parents(key, rank, width, near, metres, reach2, parent):  # type: ignore[no-untyped-def]
    """Cell by cell: the first report of the episode that each report repeats; itself if none."""
    n = len(key)
    row_from, row_to = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)
    run_at, run_to = np.empty(9, dtype=np.int64), np.empty(9, dtype=np.int64)
    lively = np.empty(64, dtype=np.int64)
    start = 0
    while start < n:
        here = np.int64(key[start])
        stop = start + 1
        while stop < n and key[stop] == key[start]:
            stop += 1
        _walk_rows(key, here, width, row_from, row_to)
        around = (row_to - row_from).sum()
        if around > 1 and around * (stop - start) <= FEW:
            _look_at_all(rank, start, stop, row_from, row_to, near, metres, reach2, parent)
        elif around > 1:
            runs = _split_rows(key, row_from, row_to, run_at, run_to)
            lively = _fold_cell(
                rank, start, stop, runs, run_at, run_to, lively, near, metres, reach2, parent
            )  # fmt: skip
        start = stop


@njit(cache=True, nogil=True)
def _look_at_all(rank, start, stop, row_from, row_to, near, metres, reach2, parent):  # type: ignore[no-untyped-def]
    """A quiet cell: every report around it is looked at, in whatever order."""
    for me in range(start, stop):
        best, opened, x, y = rank[me], near[me, OPENED], metres[me, 0], metres[me, 1]
        for row in range(3):
            for other in range(row_from[row], row_to[row]):
                if (rank[other] < best) & (near[other, CLOSED] > opened):
                    across, along = metres[other, 0] - x, metres[other, 1] - y
                    if across * across + along * along <= reach2:
                        best = rank[other]
        if best < rank[me]:
            parent[rank[me]] = best


@njit(cache=True, nogil=True)
def _walk_rows(key, here, width, row_from, row_to):  # type: ignore[no-untyped-def]
    """Move on to the three rows of neighbours of a cell; keys only rise, so nothing is sought."""
    for row in range(3):
        low = here + (row - 1) * width - 1
        at = row_from[row]
        while at < len(key) and np.int64(key[at]) < low:
            at += 1
        row_from[row] = at
        at = max(at, row_to[row])
        while at < len(key) and np.int64(key[at]) <= low + 2:
            at += 1
        row_to[row] = at


@njit(cache=True, nogil=True)
def _split_rows(key, row_from, row_to, run_at, run_to):  # type: ignore[no-untyped-def]
    """The runs of equal cells in the rows; how many."""
    runs = 0
    for row in range(3):
        at = row_from[row]
        while at < row_to[row]:
            end = at
            while end < row_to[row] and key[end] == key[at]:
                end += 1
            run_at[runs], run_to[runs] = at, end
            runs += 1
            at = end
    return runs


@njit(cache=True, nogil=True)
def _fold_cell(  # type: ignore[no-untyped-def]
    rank, start, stop, runs, run_at, run_to, lively, near, metres, reach2, parent
):  # fmt: skip
    """One cell in the order of time; ``lively`` holds its neighbourhood's open reports."""
    head, size = 0, 0
    for me in range(start, stop):
        while True:
            soonest = -1
            for run in range(runs):
                at = run_at[run]
                free = at < run_to[run] and rank[at] < rank[me]
                if free and (soonest < 0 or rank[at] < rank[run_at[soonest]]):
                    soonest = run
            if soonest < 0:
                break
            if size == len(lively):
                grown = np.empty(2 * len(lively), dtype=np.int64)
                grown[: size - head] = lively[head:size]
                lively, size, head = grown, size - head, 0
            lively[size] = run_at[soonest]
            size += 1
            run_at[soonest] += 1
        scanned = head
        while scanned < size:
            other = lively[scanned]
            if near[other, CLOSED] > near[me, OPENED]:
                across = metres[other, 0] - metres[me, 0]
                along = metres[other, 1] - metres[me, 1]
                if across * across + along * along <= reach2:
                    parent[rank[me]] = rank[other]
                    break
            scanned += 1
        to = scanned
        for back in range(scanned - 1, head - 1, -1):
            if near[lively[back], CLOSED] > near[me, OPENED]:
                to -= 1
                lively[to] = lively[back]
        head = to
    return lively
