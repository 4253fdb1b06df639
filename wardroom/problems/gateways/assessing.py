"""Judging plans from a city's file: what came of the places where something was done."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.comparison_pool import FollowedPlaces
from wardroom.analysis.plan_judging import JudgedPlan, KnownCity, Said, first_month_of
from wardroom.analysis.verdict_words import sentence_for
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways.request_files import RequestFile

LEAST_RADIUS, MOST_RADIUS = 10.0, 500.0
ALL = "all"


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
    known = KnownCity.until(file.reports, file.kinds.kinds, zone=file.zone, latest=latest)
    plans: dict[tuple[str, int], list[Site]] = {}
    for site in sites:
        plans.setdefault((site.plan, first_month_of(site.start)), []).append(site)
    begin, end = known.begin_month, known.end_month
    for (_, first), mine in plans.items():
        _check_span(mine[0], first, begin, end)
    for (plan, first), mine in plans.items():
        judged = _Plan(file, known, mine, first, min(months, end - first))
        yield from judged.verdicts(plan, seed)


class _Plan:
    """The sites of one plan and first month among the places that passed the gate then."""

    def __init__(
        self, file: RequestFile, known: KnownCity, sites: list[Site], first: int, months: int
    ) -> None:
        self.file, self.sites, self.months = file, sites, months
        self.number = {name: n for n, name in enumerate(file.kinds.names)}
        self.plan = JudgedPlan(known, self._acted(), first=first, months=months)

    def verdicts(self, plan: str, seed: int) -> Iterator[Assessed]:
        """All sites together where there are several, then each alone."""
        size = len(self.sites)
        rate = self.plan.rate_of_pretended(size, seed=seed)
        if size > 1:
            every = list(range(size))
            yield self._told(plan, ALL, "", every, self.plan.said(every, seed=seed), rate)
        for n, site in enumerate(self.sites):
            own = self.plan.places.kinds[self.plan.at[n]]
            names = [name for name, is_so in zip(self.file.kinds.names, own, strict=True) if is_so]
            said = self.plan.said([n], seed=seed)
            alone = rate if size == 1 else None
            yield self._told(plan, site.id, "; ".join(names), [n], said, alone)

    def _told(
        self, plan: str, name: str, kinds: str, mine: list[int], told: Said, rate: float | None
    ) -> Assessed:
        said, ring = told.verdict, told.ring
        need = said.needed[-1] if said.needed else None
        return Assessed(
            plan=plan,
            site=name,
            start=min(self.sites[n].start for n in mine).isoformat(),
            months=self.months,
            sites=len(mine),
            passed_gate=told.passed_gate,
            compared=said.compared,
            kinds=kinds,
            before=told.before,
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

    def _acted(self) -> FollowedPlaces:
        lon, lat = (np.array([getattr(s, n) for s in self.sites]) for n in ("lon", "lat"))
        x, y = self.file.plane.metres(lon, lat)
        radius = np.array([s.radius_m or np.nan for s in self.sites], dtype=np.float64)
        return FollowedPlaces(x, y, radius, np.array([self._given_kinds(s) for s in self.sites]))

    def _given_kinds(self, site: Site) -> NDArray[np.bool_]:
        found = np.zeros(len(self.number), dtype=bool)
        for name in site.kinds:
            if name not in self.number:
                raise Refused(
                    "kind_unknown", f"Site {site.id}: no request is of kind {name}.", field="sites"
                )
            found[self.number[name]] = True
        return found


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
