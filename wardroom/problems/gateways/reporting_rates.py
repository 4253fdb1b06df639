"""How readily each district reports, told from the repeats in our own mirror."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray
from shapely import from_wkb

from wardroom.analysis.folding import NEVER
from wardroom.analysis.occupancy import YEAR
from wardroom.analysis.proportions import LEVEL
from wardroom.analysis.reporting_rate import (
    DEFINITION,
    MOST_DAYS,
    SHRINK,
    DistrictRates,
    WhyWalk,
    district_rates,
    walks_where_few_report,
)
from wardroom.city.models import District
from wardroom.city.queries import DatedIndex, dated_indexes
from wardroom.problems.actions import FoundRate
from wardroom.problems.gateways.choosing import Wards
from wardroom.problems.gateways.mirrored_city import MirroredCity
from wardroom.problems.rules import SELDOM, SILENT

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
KINDS = ("smd", "anc", "ward")
MOST_TELL = 0.75
DAY = 86_400.0
WHY = {WhyWalk.SELDOM: SELDOM, WhyWalk.SILENT: SILENT}


@dataclass(frozen=True)
class Seen:
    """The troubles that others could report again, shape (n,): where, and for how long.

    ``repeats`` are the reports of others while the first one was open, in its first 100 days at
    most, and ``days`` how long that was; nobody who is named counts twice. When the first report
    is closed does not depend on who reports later, so the end of an episode is not used.
    """

    longitude: Floats
    latitude: Floats
    kind: Ints
    repeats: Ints
    days: Floats
    lately: NDArray[np.bool_]


@dataclass(frozen=True)
class Apart:
    """The districts that are compared, their rates, and the district of each trouble.

    ``times`` says how many times as much repeats vary as chance alone would have it.
    """

    kind: str
    version: DatedIndex | None
    rates: DistrictRates
    times: float
    district: Ints


@dataclass(frozen=True)
class Reporting:
    """How readily people report, district by district; without districts nothing is known."""

    version: DatedIndex | None
    rates: DistrictRates
    rows: tuple[FoundRate, ...]
    summary: dict[str, Any]


def reporting_in(mirror: MirroredCity, wards: Wards, as_of: datetime) -> Reporting:
    """The rates by the smallest districts that have enough repeats to be told apart."""
    seen = troubles_seen(mirror)
    apart = _told_apart(seen, as_of)
    version, rates, district = apart.version, apart.rates, apart.district
    if version is None:
        return Reporting(None, rates, (), {})
    inside, days = district >= 0, float(rates.days.sum())
    lately = np.bincount(district[seen.lately & inside], minlength=len(version.codes) + 1)
    a_day = float(rates.repeats.sum()) / days if days else 0.0
    return Reporting(
        version,
        rates,
        tuple(_rows(version, apart.kind, rates, lately.astype(np.float64), a_day, wards)),
        {
            "kind": apart.kind,
            "times": round(apart.times, 2),
            "repeats": int(rates.repeats.sum()),
            "troubles": int(inside.sum()),
            "delay_days": round(1 / a_day, 1) if a_day else None,
            "level": LEVEL,
            "definition": str(DEFINITION),
        },
    )


def troubles_seen(mirror: MirroredCity) -> Seen:
    """Every episode of trouble of the three years, and how often it was reported again."""
    city = mirror.city
    reports, episodes = city.reports, city.episodes
    first = episodes.first_report
    opened = reports.opened[first]
    closed = reports.closed[first]
    until = np.where(closed >= NEVER, city.as_of, np.minimum(closed, city.as_of))
    until = np.clip(until, opened, opened + int(MOST_DAYS * DAY))
    of = episodes.of_report.astype(np.int64)
    again = np.ones(len(reports), dtype=bool)
    again[first] = False
    again &= reports.opened <= until[of]
    again &= _by_somebody_else(mirror, of, again)
    repeats = np.bincount(of[again], minlength=len(first)).astype(np.int64)
    counts = city.kinds.problem[reports.kind[first]] & (city.month >= 0)
    longitude, latitude = mirror.plane.degrees(reports.x[first[counts]], reports.y[first[counts]])
    return Seen(
        longitude=longitude,
        latitude=latitude,
        kind=reports.kind[first[counts]].astype(np.int64),
        repeats=repeats[counts],
        days=((until - opened) / DAY)[counts],
        lately=city.month[counts] >= city.month.max(initial=0) - YEAR + 1,
    )


def _by_somebody_else(mirror: MirroredCity, of: Ints, again: NDArray[np.bool_]) -> Any:
    """Which reports are not by a named person who reported the same trouble before."""
    some = np.flatnonzero((mirror.reporter > 0) & (again | _is_first(mirror)))
    pairs = np.column_stack([of[some], mirror.reporter[some]])
    _, earliest = np.unique(pairs, axis=0, return_index=True)
    new = mirror.reporter <= 0
    new[some[earliest]] = True
    return new


def _is_first(mirror: MirroredCity) -> NDArray[np.bool_]:
    first = np.zeros(len(mirror.city.reports), dtype=bool)
    first[mirror.city.episodes.first_report] = True
    return first


def _told_apart(seen: Seen, as_of: datetime) -> Apart:
    """The smallest districts of which most tell more than the city does, or else the largest.

    One district more than there are stands for what lies in none, and is as the city.
    """
    nowhere = np.full(len(seen.days), -1, dtype=np.int64)
    found = Apart("", None, *_rates(seen, nowhere, 1), nowhere)
    for kind in KINDS:
        version = next((v for v in dated_indexes(kind) if v.holds(localdate(as_of))), None)
        if version is None or not version.codes:
            continue
        district = version.index.locate(seen.longitude, seen.latitude).astype(np.int64)
        rates, times = _rates(seen, district, len(version.codes) + 1)
        found = Apart(kind, version, rates, times, district)
        if float((rates.expected[:-1] >= SHRINK * times).mean()) >= MOST_TELL:
            break
    return found


def _rates(seen: Seen, district: Ints, districts: int) -> tuple[DistrictRates, float]:
    """The rates, with intervals as wide as repeats really vary, and how many times that is.

    Repeats come in clusters: one trouble is reported by ten people and nine by nobody. Where
    they vary so many times as much as chance alone would have it, a repeat tells so much less.
    """
    inside = district >= 0
    where, kind = district[inside], seen.kind[inside]
    repeats, days = seen.repeats[inside].astype(np.float64), seen.days[inside]
    plain = district_rates(where, kind, repeats, days, districts=districts)
    if not len(where):
        return plain, 1.0
    mean = np.maximum(plain.relative[where] * plain.a_day_of_kind[kind] * days, 1e-9)
    times = max(float(((repeats - mean) ** 2).sum() / mean.sum()), 1.0)
    made = district_rates(where, kind, repeats / times, days / times, districts=districts)
    whole = {name: getattr(made, name) * times for name in ("repeats", "expected", "days")}
    return replace(made, **whole), times


def _rows(
    version: DatedIndex,
    kind: str,
    rates: DistrictRates,
    lately: Floats,
    a_day: float,
    wards: Wards,
) -> Iterator[FoundRate]:
    """Each district with its rate; ``lately`` are its episodes of the last 12 months."""
    walks = {walk.district: walk for walk in walks_where_few_report(rates, lately)}
    ward = _ward_of(version, wards)
    for n, code in enumerate(version.codes):
        relative, lower, upper = (float(v[n]) for v in (rates.relative, rates.lower, rates.upper))
        walk, episodes = walks.get(n), float(lately[n])
        missing = walk.unreported if walk else None
        yield FoundRate(
            district_id=int(version.district_ids[n]),
            ward_id=int(ward[n]),
            kind=kind,
            code=code,
            relative=relative,
            lower=lower,
            upper=upper,
            repeats=int(rates.repeats[n]),
            expected=float(rates.expected[n]),
            days=float(rates.days[n]),
            delay_days=1 / (relative * a_day) if a_day else None,
            episodes=int(episodes),
            why=WHY[walk.why] if walk else "",
            unreported=missing,
            unreported_low=None if missing is None else episodes * (1 / upper - 1),
            unreported_high=None if missing is None else episodes * (1 / lower - 1),
        )


def _ward_of(version: DatedIndex, wards: Wards) -> Ints:
    """The ward of each district, by a point that surely lies in it; 0 for none."""
    shapes = dict(
        District.objects.filter(pk__in=version.district_ids.tolist()).values_list("pk", "shape")
    )
    points = [
        from_wkb(bytes(shapes[pk])).representative_point() for pk in version.district_ids.tolist()
    ]
    return wards(np.array([p.x for p in points]), np.array([p.y for p in points]))
