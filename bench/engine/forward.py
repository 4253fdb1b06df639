"""What came true: lists made at month 24, looked at in the months 25 to 36, without any truth.

A list names places and kinds. What it is worth is how many episodes of these kinds began at
these places in the year after, over what would have been ordinary there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from bench.engine.city import MONTHS
from bench.engine.judged_city import JudgedCity
from bench.engine.peers import counts
from bench.engine.scoring import best_first
from wardroom.analysis import observed_city
from wardroom.analysis.explaining import NearEpisodes, explain
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.persistent_places import rank

Floats = NDArray[np.float64]
LISTED_AT, TOP, QUIET = 24, 100, 3.0
PEER_RADIUS_M = 35.0


@dataclass(frozen=True)
class Listed:
    """One place of a list: where, how wide, and which kinds are its trouble."""

    x: float
    y: float
    radius_m: float
    kinds: tuple[int, ...]


@dataclass(frozen=True)
class Came:
    """What came in the year after, and what would have been ordinary."""

    episodes: float
    expected: float

    @property
    def excess(self) -> float:
        """What the list was worth."""
        return self.episodes - self.expected


def came_true(judged: JudgedCity, after: observed_city.City) -> dict[str, Came]:
    """The worth of the engine's list and of counts, folded and raw; ``after`` is month 36."""
    then = judged.looked_at(LISTED_AT)
    lists = {
        "the engine": _by_the_engine(then),
        "folded counts": _by_counts(judged, then, folded=True),
        "raw counts": _by_counts(judged, then, folded=False),
    }
    return {name: _worth(listed, then, after) for name, listed in lists.items()}


def _by_the_engine(then: observed_city.City) -> list[Listed]:
    ranking = rank(then)
    at = ranking.at[:TOP]
    near, days = NearEpisodes.of(then, at), np.full(len(then.kinds), 60, dtype=np.int64)
    found = []
    for n, cell in enumerate(at.tolist()):
        kinds = explain(then, ranking.evidence, near, cell, days).kinds
        radius = float(RADII_M[int(ranking.disc[n])])
        x, y = float(ranking.x[n]), float(ranking.y[n])
        found.append(Listed(x, y, radius, tuple(k.kind for k in kinds)))
    return found


def _by_counts(judged: JudgedCity, then: observed_city.City, *, folded: bool) -> list[Listed]:
    x, y, value, kind = counts(judged.trouble(then, months=12, folded=folded))
    return [
        Listed(float(x[n]), float(y[n]), PEER_RADIUS_M, (int(kind[n]),))
        for n in best_first(x, y, value)[:TOP]
    ]


def _worth(listed: list[Listed], then: observed_city.City, after: observed_city.City) -> Came:
    first = after.episodes.first_report
    x, y = after.reports.x[first], after.reports.y[first]
    kind, month = after.reports.kind[first], after.month
    tree = cKDTree(np.column_stack([x, y]))
    kinds = len(after.kinds)
    before_all = np.bincount(kind[month < LISTED_AT], minlength=kinds) / LISTED_AT
    after_all = np.bincount(kind[month >= LISTED_AT], minlength=kinds) / (MONTHS - LISTED_AT)
    course = after_all / np.maximum(before_all, 1e-9)
    came = expected = 0.0
    for place in listed:
        near = np.array(tree.query_ball_point([place.x, place.y], place.radius_m), dtype=np.int64)
        mine = np.isin(kind[near], place.kinds)
        early = month[near] < LISTED_AT
        came += float((mine & ~early).sum())
        share = _mix(then, place)[list(place.kinds)]
        other = float((early & ~mine).sum()) + QUIET
        lively = other / max(1.0 - float(share.sum()), 0.05) / LISTED_AT
        expected += lively * float((share * course[list(place.kinds)]).sum()) * (MONTHS - LISTED_AT)
    return Came(came, expected)


def _mix(then: observed_city.City, place: Listed) -> Floats:
    cell = then.places.frame.cell(np.array([place.x]), np.array([place.y]))
    share: Floats = then.ordinary.mixes[then.ordinary.region_of(cell, then.places.frame)[0]]
    return share
