"""Judging the places of a plan among those that passed the same gate on the day it began.

A city's file and the office's own mirror are judged by this same code. Source: engine notes,
section 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.calendar_months import local_months
from wardroom.analysis.calibration_check import Trial, check
from wardroom.analysis.comparison_pool import (
    RING_M,
    Counts,
    Episodes,
    FollowedPlaces,
    comparison_places,
    count_at,
)
from wardroom.analysis.explaining import NearEpisodes, explain
from wardroom.analysis.folding import NEVER, Reports, fold_reports
from wardroom.analysis.judging import Verdict, judge
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.monitoring import Watch, watch
from wardroom.analysis.observed_city import Kinds, look_at
from wardroom.analysis.persistent_places import LIKELY, rank

NEAR_M = 100.0
RETURN_DAYS = 60
PRETENDED, REDRAWS = 600, 199
USUAL_RADIUS_M = float(RADII_M[1])
YEAR = 12
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class KnownCity:
    """What was known of a city at an instant: its reports in the order of `in_order`."""

    reports: Reports
    kinds: Kinds
    zone: str
    latest: int

    @classmethod
    def until(cls, reports: Reports, kinds: Kinds, *, zone: str, latest: int) -> KnownCity:
        """Leave out what came later; what was closed later was still open."""
        seen = reports.part(reports.opened <= latest)
        closed = np.where(seen.closed > latest, NEVER, seen.closed)
        known = Reports(seen.x, seen.y, seen.kind, seen.opened, closed)
        return cls(known, kinds, zone, latest)

    @property
    def begin_month(self) -> int:
        """The running number of the month of the first report."""
        return int(local_months(self.reports.opened[:1], self.zone)[0])

    @property
    def end_month(self) -> int:
        """The running number of the first month that is not over."""
        return months_over_at(self.latest, self.zone)

    @cached_property
    def episodes(self) -> Episodes:
        """All reports folded, with the month in which each episode began."""
        folded = fold_reports(self.reports, self.kinds.reach_m)
        month = local_months(self.reports.opened[folded.first_report], self.zone)
        return Episodes.of(self.reports, folded, month, as_of=self.latest)

    def gate_at(self, month: int) -> FollowedPlaces:
        """The places that passed the gate just before a month began."""
        month_of = partial(local_months, zone=self.zone)
        before = int(
            datetime(month // 12, month % 12 + 1, 1, tzinfo=ZoneInfo(self.zone)).timestamp()
        )
        then = look_at(self.reports, self.kinds, as_of=before - 1, month_of=month_of)
        ranking = rank(then)
        chosen = np.flatnonzero(ranking.q_value <= LIKELY)
        near = NearEpisodes.of(then, ranking.at[chosen])
        own = np.zeros((len(chosen), len(self.kinds)), dtype=bool)
        days = np.full(len(self.kinds), RETURN_DAYS, dtype=np.int64)
        for n, at in enumerate(ranking.at[chosen].tolist()):
            why = explain(then, ranking.evidence, near, at, days)
            own[n, [share.kind for share in why.kinds]] = True
        radius = np.array(RADII_M, dtype=np.float64)[ranking.disc[chosen]]
        return FollowedPlaces(ranking.x[chosen], ranking.y[chosen], radius, own)


@dataclass(frozen=True)
class Said:
    """What is said of some of a plan's places, of the ring around them, and what went before."""

    verdict: Verdict
    ring: Verdict
    before: int
    passed_gate: int


