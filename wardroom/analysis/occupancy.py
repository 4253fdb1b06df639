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
from wardroom.analysis.sorting import sorted_in_place

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

    def cell_of(self, x: Floats, y: Floats, chosen: Ints) -> Ints:
        """The number of the cell of each of some points."""
        cell = np.empty(len(chosen), dtype=np.int64)
        _fill_cells(x, y, chosen, self.west, self.south, self.width, cell)
        return cell

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


def occupy(
    frame: Frame, cell: Ints, kind: NDArray[np.int16], month: NDArray[np.int16], kinds: int
) -> Occupancy:
    """Set the months in which episodes began, shape (n,) each.

    Months count from 0 to 35; what began before, in a negative month, is left out.
    """
    small = (int(cell.max(initial=0)) + 1) * kinds < 1 << 32
    key: NDArray[np.unsignedinteger]
    key = np.empty(len(cell), dtype=np.uint32 if small else np.uint64)
    when = np.empty(len(cell), dtype=np.uint8)
    n = _fill_keys(cell, kind, month, kinds, key, when)
    sorted_key, sorted_when = sorted_in_place(key[:n], when[:n])
    first, cells, kind_of, words, recent = _set_months(sorted_key, sorted_when, kinds)
    return Occupancy(frame, cells, first, kind_of, words, recent)


def what_is_ordinary(
    places: Occupancy, problem: NDArray[np.bool_], agency: Ints
) -> Ordinary:  # fmt: skip
    """The local mixes and the calendars of a city; ``problem`` and ``agency`` go by kind."""
    kinds = len(problem)
    regions, of_cell = np.unique(_region(places.cells, places.frame), return_inverse=True)
    mix, months = np.zeros((len(regions) + 1, kinds)), np.zeros((kinds, MONTHS))
    _margins(places.first, places.kinds, places.words, of_cell.astype(np.int64), mix, months)
    total = mix.sum()
    city = (mix.sum(axis=0) + 1 / max(kinds, 1)) / (total + 1)
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


@njit(cache=True, nogil=True, error_model="numpy")
def _fill_cells(x, y, chosen, west, south, width, cell):  # type: ignore[no-untyped-def]
    for i in range(len(chosen)):
        at = chosen[i]
        column, row = np.int64((x[at] - west) / CELL_M), np.int64((y[at] - south) / CELL_M)
        cell[i] = row * width + column


@njit(cache=True, nogil=True, error_model="numpy")
def _fill_keys(cell, kind, month, kinds, key, when):  # type: ignore[no-untyped-def]
    n = 0
    for i in range(len(cell)):
        if month[i] >= 0:
            key[n], when[n] = cell[i] * kinds + kind[i], month[i]
            n += 1
    return n


@njit(cache=True, nogil=True, error_model="numpy")
def _set_months(key, when, kinds):  # type: ignore[no-untyped-def]
    """One row for each cell and kind, with its months; and where the rows of each cell begin."""
    rows, many = 0, 0
    for i in range(len(key)):
        if i == 0 or key[i] != key[i - 1]:
            rows += 1
            many += i == 0 or key[i] // kinds != key[i - 1] // kinds
    first, cells = np.empty(many + 1, dtype=np.int64), np.empty(many, dtype=np.int64)
    kind_of, words = np.empty(rows, dtype=np.uint16), np.zeros(rows, dtype=np.uint64)
    recent = np.zeros(rows, dtype=np.uint16)
    row, at = -1, -1
    for i in range(len(key)):
        if i == 0 or key[i] != key[i - 1]:
            row += 1
            cell = np.int64(key[i]) // kinds
            kind_of[row] = np.int64(key[i]) - cell * kinds
            if at < 0 or cell != cells[at]:
                at += 1
                cells[at], first[at] = cell, row
        words[row] |= np.uint64(1) << np.uint64(when[i])
        if when[i] >= MONTHS - YEAR and recent[row] < 65535:
            recent[row] += 1
    first[many] = rows
    return first, cells, kind_of, words, recent


@njit(cache=True, nogil=True, error_model="numpy")
def _margins(first, kinds, words, region, mix, months):  # type: ignore[no-untyped-def]
    for i in range(len(region)):
        for row in range(first[i], first[i + 1]):
            kind = kinds[row]
            mix[region[i], kind] += months_in(words[row])
            for b in range(MONTHS):
                if (words[row] >> np.uint64(b)) & np.uint64(1):
                    months[kind, b] += 1.0
