"""Which district is a point in? Exact, for one point or for millions.

A grid over all districts answers most points at once: a cell that no border crosses lies
wholly in one district or in none. In the other cells a point is tested against the few
border edges in its own row of cells, by counting crossings to its right. Every edge is
kept with its lower end first, so that a border shared by two districts gives the same
answer from both sides: a point belongs to exactly one of them. Where districts overlap, the
first in the list wins. Source of the method: field's engine notes, section 3b.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import get_coordinates, get_parts, get_rings
from shapely.geometry.base import BaseGeometry

FEW = 64
CELLS_WIDE = 400

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Edges:
    """Border edges, lower end first, and the number of the district each belongs to."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    owner: Ints


@dataclass(frozen=True)
class DistrictIndex:
    """A set of districts, ready to say which one each point is in."""

    edges: Edges
    count: int

    @classmethod
    def build(cls, geometries: Sequence[BaseGeometry]) -> DistrictIndex:
        """Prepare districts, given as areas in degrees, in the order of their numbers."""
        rings = [_edges_of(shape, owner) for owner, shape in enumerate(geometries)]
        joined = np.concatenate(rings) if rings else np.empty((0, 5))
        return cls(
            edges=Edges(
                x1=np.ascontiguousarray(joined[:, 0]),
                y1=np.ascontiguousarray(joined[:, 1]),
                x2=np.ascontiguousarray(joined[:, 2]),
                y2=np.ascontiguousarray(joined[:, 3]),
                owner=joined[:, 4].astype(np.int64),
            ),
            count=len(geometries),
        )

    def locate(self, lon: Floats, lat: Floats) -> NDArray[np.int32]:
        """The number of the district each point is in, -1 for none.

        ``lon`` and ``lat`` have shape (n,) in degrees; NaN is in none. Returns shape (n,).
        """
        lon = np.ascontiguousarray(lon, dtype=np.float64)
        lat = np.ascontiguousarray(lat, dtype=np.float64)
        if not len(lon) or not len(self.edges.x1):
            return np.full(len(lon), -1, dtype=np.int32)
        if len(lon) <= FEW:
            return self._locate_few(lon, lat)
        found: NDArray[np.int32] = self._grid.locate(lon, lat)
        return found

    def _locate_few(self, lon: Floats, lat: Floats) -> NDArray[np.int32]:
        e = self.edges
        found = np.full(len(lon), -1, dtype=np.int32)
        for i, (x, y) in enumerate(zip(lon, lat, strict=True)):
            spans = np.flatnonzero((e.y1 <= y) & (y < e.y2))
            cross = e.x1[spans] + (y - e.y1[spans]) * (e.x2[spans] - e.x1[spans]) / (
                e.y2[spans] - e.y1[spans]
            )
            owners = e.owner[spans[x < cross]]
            inside = np.flatnonzero(np.bincount(owners, minlength=self.count) % 2)
            if len(inside):
                found[i] = inside[0]
        return found

    @cached_property
    def _grid(self) -> Any:
        from wardroom.analysis import district_grid

        return district_grid.build(self.edges, self.count, CELLS_WIDE)


def _edges_of(shape: BaseGeometry, owner: int) -> Floats:
    made = []
    for ring in get_rings(get_parts(shape)):
        points = get_coordinates(ring)
        edges = np.column_stack([points[:-1], points[1:]])
        upside_down = edges[:, 1] > edges[:, 3]
        edges[upside_down] = edges[upside_down][:, [2, 3, 0, 1]]
        made.append(np.column_stack([edges, np.full(len(edges), owner)]))
    return np.concatenate(made) if made else np.empty((0, 5))