class JudgedPlan:
    """The places of a plan among all that passed the gate before its first month.

    ``acted`` are the plan's places. Where a radius is not a number or no kind is marked, the
    gate's own are taken. ``planned`` are points of others that have a plan, shape (n, 2).
    """

    def __init__(
        self,
        city: KnownCity,
        acted: FollowedPlaces,
        *,
        first: int,
        months: int,
        planned: Floats | None = None,
    ) -> None:
        self.city, self.first, self.months = city, first, months
        self.places, self.at, self.passed = with_acted(city, city.gate_at(first), acted)
        self.inside = self._counts(None)
        self.around = self._counts(RING_M)
        acted_on = np.zeros(len(self.places), dtype=bool)
        acted_on[self.at] = True
        others = _near(self.places, planned) & ~acted_on
        self.free = comparison_places(self.places, acted_on, planned=others)

    def said(self, mine: Sequence[int], *, seed: int) -> Said:
        """The verdict about some of the plan's places together."""
        some = self._marked(mine)
        taken = some | self.free
        return Said(
            verdict=judge(self.inside.part(taken), some[taken], seed=seed),
            ring=judge(self.around.part(taken), some[taken], seed=seed),
            before=int(self.inside.before[some].sum()),
            passed_gate=int(self.passed[list(mine)].sum()),
        )

    def said_by_lot(self, waves: Ints, groups: Ints, *, seed: int) -> Said:
        """The verdict where a lot chose, within groups, who came first; the others wait."""
        first = waves == 0
        here = [counts.part(self.at) for counts in (self.inside, self.around)]
        inside, ring = (judge(counts, first, seed=seed, drawn_in=groups) for counts in here)
        return Said(inside, ring, int(here[0].before[first].sum()), int(self.passed[first].sum()))

    def watched(self, mine: Sequence[int], *, seed: int) -> Watch | None:
        """The months so far beside those of places without a plan; None where there is none."""
        some = self._marked(mine)
        taken = some | self.free
        return watch(self.inside.part(taken), some[taken], seed=seed) if self.free.any() else None

    def watched_by_lot(self, waves: Ints, *, seed: int) -> Watch:
        """The same beside the places that a lot made wait."""
        return watch(self.inside.part(self.at), waves == 0, seed=seed)

    def rate_of_pretended(self, size: int, *, seed: int) -> float | None:
        """How often as many untreated places of this city would look as if a plan had helped."""
        rows = np.flatnonzero(self.free)
        p = self.places
        pool = FollowedPlaces(p.x[rows], p.y[rows], p.radius_m[rows], p.kinds[rows])
        trial = Trial(pool, self.inside.part(rows))
        made = check([trial], seed=seed, sizes=(size,), portfolios=PRETENDED, redraws=REDRAWS)
        return round(made[0].rate, 3) if made else None

    def _counts(self, ring_m: tuple[float, float] | None) -> Counts:
        return count_at(
            self.places,
            self.city.episodes,
            start=self.first,
            after_months=self.months,
            ring_m=ring_m,
        )

    def _marked(self, mine: Sequence[int]) -> Flags:
        some = np.zeros(len(self.places), dtype=bool)
        some[self.at[list(mine)]] = True
        return some


def with_acted(
    city: KnownCity, gate: FollowedPlaces, acted: FollowedPlaces
) -> tuple[FollowedPlaces, Ints, Flags]:
    """The gate's places and, after them, those of the plan that are none of these.

    Also where each of the plan's places stands, and whether it is one of the gate's.
    """
    n = len(acted)
    at, passed = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=bool)
    kinds, radii = gate.kinds.copy(), gate.radius_m.copy()
    added: list[int] = []
    for i in range(n):
        far = np.hypot(gate.x - acted.x[i], gate.y - acted.y[i])
        nearest = int(far.argmin()) if len(far) else -1
        passed[i] = nearest >= 0 and far[nearest] <= NEAR_M and nearest not in at[:i]
        if not passed[i]:
            at[i] = len(gate) + len(added)
            added.append(i)
            continue
        at[i] = nearest
        kinds[nearest] = acted.kinds[i] if acted.kinds[i].any() else kinds[nearest]
        radii[nearest] = radii[nearest] if np.isnan(acted.radius_m[i]) else acted.radius_m[i]
    more = acted.kinds[added]
    more = np.where(more.any(axis=1, keepdims=True), more, city.kinds.problem)
    radius = np.nan_to_num(acted.radius_m[added], nan=USUAL_RADIUS_M)
    places = FollowedPlaces(
        np.concatenate([gate.x, acted.x[added]]),
        np.concatenate([gate.y, acted.y[added]]),
        np.concatenate([radii, radius]),
        np.concatenate([kinds, more]),
    )
    return places, at, passed


def first_month_of(start: date) -> int:
    """The running number of the first whole month that begins on a day or after it."""
    return start.year * 12 + start.month - 1 + (start.day > 1)


def months_over_at(latest: int, zone: str) -> int:
    """The running number of the first month that is not over at an instant."""
    local = datetime.fromtimestamp(latest, tz=UTC).astimezone(ZoneInfo(zone))
    return local.year * 12 + local.month - 1 + ((local + timedelta(seconds=1)).month != local.month)


def _near(places: FollowedPlaces, points: Floats | None) -> Flags:
    near = np.zeros(len(places), dtype=bool)
    for x, y in points if points is not None else ():
        near |= np.hypot(places.x - x, places.y - y) <= NEAR_M
    return near
