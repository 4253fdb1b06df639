"""Judging plans from a city's file: what came of the places where something was done."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from math import isfinite
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.calendar_months import local_months
from wardroom.analysis.calibration_check import Trial, check
from wardroom.analysis.comparison_pool import (
    RING_M,
    Episodes,
    FollowedPlaces,
    comparison_places,
    count_at,
)
from wardroom.analysis.explaining import NearEpisodes, explain
from wardroom.analysis.folding import NEVER, Reports, fold_reports
from wardroom.analysis.judging import Verdict, judge
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.observed_city import look_at
from wardroom.analysis.persistent_places import LIKELY, rank
from wardroom.analysis.verdict_words import sentence_for
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways.request_files import RequestFile

NEAR_M = 100.0
RETURN_DAYS = 60
PRETENDED, REDRAWS = 600, 199
LEAST_RADIUS, MOST_RADIUS = 10.0, 500.0
ALL = "all"
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Site:
    """One place where something was done: its point in degrees and the day it began.

    ``kinds`` and ``radius_m`` are empty where the scan's own shall be taken.
    """

    id: str
    plan: str
    lon: float
    lat: float
    start: date
    kinds: tuple[str, ...]
    radius_m: float | None


@dataclass(frozen=True)
class Assessed:
    """The verdict about one site, or about all sites of a plan together."""

    plan: str
    site: str
    start: str
    months: int
    sites: int
    passed_gate: int
    compared: int
    kinds: str
    before: int
    after: int
    expected: float
    effect: float
    low: float
    high: str
    p_value: float
    verdict: str
    more_places: int | None
    more_months: int | None
    ring_effect: float | None
    ring_low: float | None
    ring_high: float | None
    a_a_rate: float | None
    sentence: str


def read_sites(path: Path) -> list[Site]:
    """The sites of a file, in its order.

    Refuses: a file that is missing or no table, a missing column, a value that cannot be read.
    """
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="sites")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error):
        raise Refused("not_a_table", f"{path.name} is not a CSV of sites.", field="sites") from None
    absent = next((c for c in ("id", "lon", "lat", "start") if not rows or c not in rows[0]), None)
    if absent is not None:
        raise Refused(
            "no_column",
            f"{path.name} has no column {absent}. It needs id, lon, lat and start; plan, kinds and"
            " radius_m may be there.",
            field="sites",
        )
    return [_site(row, f"{path.name}, line {line}") for line, row in enumerate(rows, start=2)]


def assess_file(
    file: RequestFile, sites: Sequence[Site], *, as_of: int | None, months: int, seed: int
) -> Iterator[Assessed]:
    """The verdicts: for each plan and first month its sites together, then each of them alone.

    A plan is judged over its first ``months`` whole months, or as many as there are.
    Refuses: a site whose first whole month is not over in the data, or that has less than a
    year of data before it.
    """
    latest = int(file.reports.opened[-1]) if as_of is None else as_of
    known = _known_until(file.reports, latest)
    plans: dict[tuple[str, int], list[Site]] = {}
    for site in sites:
        first = site.start.year * 12 + site.start.month - 1 + (site.start.day > 1)
        plans.setdefault((site.plan, first), []).append(site)
    end = _whole_months_until(latest, file.zone)
    begin = int(local_months(known.opened[:1], file.zone)[0])
    for (_, first), mine in plans.items():
        _check_span(mine[0], first, begin, end)
    for (plan, first), mine in plans.items():
        yield from _Plan(file, known, latest, mine, first, min(months, end - first)).verdicts(
            plan, seed
        )


class _Plan:
    """The sites of one plan and first month among the places that passed the gate then."""

    def __init__(
        self,
        file: RequestFile,
        known: Reports,
        latest: int,
        sites: list[Site],
        first: int,
        months: int,
    ) -> None:
        self.file, self.sites, self.first, self.months = file, sites, first, months
        self.number = {name: n for n, name in enumerate(file.kinds.names)}
        month_of = partial(local_months, zone=file.zone)
        then = look_at(
            known, file.kinds.kinds, as_of=_begin_of(first, file.zone) - 1, month_of=month_of
        )
        ranking = rank(then)
        chosen = np.flatnonzero(ranking.q_value <= LIKELY)
        near = NearEpisodes.of(then, ranking.at[chosen])
        own = np.zeros((len(chosen), len(file.kinds.names)), dtype=bool)
        days = np.full(len(file.kinds.names), RETURN_DAYS, dtype=np.int64)
        for n, at in enumerate(ranking.at[chosen].tolist()):
            why = explain(then, ranking.evidence, near, at, days)
            own[n, [share.kind for share in why.kinds]] = True
        radius = np.array(RADII_M, dtype=np.float64)[ranking.disc[chosen]]
        self.gate = FollowedPlaces(ranking.x[chosen], ranking.y[chosen], radius, own)
        self.places, self.at, self.passed = self._with_sites()
        folded = fold_reports(known, file.kinds.kinds.reach_m)
        month = month_of(known.opened[folded.first_report])
        self.episodes = Episodes.of(known, folded, month, as_of=latest)

    def verdicts(self, plan: str, seed: int) -> Iterator[Assessed]:
        """All sites together where there are several, then each alone."""
        inside = count_at(self.places, self.episodes, start=self.first, after_months=self.months)
        around = count_at(
            self.places, self.episodes, start=self.first, after_months=self.months, ring_m=RING_M
        )
        treated = np.zeros(len(self.places), dtype=bool)
        treated[self.at] = True
        free = comparison_places(self.places, treated)
        rate = self._rate_of_pretended(free, seed)

        def told(mine: list[int], name: str, kinds: str) -> Assessed:
            some = np.zeros(len(self.places), dtype=bool)
            some[self.at[mine]] = True
            taken = some | free
            said = judge(inside.part(taken), some[taken], seed=seed)
            ring = judge(around.part(taken), some[taken], seed=seed)
            return self._told(plan, name, kinds, mine, said, ring, int(inside.before[some].sum()),
                              rate if len(mine) == len(self.sites) else None)  # fmt: skip

        if len(self.sites) > 1:
            yield told(list(range(len(self.sites))), ALL, "")
        for n, site in enumerate(self.sites):
            own = self.places.kinds[self.at[n]]
            names = [name for name, is_so in zip(self.file.kinds.names, own, strict=True) if is_so]
            yield told([n], site.id, "; ".join(names))

    def _told(
        self, plan: str, name: str, kinds: str, mine: list[int], said: Verdict, ring: Verdict,
        before: int, rate: float | None,
    ) -> Assessed:  # fmt: skip
        need = said.needed[-1] if said.needed else None
        return Assessed(
            plan=plan,
            site=name,
            start=min(self.sites[n].start for n in mine).isoformat(),
            months=self.months,
            sites=len(mine),
            passed_gate=int(self.passed[mine].sum()),
            compared=said.compared,
            kinds=kinds,
            before=before,
            after=said.after,
            expected=round(said.expected, 2),
            effect=round(said.effect, 3),
            low=round(said.low, 3),
            high=f"{said.high:.3f}" if isfinite(said.high) else "",
            p_value=round(said.p_value, 4),
            verdict=said.word,
            more_places=need.places if need else None,
            more_months=need.months if need else None,
            ring_effect=round(ring.effect, 3) if ring.draws else None,
            ring_low=round(ring.low, 3) if ring.draws else None,
            ring_high=round(ring.high, 3) if ring.draws and isfinite(ring.high) else None,
            a_a_rate=rate,
            sentence=sentence_for(said),
        )

    def _with_sites(self) -> tuple[FollowedPlaces, Ints, NDArray[np.bool_]]:
        """The gate's places and, after them, sites that are none of these; where each site is."""
        lon, lat = (np.array([getattr(s, n) for s in self.sites]) for n in ("lon", "lat"))
        x, y = self.file.plane.metres(lon, lat)
        at, passed = np.empty(len(self.sites), dtype=np.int64), np.zeros(len(self.sites), bool)
        extra_x: list[float] = []
        extra_y: list[float] = []
        radius: list[float] = []
        rows: list[NDArray[np.bool_]] = []
        kinds = self.gate.kinds.copy()
        radii = self.gate.radius_m.copy()
        for n, site in enumerate(self.sites):
            far = np.hypot(self.gate.x - x[n], self.gate.y - y[n])
            nearest = int(far.argmin()) if len(far) else -1
            passed[n] = nearest >= 0 and far[nearest] <= NEAR_M and nearest not in at[:n]
            given = self._given_kinds(site)
            if passed[n]:
                at[n] = nearest
                kinds[nearest] = given if given.any() else kinds[nearest]
                radii[nearest] = site.radius_m or radii[nearest]
                continue
            at[n] = len(far) + len(rows)
            extra_x.append(float(x[n]))
            extra_y.append(float(y[n]))
            radius.append(site.radius_m or float(RADII_M[1]))
            rows.append(given if given.any() else self.file.kinds.kinds.problem)
        places = FollowedPlaces(
            np.concatenate([self.gate.x, extra_x]),
            np.concatenate([self.gate.y, extra_y]),
            np.concatenate([radii, radius]),
            np.concatenate([kinds, np.array(rows)]) if rows else kinds,
        )
        return places, at, passed

    def _given_kinds(self, site: Site) -> NDArray[np.bool_]:
        found = np.zeros(len(self.number), dtype=bool)
        for name in site.kinds:
            if name not in self.number:
                raise Refused(
                    "kind_unknown", f"Site {site.id}: no request is of kind {name}.", field="sites"
                )
            found[self.number[name]] = True
        return found

    def _rate_of_pretended(self, free: NDArray[np.bool_], seed: int) -> float | None:
        """How often as many untreated places of this city would look as if a plan had helped."""
        rows = np.flatnonzero(free)
        pool = FollowedPlaces(
            self.places.x[rows],
            self.places.y[rows],
            self.places.radius_m[rows],
            self.places.kinds[rows],
        )
        counts = count_at(pool, self.episodes, start=self.first, after_months=self.months)
        made = check(
            [Trial(pool, counts)],
            seed=seed,
            sizes=(len(self.sites),),
            portfolios=PRETENDED,
            redraws=REDRAWS,
        )
        return round(made[0].rate, 3) if made else None


