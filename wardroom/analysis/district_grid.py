"""The grid behind `point_in_polygon`: compiled, and imported only for many points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wardroom.analysis.point_in_polygon import Edges

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MIXED = -2
SLACK = 1e-9


def _compiled(function: Any) -> Any:
    """The compiled function, kept on disk where some folder can be written to."""
    try:
        return njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return njit(nogil=True)(function)


@dataclass(frozen=True)
class Grid:
    """Cells with their answer, or, where a border crosses, the districts to test."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int
    answer: NDArray[np.int32]
    first_candidate: Ints
    candidates: NDArray[np.int32]
    first_edge: Ints
    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats

    def locate(self, lon: Floats, lat: Floats) -> NDArray[np.int32]:
        """The number of the district each point is in, -1 for none."""
        found = np.empty(len(lon), dtype=np.int32)
        _locate(
            lon, lat, found, self.west, self.south, self.width, self.height, self.columns,
            self.rows, self.answer, self.first_candidate, self.candidates, self.first_edge,
            self.x1, self.y1, self.x2, self.y2,
        )  # fmt: skip
        return found


def build(edges: Edges, count: int, cells_wide: int) -> Grid:
    """Lay the grid over the districts: about ``cells_wide`` square cells from west to east."""
    low_x, high_x = np.minimum(edges.x1, edges.x2), np.maximum(edges.x1, edges.x2)
    west, east = low_x.min() - SLACK, high_x.max() + SLACK
    south, north = edges.y1.min() - SLACK, edges.y2.max() + SLACK
    columns = rows = cells_wide
    width, height = (east - west) / columns, (north - south) / rows
    low_row = np.clip((edges.y1 - SLACK - south) / height, 0, rows - 1).astype(np.int64)
    high_row = np.clip((edges.y2 + SLACK - south) / height, 0, rows - 1).astype(np.int64)
    spans = high_row - low_row + 1
    edge = np.repeat(np.arange(len(spans)), spans)
    row = low_row[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(spans) - spans, spans)
    key = edges.owner[edge] * rows + row
    order = np.argsort(key, kind="stable")
    edge, row, key = edge[order], row[order], key[order]
    first_edge = np.searchsorted(key, np.arange(count * rows + 1))
    x1, y1, x2, y2 = (a[edge] for a in (edges.x1, edges.y1, edges.x2, edges.y2))
    touched = _touched(x1, y1, x2, y2, edges.owner[edge], row, west, south, width, height, columns)
    boxes = np.full((count, 4), np.inf)
    boxes[:, 2:] = -np.inf
    np.minimum.at(boxes[:, 0], edges.owner, low_x)
    np.minimum.at(boxes[:, 1], edges.owner, edges.y1)
    np.maximum.at(boxes[:, 2], edges.owner, high_x)
    np.maximum.at(boxes[:, 3], edges.owner, edges.y2)
    answer, first, candidates = _fill(
        touched, boxes, count, west, south, width, height, columns, rows, first_edge,
        x1, y1, x2, y2,
    )  # fmt: skip
    return Grid(
        west, south, width, height, columns, rows, answer, first, candidates, first_edge,
        x1, y1, x2, y2,
    )  # fmt: skip


def _touched(
    x1: Floats, y1: Floats, x2: Floats, y2: Floats, owner: Ints, row: Ints,
    west: float, south: float, width: float, height: float, columns: int,
) -> Ints:  # fmt: skip
    """Cells that an edge may touch, as sorted unique cell * 2^20 + district."""
    low, high = south + row * height - SLACK, south + (row + 1) * height + SLACK
    level = y1 == y2
    slope = (x2 - x1) / np.where(level, 1.0, y2 - y1)
    at_low = x1 + (np.clip(low, y1, y2) - y1) * slope
    at_high = np.where(level, x2, x1 + (np.clip(high, y1, y2) - y1) * slope)
    left = (np.minimum(at_low, at_high) - SLACK - west) / width
    right = (np.maximum(at_low, at_high) + SLACK - west) / width
    first = np.clip(left, 0, columns - 1).astype(np.int64)
    last = np.clip(right, 0, columns - 1).astype(np.int64)
    spans = last - first + 1
    each = np.repeat(np.arange(len(spans)), spans)
    column = first[each] + np.arange(len(each)) - np.repeat(np.cumsum(spans) - spans, spans)
    return np.unique(((row[each] * columns + column) << 20) | owner[each])


@_compiled
def _inside(x, y, district, row, rows, first_edge, x1, y1, x2, y2):  # type: ignore[no-untyped-def]
    odd = False
    for e in range(first_edge[district * rows + row], first_edge[district * rows + row + 1]):
        if y1[e] <= y < y2[e] and x < x1[e] + (y - y1[e]) * (x2[e] - x1[e]) / (y2[e] - y1[e]):
            odd = not odd
    return odd


@_compiled
def _fill(  # type: ignore[no-untyped-def]
    touched, boxes, count, west, south, width, height, columns, rows, first_edge, x1, y1, x2, y2
):
    answer = np.full(rows * columns, -1, dtype=np.int32)
    first = np.zeros(rows * columns + 1, dtype=np.int64)
    candidates = np.empty(len(touched) * 2 + rows * columns, dtype=np.int32)
    used = 0
    at = 0
    for row in range(rows):
        y = south + (row + 0.5) * height
        for column in range(columns):
            cell = row * columns + column
            x = west + (column + 0.5) * width
            first[cell] = used
            start = at
            while at < len(touched) and touched[at] >> 20 == cell:
                at += 1
            crossed = at > start
            nearest = start
            for d in range(count):
                is_touched = False
                while nearest < at and (touched[nearest] & 0xFFFFF) < d:
                    nearest += 1
                if nearest < at and (touched[nearest] & 0xFFFFF) == d:
                    is_touched = True
                if not is_touched:
                    if x < boxes[d, 0] or y < boxes[d, 1] or x > boxes[d, 2] or y > boxes[d, 3]:
                        continue
                    if not _inside(x, y, d, row, rows, first_edge, x1, y1, x2, y2):
                        continue
                if crossed:
                    if used >= len(candidates):
                        candidates = np.append(candidates, np.empty_like(candidates))
                    candidates[used] = d
                    used += 1
                else:
                    answer[cell] = d
                    break
            if crossed:
                answer[cell] = MIXED
    first[rows * columns] = used
    return answer, first, candidates[:used].copy()


@_compiled
def _locate(  # type: ignore[no-untyped-def]
    lon, lat, found, west, south, width, height, columns, rows, answer, first_candidate,
    candidates, first_edge, x1, y1, x2, y2,
):  # fmt: skip
    for i in range(len(lon)):
        x, y = lon[i], lat[i]
        found[i] = -1
        column, row = (x - west) / width, (y - south) / height
        if not (column >= 0 and row >= 0 and column < columns and row < rows):
            continue
        cell = int(row) * columns + int(column)
        if answer[cell] != MIXED:
            found[i] = answer[cell]
            continue
        for c in range(first_candidate[cell], first_candidate[cell + 1]):
            if _inside(x, y, candidates[c], int(row), rows, first_edge, x1, y1, x2, y2):
                found[i] = candidates[c]
                break
