"""The places that a plan is compared with, and what was counted at each before and after.

A comparison place passed the same gate on the same day, has no plan, and lies away from the
places that have one. At every place the same is counted: episodes of the kinds that explain
it, within its radius, in the same months before and after. Source: engine notes, section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from wardroom.analysis.folding import FoldedEpisodes, Reports

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DAY = 86_400
APART_M = 400.0
RING_M = (75.0, 250.0)
MOST_OPEN_DAYS = 100.0
YEAR = 12
FAINT = 1.0


@dataclass(frozen=True)
class FollowedPlaces:
    """The places that passed the gate: middles and radii in metres, shape (n,).

    ``kinds`` has shape (n, kinds) and is True for the kinds that explain a place.
    """

    x: Floats
    y: Floats
    radius_m: Floats
    kinds: Flags

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Episodes:
    """Folded episodes as columns, shape (episodes,).

    ``month`` is the running number of the calendar month of the first report; ``repeats`` are
    the reports after the first; ``open_days`` the days in which one could come, at most 100.
    """

    x: Floats
    y: Floats
    kind: Ints
    month: Ints
    repeats: Ints
    open_days: Floats

    @classmethod
    def of(
        cls, reports: Reports, episodes: FoldedEpisodes, month: Ints, *, as_of: int
    ) -> Episodes:  # fmt: skip
        """The episodes of reports that were folded; ``month`` goes by episode."""
        first = episodes.first_report
        days = (np.minimum(episodes.ended, as_of) - reports.opened[first]) / DAY
        return cls(
            x=reports.x[first],
            y=reports.y[first],
            kind=reports.kind[first].astype(np.int64),
            month=month,
            repeats=episodes.reports.astype(np.int64) - 1,
            open_days=np.clip(days, 0.0, MOST_OPEN_DAYS),
        )

    def part(self, chosen: NDArray[np.generic]) -> Episodes:
        """Some of the episodes."""
        return Episodes(
            self.x[chosen], self.y[chosen], self.kind[chosen], self.month[chosen],
            self.repeats[chosen], self.open_days[chosen],
        )  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """What was counted at n places.

    ``before`` has shape (n,): episodes in all months before. ``after`` has shape (n, months),
    and ``ordinary`` with it: what ``before`` would have become had each kind gone the city's
    way. ``repeats`` and ``open_days`` have shape (n, 2): before and after.
    """

    before: Ints
    after: Ints
    ordinary: Floats
    repeats: Ints
    open_days: Floats

    def __len__(self) -> int:
        return len(self.before)

    def part(self, chosen: NDArray[np.generic]) -> Counts:
        """Some of the places."""
        return Counts(
            self.before[chosen], self.after[chosen], self.ordinary[chosen],
            self.repeats[chosen], self.open_days[chosen],
        )  # fmt: skip


def comparison_places(
    places: FollowedPlaces,
    treated: Flags,
    *,
    planned: Flags | None = None,
    apart_m: float = APART_M,
) -> Flags:
    """Which places may be compared with, shape (n,): no plan, and none treated within reach.

    ``treated`` marks the places that are judged; ``planned`` others that have a plan too. Both
    keep the places around them out.
    """
    acted = treated if planned is None else treated | planned
    free = ~acted
    if acted.any() and free.any():
        tree = KDTree(np.column_stack([places.x[acted], places.y[acted]]))
        far, _ = tree.query(np.column_stack([places.x, places.y]))
        free &= np.asarray(far) > apart_m
    return free


def count_at(
    places: FollowedPlaces,
    episodes: Episodes,
    *,
    start: int,
    before_months: int = YEAR,
    after_months: int = YEAR,
    ring_m: tuple[float, float] | None = None,
) -> Counts:
    """Count at every place, within its radius or in a ring around its middle.

    ``start`` is the first month after; the months before end just there.
    """
    first, months = start - before_months, before_months + after_months
    seen = (episodes.month >= first) & (episodes.month < start + after_months)
    own: Flags = np.asarray(places.kinds.any(axis=0))
    near = episodes.part(seen & own[episodes.kind])
    kinds = places.kinds.shape[1]
    city = np.bincount(
        near.kind * months + near.month - first, minlength=kinds * months
    ).reshape(kinds, months)  # fmt: skip
    at, hit = _hits(places, near, ring_m)
    kind, month = near.kind[hit], near.month[hit] - first
    n = len(places)
    by_month = np.bincount(at * months + month, minlength=n * months).reshape(n, months)
    early = month < before_months
    by_kind = np.bincount(at[early] * kinds + kind[early], minlength=n * kinds)
    late = np.where(early, 0, 1)
    return Counts(
        before=by_month[:, :before_months].sum(axis=1),
        after=by_month[:, before_months:],
        ordinary=by_kind.reshape(n, kinds) @ _course(city, before_months),
        repeats=np.bincount(at * 2 + late, weights=near.repeats[hit], minlength=2 * n)
        .reshape(n, 2)
        .astype(np.int64),
        open_days=np.bincount(at * 2 + late, weights=near.open_days[hit], minlength=2 * n)
        .reshape(n, 2)
        .astype(np.float64),
    )


def _hits(
    places: FollowedPlaces, episodes: Episodes, ring_m: tuple[float, float] | None
) -> tuple[Ints, Ints]:
    """Which episodes count at which places, as pairs of numbers."""
    none = np.empty(0, dtype=np.int64)
    if not len(places) or not len(episodes.x):
        return none, none
    inner = np.full(len(places), -1.0) if ring_m is None else np.full(len(places), ring_m[0])
    outer = places.radius_m if ring_m is None else np.full(len(places), ring_m[1])
    tree = KDTree(np.column_stack([episodes.x, episodes.y]))
    found = tree.query_ball_point(np.column_stack([places.x, places.y]), outer)
    lists = [np.array(f, dtype=np.int64) for f in found]
    at = np.repeat(np.arange(len(places)), [len(f) for f in lists])
    hit = np.concatenate(lists)
    far = np.hypot(episodes.x[hit] - places.x[at], episodes.y[hit] - places.y[at])
    counts = places.kinds[at, episodes.kind[hit]] & (far > inner[at])
    return at[counts], hit[counts]


def _course(city: Ints, before_months: int) -> Floats:
    """What one episode before is worth in each month after, by kind; shape (kinds, months)."""
    usual = city[:, :before_months].sum(axis=1, keepdims=True)
    every = city.sum(axis=0)
    share = (every[before_months:] + FAINT) / (every[:before_months].sum() + FAINT * before_months)
    weight = FAINT * before_months
    course: Floats = (city[:, before_months:] + weight * share) / (usual + weight)
    return course
