"""How good a list of places is, where it is known which places have lasting trouble.

Planted sites that are still active at the end of the data are the truth. Those that ended
within the last year are ignored; those that ended earlier count as nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.engine.city import DAYS, Sites
from wardroom.analysis.location_scan import apart_in_order

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SUPPRESSED_M, MATCHED_M, FALSE_BEYOND_M = 100.0, 75.0, 100.0
YEAR = 365.0
TOP = 100


@dataclass(frozen=True)
class Score:
    """A list against the truth; ``at_length`` is the recall of a list as long as the truth."""

    truth: int
    average_precision: float
    precision_at_100: float
    at_length: float


def best_first(x: Floats, y: Floats, value: Floats) -> Ints:
    """The places in falling order of ``value``, without those within 100 m of a better one."""
    order = np.argsort(-value, kind="stable")
    return apart_in_order(order, x, y, metres=SUPPRESSED_M)


def score_of(x: Floats, y: Floats, sites: Sites) -> Score:
    """The score of a list, best first, in metres."""
    hits = _hits(x, y, sites)
    active = int((sites.ended >= DAYS).sum())
    found = np.cumsum(hits)
    precision = found / np.arange(1, len(hits) + 1)
    return Score(
        truth=active,
        average_precision=float((precision * hits).sum() / max(active, 1)),
        precision_at_100=float(hits[:TOP].sum() / TOP),
        at_length=float(hits[:active].sum() / max(active, 1)),
    )


def false_share(x: Floats, y: Floats, sites: Sites) -> float:
    """Which part of the flagged places has no planted site within 100 m, whenever it ended."""
    if not len(x):
        return 0.0
    if not len(sites.x):
        return 1.0
    gap, _ = cKDTree(np.column_stack([sites.x, sites.y])).query(np.column_stack([x, y]))
    return float(np.mean(np.asarray(gap) > FALSE_BEYOND_M))


def _hits(x: Floats, y: Floats, sites: Sites) -> NDArray[np.bool_]:
    """Down the list: whether each finds a site that no better one has found; without ignored."""
    active = sites.ended >= DAYS
    ignored = ~active & (sites.ended >= DAYS - YEAR)
    free = active.copy()
    tree = cKDTree(np.column_stack([sites.x, sites.y]))
    points = np.column_stack([x, y])
    hits = []
    around: list[list[int]] = list(tree.query_ball_point(points, MATCHED_M))  # type: ignore[arg-type]
    for point, near in zip(points, around, strict=True):
        sought = [n for n in near if free[n]]
        if sought:
            nearest = min(sought, key=lambda n: _distance(sites, n, point))
            free[nearest] = False
        elif any(ignored[n] for n in near):
            continue
        hits.append(bool(sought))
    return np.array(hits, dtype=bool)


def _distance(sites: Sites, n: int, point: Floats) -> float:
    return float(np.hypot(sites.x[n] - point[0], sites.y[n] - point[1]))
