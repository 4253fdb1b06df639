"""What others do with the same reports: each gives points and values, and its list is made alike.

All look at trouble only, not at services that people order, and all but the last by kind of
trouble. Each is given raw reports and folded episodes, of 12 and of 24 months; what counts is
the best that it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from wardroom.analysis.occupancy import Frame

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEAST_SURE = 0.05
CLUSTER = 8
PERMUTATIONS = 999


@dataclass(frozen=True)
class Points:
    """Reports or episodes of trouble, shape (n,): metres and kind."""

    x: Floats
    y: Floats
    kind: Ints


@dataclass(frozen=True)
class Counted:
    """How many there are in each 25 m cell and kind; ``occupied`` are all cells with any."""

    frame: Frame
    cell: Ints
    kind: Ints
    number: Ints
    occupied: Ints

    @classmethod
    def of(cls, points: Points) -> Counted:
        """Count them."""
        frame = Frame.around(points.x, points.y)
        kinds = int(points.kind.max()) + 1
        key = frame.cell(points.x, points.y) * kinds + points.kind
        found, number = np.unique(key, return_counts=True)
        cell = found // kinds
        return cls(frame, cell, found % kinds, number, np.unique(cell))

    def best_of_cells(self, value: Floats) -> tuple[Floats, Floats, Floats, Ints]:
        """The middle of each cell, the highest value of its kinds, and which kind that is."""
        order = np.lexsort((-value, self.cell))
        first = np.ones(len(order), dtype=bool)
        first[1:] = self.cell[order][1:] != self.cell[order][:-1]
        chosen = order[first]
        x, y = self.frame.middle(self.cell[chosen])
        return x, y, value[chosen], self.kind[chosen]


Values = tuple[Floats, Floats, Floats, Ints]


def counts(points: Points) -> Values:
    """The most of one kind."""
    counted = Counted.of(points)
    return counted.best_of_cells(counted.number.astype(np.float64))


def empirical_bayes(points: Points) -> Values:
    """By how much a cell is surely over its kind's mean: 5 % bound of a Gamma-Poisson rate."""
    counted = Counted.of(points)
    cells = len(counted.occupied)
    total = np.bincount(counted.kind, weights=counted.number)
    squares = np.bincount(counted.kind, weights=counted.number.astype(np.float64) ** 2)
    mean = np.maximum(total / cells, 1e-9)
    over = np.maximum(squares / cells - mean**2 - mean, 0.01 * mean**2)
    shape, rate = mean**2 / over, mean / over
    pairs, back = np.unique(
        counted.kind * (counted.number.max() + 1) + counted.number, return_inverse=True
    )
    kind, number = np.divmod(pairs, counted.number.max() + 1)
    bound = gamma.ppf(LEAST_SURE, shape[kind] + number) / (rate[kind] + 1) / mean[kind]
    return counted.best_of_cells(bound[back])


def gi_star(points: Points) -> Values:
    """Getis and Ord's Gi* of each cell with its eight neighbours, in closed form, by kind."""
    counted = Counted.of(points)
    n, width = len(counted.occupied), counted.frame.width
    kinds = int(counted.kind.max()) + 1
    key = counted.cell * kinds + counted.kind
    total = np.zeros(len(key))
    neighbours = np.zeros(len(key))
    for step in (r * width + c for r in (-1, 0, 1) for c in (-1, 0, 1)):
        at, there = _sought(key, key + step * kinds)
        total += np.where(there, counted.number[at], 0)
        neighbours += _sought(counted.occupied, counted.cell + step)[1]
    mean = np.bincount(counted.kind, weights=counted.number, minlength=kinds) / n
    squares = np.bincount(counted.kind, weights=counted.number.astype(float) ** 2, minlength=kinds)
    spread = np.sqrt(np.maximum(squares / n - mean**2, 1e-12))
    under = spread[counted.kind] * np.sqrt((n * neighbours - neighbours**2) / (n - 1))
    z = (total - mean[counted.kind] * neighbours) / np.maximum(under, 1e-9)
    return counted.best_of_cells(z)


def hdbscan(points: Points) -> Values:
    """Clusters of each kind by scikit-learn's HDBSCAN; the tighter and larger, the higher."""
    from sklearn.cluster import HDBSCAN

    parts: list[tuple[float, float, float, int]] = []
    for kind in np.unique(points.kind).tolist():
        mine = np.flatnonzero(points.kind == kind)
        if len(mine) < 2 * CLUSTER:
            continue
        xy = np.column_stack([points.x[mine], points.y[mine]])
        finder = HDBSCAN(
            min_cluster_size=CLUSTER, cluster_selection_method="leaf", algorithm="kd_tree",
            copy=True,
        )  # fmt: skip
        label = finder.fit(xy).labels_
        for number in range(int(label.max()) + 1):
            own = xy[label == number]
            middle = np.median(own, axis=0)
            radius = float(np.median(np.hypot(*(own - middle).T)))
            parts.append((*middle, len(own) / (radius + 20.0), kind))
    x, y, value, kind_of = (np.array(c) for c in zip(*parts, strict=True))
    return x, y, value, kind_of.astype(np.int64)


def permuted_g(points: Points, *, cell_m: float, reach_m: float) -> Values:
    """esda's G_Local* with 999 permutations, all kinds together, as it is used."""
    import warnings

    from esda import G_Local
    from libpysal.weights import DistanceBand

    column, row = (points.x // cell_m).astype(np.int64), (points.y // cell_m).astype(np.int64)
    key, number = np.unique(row * (1 << 20) + column, return_counts=True)
    x, y = (key % (1 << 20) + 0.5) * cell_m, (key // (1 << 20) + 0.5) * cell_m
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near: Any = DistanceBand(
            np.column_stack([x, y]), reach_m, binary=True, silence_warnings=True
        )
        found: Any = G_Local(
            number.astype(np.float64), near, transform="B", permutations=PERMUTATIONS,
            star=True, n_jobs=1, seed=1,
        )  # fmt: skip
    value = np.nan_to_num(np.asarray(found.z_sim, dtype=np.float64))
    return x, y, value, np.zeros(len(x), dtype=np.int64)


PEERS: dict[str, Callable[[Points], Values]] = {
    "count per cell and kind": counts,
    "empirical Bayes per cell and kind": empirical_bayes,
    "Gi* by kind, analytic": gi_star,
    "HDBSCAN by kind": hdbscan,
}


def _sought(sorted_keys: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each wanted key stands, and whether it is there at all."""
    at = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
    return at, sorted_keys[at] == wanted