def _site(row: dict[str, str], where: str) -> Site:
    def number(name: str, low: float, high: float) -> float:
        try:
            value = float(row[name])
        except (TypeError, ValueError):
            value = float("nan")
        if not low <= value <= high:
            raise Refused(
                "bad_site", f"{where}: {name} is from {low:g} to {high:g}, not '{row[name]}'."
            )
        return value

    try:
        start = date.fromisoformat((row["start"] or "").strip())
    except ValueError:
        raise Refused(
            "bad_site", f"{where}: start is a day such as 2024-03-01, not '{row['start']}'."
        ) from None
    kinds = tuple(k.strip() for k in (row.get("kinds") or "").split(";") if k.strip())
    has_radius = bool((row.get("radius_m") or "").strip())
    return Site(
        id=(row["id"] or "").strip() or where,
        plan=(row.get("plan") or "").strip(),
        lon=number("lon", -180, 180),
        lat=number("lat", -90, 90),
        start=start,
        kinds=kinds,
        radius_m=number("radius_m", LEAST_RADIUS, MOST_RADIUS) if has_radius else None,
    )


def _check_span(site: Site, first: int, begin: int, end: int) -> None:
    if first >= end:
        raise Refused(
            "too_early",
            f"Site {site.id} begins on {site.start}: the first whole month after is not over in"
            " these data.",
            field="sites",
        )
    if first - begin < 12:
        raise Refused(
            "too_late",
            f"Site {site.id} begins on {site.start}: there is less than a year of data before.",
            field="sites",
        )


def _known_until(reports: Reports, latest: int) -> Reports:
    seen = reports.part(reports.opened <= latest)
    closed = np.where(seen.closed > latest, NEVER, seen.closed)
    return Reports(seen.x, seen.y, seen.kind, seen.opened, closed)


def _whole_months_until(latest: int, zone: str) -> int:
    """The number of the first month that is not over at an instant."""
    local = datetime.fromtimestamp(latest, tz=UTC).astimezone(ZoneInfo(zone))
    return local.year * 12 + local.month - 1 + ((local + timedelta(seconds=1)).month != local.month)


def _begin_of(month: int, zone: str) -> int:
    return int(datetime(month // 12, month % 12 + 1, 1, tzinfo=ZoneInfo(zone)).timestamp())
