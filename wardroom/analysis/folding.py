"""Folding reports into episodes by distance: one trouble, however many people reported it.

A report of the same kind within reach of one that was still open when it came in is a repeat
of that one's episode; a report after all of them were closed begins a new episode. The
repeats are kept: they tell how readily people report. Source: engine notes, sections 0 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.sorting import sorted_with

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NEVER = np.int64(1) << 34
REACH_M = 40.0
LATEST = np.int64((1 << 32) - 1)


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
        key, width = _cells(reports, reach_m)
        sorted_key, rank = sorted_with(key, parent)
        since = int(reports.opened[0])
        columns = _near_each_other(
            rank, reports.x, reports.y, reports.opened, reports.closed, reports.kind, since
        )
        x, y, opened, closed, kind = columns
        reach2 = (reach_m**2).astype(np.float32)
        _find_parents(
            sorted_key, rank, width, x, y, opened, closed, kind, reach2, parent
        )  # fmt: skip
        _go_to_the_first(parent)
    return _episodes(parent, reports.closed)


def _cells(reports: Reports, reach_m: Floats) -> tuple[NDArray[np.unsignedinteger], int]:
    """The cell and kind of each report as one number, and the width of a row of cells."""
    size = float(reach_m.max())
    west, south = float(reports.x.min()), float(reports.y.min())
    width = int((float(reports.x.max()) - west) / size) + 5
    height = int((float(reports.y.max()) - south) / size) + 5
    small = width * height * len(reach_m) < 1 << 32
    key: NDArray[np.unsignedinteger]
    key = np.empty(len(reports), dtype=np.uint32 if small else np.uint64)
    _fill_cells(reports.x, reports.y, reports.kind, west, south, size, width, height, key)
    return key, width


def _episodes(parent: NDArray[np.uint32], closed: Ints) -> FoldedEpisodes:
    first = np.flatnonzero(parent == np.arange(len(parent), dtype=np.uint32))
    number = np.empty(len(parent), dtype=np.int32)
    number[first] = np.arange(len(first), dtype=np.int32)
    of_report = number[parent]
    ended, reports = np.zeros(len(first), dtype=np.int64), np.zeros(len(first), dtype=np.int32)
    _gather(of_report, closed, ended, reports)
    return FoldedEpisodes(of_report, first, ended, reports)


@njit(cache=True, nogil=True)
def _fill_cells(x, y, kind, west, south, size, width, height, key):  # type: ignore[no-untyped-def]
    for i in range(len(x)):
        column = int((x[i] - west) / size) + 2
        row = int((y[i] - south) / size) + 2
        key[i] = (kind[i] * height + row) * width + column


@njit(cache=True, nogil=True)
def _gather(of_report, closed, ended, reports):  # type: ignore[no-untyped-def]
    for i in range(len(of_report)):
        episode = of_report[i]
        ended[episode] = max(ended[episode], closed[i])
        reports[episode] += 1


@njit(cache=True, nogil=True)
def _go_to_the_first(parent):  # type: ignore[no-untyped-def]
    for i in range(len(parent)):
        parent[i] = parent[parent[i]]


@njit(cache=True, nogil=True)
def _near_each_other(rank, x, y, opened, closed, kind, since):  # type: ignore[no-untyped-def]
    """The columns in the order of the cells, so that neighbours lie together in memory."""
    n = len(rank)
    west, south = x.min(), y.min()
    x_of, y_of = np.empty(n, dtype=np.float32), np.empty(n, dtype=np.float32)
    opened_of, closed_of = np.empty(n, dtype=np.uint32), np.empty(n, dtype=np.uint32)
    kind_of = np.empty(n, dtype=np.int16)
    for i in range(n):
        at = rank[i]
        x_of[i], y_of[i], kind_of[i] = x[at] - west, y[at] - south, kind[at]
        opened_of[i] = opened[at] - since
        closed_of[i] = min(max(closed[at] - since, 0), LATEST)
    return x_of, y_of, opened_of, closed_of, kind_of


@njit(cache=True, nogil=True)
def _find_parents(key, rank, width, x, y, opened, closed, kind, reach2, parent):  # type: ignore[no-untyped-def]
    """Cell by cell: which open report, within reach, each report repeats; itself if none."""
    n = len(key)
    row_from, row_to = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.int64)
    run_at, run_to = np.empty(9, dtype=np.int64), np.empty(9, dtype=np.int64)
    lively = np.empty(64, dtype=np.int64)
    start = 0
    while start < n:
        stop = start
        while stop < n and key[stop] == key[start]:
            stop += 1
        _walk_rows(key, np.int64(key[start]), width, row_from, row_to)
        runs = _split_rows(key, row_from, row_to, run_at, run_to)
        if runs > 1 or stop - start > 1:
            lively = _fold_cell(
                rank, start, stop, runs, run_at, run_to, lively,
                x, y, opened, closed, reach2[kind[start]], parent,
            )  # fmt: skip
        start = stop


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
    rank, start, stop, runs, run_at, run_to, lively, x, y, opened, closed, reach2, parent
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
            if closed[other] > opened[me]:
                across, along = x[other] - x[me], y[other] - y[me]
                if across * across + along * along <= reach2:
                    parent[rank[me]] = rank[other]
                    break
            scanned += 1
        to = scanned
        for back in range(scanned - 1, head - 1, -1):
            if closed[lively[back]] > opened[me]:
                to -= 1
                lively[to] = lively[back]
        head = to
    return lively
