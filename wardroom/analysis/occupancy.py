"""Where and in which months episodes began: one word of months for each cell and kind.

With it, what is ordinary: the local mix of kinds and the city's calendar of each. Source:
engine notes, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS, months_in
from wardroom.analysis.sorting import sorted_with

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
CELL_M = 25.0
MARGIN = 4
YEAR = 12
REGION_CELLS = 40
MIX_WEIGHT, CALENDAR_WEIGHT = 300.0, 24.0


@dataclass(frozen=True)
class Frame:
    """Where the cells lie: metres of the south-west corner, and cells in a row."""

    west: float
    south: float
    width: int

    @classmethod
    def around(cls, x: Floats, y: Floats) -> Frame:
        """A frame that holds all points, with room to look around at its borders."""
        room = MARGIN * CELL_M
        west = float(x.min()) - room if len(x) else 0.0
        south = float(y.min()) - room if len(y) else 0.0
        east = float(x.max()) if len(x) else 0.0
        return cls(west, south, int((east - west) / CELL_M) + 2 * MARGIN)

    def cell(self, x: Floats, y: Floats) -> Ints:
        """The number of the cell of each point."""
        column = ((x - self.west) / CELL_M).astype(np.int64)
        row = ((y - self.south) / CELL_M).astype(np.int64)
        return row * self.width + column

    def middle(self, cells: Ints) -> tuple[Floats, Floats]:
        """The middles of cells, in metres."""
        x = np.asarray(self.west + (cells % self.width + 0.5) * CELL_M, dtype=np.float64)
        y = np.asarray(self.south + (cells // self.width + 0.5) * CELL_M, dtype=np.float64)
        return x, y


@dataclass(frozen=True)
class Occupancy:
    """The occupied cells in rising order, and their rows: one a kind that was there.

    Rows of cell i are ``first[i]`` to ``first[i + 1]``. ``recent`` counts the episodes that
    began in the last 12 months.
    """

    frame: Frame
    cells: Ints
    first: Ints
    kinds: NDArray[np.uint16]
    words: NDArray[np.uint64]
    recent: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True)
class Ordinary:
    """What is ordinary in this city, to compare a place with.

    ``mixes`` has shape (regions, kinds): each kind's share of all active months in a square of
    1 km, drawn towards the city's; ``calendar`` shape (kinds, 37): the city's active months of a
    kind, running, 1 a month on average.
    """

    regions: Ints
    mixes: Floats
    calendar: Floats
    problem: NDArray[np.bool_]
    agency: Ints

    def region_of(self, cells: Ints, frame: Frame) -> Ints:
        """The row of ``mixes`` for each cell; a square without episodes takes the city's."""
        region = _region(cells, frame)
        at = np.searchsorted(self.regions, region)
        known = np.minimum(at, max(len(self.regions) - 1, 0))
        same = self.regions[known] == region if len(self.regions) else np.zeros(len(cells), bool)
        return np.where(same, known, len(self.regions)).astype(np.int64)


def occupy(frame: Frame, x: Floats, y: Floats, kind: Ints, month: Ints, kinds: int) -> Occupancy:
    """Set the months in which episodes began, shape (n,) each; months count from 0 to 35."""
    key = (frame.cell(x, y) * kinds + kind).astype(np.uint64)
    if len(key) and int(key.max()) < 1 << 32:
        key = key.astype(np.uint32)
    sorted_key, sorted_month = sorted_with(key, month.astype(np.uint8))
    n = len(sorted_key)
    cell = np.empty(n, dtype=np.int64)
    kind_of = np.empty(n, dtype=np.uint16)
    words = np.zeros(n, dtype=np.uint64)
    recent = np.zeros(n, dtype=np.uint16)
    rows = _set_months(sorted_key, sorted_month, kinds, cell, kind_of, words, recent)
    starts = np.ones(rows, dtype=bool)
    starts[1:] = cell[1:rows] != cell[: rows - 1] if rows else False
    at = np.flatnonzero(starts)
    return Occupancy(
        frame=frame,
        cells=cell[at],
        first=np.append(at, rows).astype(np.int64),
        kinds=kind_of[:rows].copy(),
        words=words[:rows].copy(),
        recent=recent[:rows].copy(),
    )


def what_is_ordinary(
    places: Occupancy, problem: NDArray[np.bool_], agency: Ints
) -> Ordinary:  # fmt: skip
    """The local mixes and the calendars of a city; ``problem`` and ``agency`` go by kind."""
    kinds = len(problem)
    regions, of_cell = np.unique(_region(places.cells, places.frame), return_inverse=True)
    mix, months = np.zeros((len(regions) + 1, kinds)), np.zeros((kinds, MONTHS))
    _margins(places.first, places.kinds, places.words, of_cell.astype(np.int64), mix, months)
    total = mix.sum()
    city = (mix.sum(axis=0) + 1 / kinds) / (total + 1)
    mixes = (mix + MIX_WEIGHT * city) / (mix.sum(axis=1, keepdims=True) + MIX_WEIGHT)
    usual = (months.sum(axis=0) + 1 / MONTHS) / (months.sum() + 1)
    smooth = months + CALENDAR_WEIGHT * usual
    smooth /= smooth.mean(axis=1, keepdims=True)
    calendar = np.concatenate([np.zeros((kinds, 1)), np.cumsum(smooth, axis=1)], axis=1)
    return Ordinary(regions, mixes, calendar, problem, agency)


def _region(cells: Ints, frame: Frame) -> Ints:
    across = frame.width // REGION_CELLS + 1
    column = (cells % frame.width) // REGION_CELLS
    return (cells // frame.width) // REGION_CELLS * across + column


@njit(cache=True, nogil=True)
def _set_months(key, month, kinds, cell, kind_of, words, recent):  # type: ignore[no-untyped-def]
    row = -1
    for i in range(len(key)):
        if i == 0 or key[i] != key[i - 1]:
            row += 1
            cell[row] = np.int64(key[i]) // kinds
            kind_of[row] = np.int64(key[i]) % kinds
        words[row] |= np.uint64(1) << np.uint64(month[i])
        if month[i] >= MONTHS - YEAR and recent[row] < 65535:
            recent[row] += 1
    return row + 1


@njit(cache=True, nogil=True)
def _margins(first, kinds, words, region, mix, months):  # type: ignore[no-untyped-def]
    for i in range(len(region)):
        for row in range(first[i], first[i + 1]):
            kind = kinds[row]
            mix[region[i], kind] += months_in(words[row])
            for b in range(MONTHS):
                if (words[row] >> np.uint64(b)) & np.uint64(1):
                    months[kind, b] += 1.0
