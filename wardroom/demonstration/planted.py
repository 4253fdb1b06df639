"""The trouble that was put there on purpose, so that a ranking can be judged by its truth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.demonstration.catalogue import BY_CODE, NUMBER
from wardroom.demonstration.rhythm import DAYS, first_day
from wardroom.demonstration.streets import ADDRESS, BLOCK, CORNER, Sites

FEWEST, MOST, ONE_IN = 48, 400, 800
LARGEST_SHARE = 0.15
MONTH = 30.4
REPEAT_DAYS = 5.0
REPORTING = np.array([1.0, 1.0, 1.1, 1.25, 1.1, 1.0, 1.15, 0.7, 0.55])
QUICK_CLOSURES = 0.45


@dataclass(frozen=True)
class TroubleKind:
    """A way in which places go wrong: where, and which services hear of it how often."""

    name: str
    site: int
    mix: tuple[tuple[str, float], ...]


KINDS = (
    TroubleKind("dumping alley", BLOCK, (("DUMP", 0.6), ("ALLEY", 0.2), ("RODENT", 0.2))),
    TroubleKind(
        "problem building",
        ADDRESS,
        (("VACANT", 0.25), ("RODENT", 0.25), ("SANENF", 0.2), ("HOUSING", 0.2), ("MOWING", 0.1)),
    ),
    TroubleKind("dark corner", CORNER, (("STLIGHT", 0.5), ("GRAF", 0.25), ("NOISE", 0.25))),
    TroubleKind("flooding corner", CORNER, (("BASIN", 0.5), ("FLOOD", 0.3), ("POTHOLE", 0.2))),
    TroubleKind("left vehicles", BLOCK, (("ABVEH", 0.6), ("PARKENF", 0.2), ("DUMP", 0.2))),
    TroubleKind("littered park edge", BLOCK, (("PARKREP", 0.4), ("STCLEAN", 0.4), ("GRAF", 0.2))),
    TroubleKind("loud address", ADDRESS, (("NOISE", 0.6), ("SANENF", 0.25), ("PARKENF", 0.15))),
)


@dataclass(frozen=True)
class Planted:
    """One place of planted trouble: what, where, how often, from when until when."""

    number: int
    kind: str
    site: int
    address: str
    address_id: int
    lon: float
    lat: float
    ward: str
    services: tuple[str, ...]
    agencies: tuple[str, ...]
    episodes_a_month: float
    starts_on: date
    ends_on: date | None

    def to_plain(self) -> dict[str, Any]:
        """The truth as JSON-ready values."""
        return {
            **asdict(self),
            "services": list(self.services),
            "agencies": list(self.agencies),
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
        }


def plant(n: int, sites: Sites, *, seed: int, end: date) -> tuple[Planted, ...]:
    """Choose the places of trouble among n requests; at most 15 % of the requests are theirs."""
    rng = np.random.default_rng([seed, 2])
    count = int(np.clip(n // ONE_IN, FEWEST, MOST))
    starts_after = rng.integers(0, DAYS - 240, count)
    lasts = np.where(rng.random(count) < 0.7, DAYS, rng.integers(120, 700, count))
    stops_after = np.minimum(starts_after + lasts, DAYS)
    rate = np.exp(rng.uniform(np.log(0.4), np.log(6.0), count))
    expected = float((rate * (stops_after - starts_after) / MONTH).sum()) * 1.9
    rate *= min(1.0, LARGEST_SHARE * n / expected)
    taken: set[int] = set()
    made = []
    for i in range(count):
        trouble = KINDS[i % len(KINDS)]
        site = _free_site(rng, sites, trouble.site, ward=i % 8 + 1, taken=taken)
        codes = tuple(code for code, _ in trouble.mix)
        stop = int(stops_after[i])
        made.append(
            Planted(
                number=i + 1,
                kind=trouble.name,
                site=site,
                address=str(sites.address[site]),
                address_id=int(sites.address_id[site]),
                lon=float(sites.lon[site]),
                lat=float(sites.lat[site]),
                ward=str(int(sites.ward[site])),
                services=codes,
                agencies=tuple(dict.fromkeys(BY_CODE[code].agency for code in codes)),
                episodes_a_month=round(float(rate[i]), 3),
                starts_on=first_day(end) + timedelta(days=int(starts_after[i])),
                ends_on=first_day(end) + timedelta(days=stop) if stop < DAYS else None,
            )
        )
    return tuple(made)


def _free_site(
    rng: np.random.Generator, sites: Sites, kind: int, *, ward: int, taken: set[int]
) -> int:
    likely = np.flatnonzero((sites.kind == kind) & (sites.ward == ward))
    while True:
        site = int(rng.choice(likely))
        if site not in taken:
            taken.add(site)
            return site


@dataclass(frozen=True)
class Reports:
    """Requests before their texts are looked up; every array has shape (requests,).

    ``opened_day`` counts from the first day; ``lasts`` is in seconds, negative where the
    kind's usual time is to be drawn; ``reporter`` 0 is nobody known.
    """

    site: NDArray[np.int64]
    service: NDArray[np.int64]
    opened_day: NDArray[np.int64]
    lasts: NDArray[np.int64]
    reporter: NDArray[np.int64]
    duplicate: NDArray[np.bool_]


def planted_reports(places: tuple[Planted, ...], sites: Sites, *, seed: int, end: date) -> Reports:
    """The requests that planted trouble brings: episodes, and neighbours who report again."""
    parts = [
        _reports_of(place, np.random.default_rng([seed, 3, place.number]), end=end)
        for place in places
    ]
    return joined(parts)


def _reports_of(place: Planted, rng: np.random.Generator, *, end: date) -> Reports:
    start = (place.starts_on - first_day(end)).days
    stop = (place.ends_on - first_day(end)).days if place.ends_on else DAYS
    episodes = rng.poisson(place.episodes_a_month * (stop - start) / MONTH)
    begins = np.sort(rng.uniform(start, stop, episodes))
    trouble = next(k for k in KINDS if k.name == place.kind)
    codes = np.array([NUMBER[code] for code, _ in trouble.mix])
    service = rng.choice(codes, size=episodes, p=[share for _, share in trouble.mix])
    quick = rng.random(episodes) < QUICK_CLOSURES
    lasts = np.where(quick, rng.integers(300, 7200, episodes), -1)
    extra = rng.poisson(0.8 * REPORTING[int(place.ward)], episodes)
    again = np.repeat(np.arange(episodes), extra)
    later = begins[again] + rng.uniform(0, REPEAT_DAYS, len(again))
    day = np.concatenate([begins, later]).astype(np.int64)
    neighbours = 1_000_000 + place.number * 100 + rng.integers(0, rng.integers(6, 30), len(day))
    known = rng.random(len(day)) < 0.85
    inside = day < DAYS
    found = Reports(
        site=np.full(len(day), place.site, dtype=np.int64),
        service=np.concatenate([service, service[again]]).astype(np.int64),
        opened_day=day,
        lasts=np.concatenate([lasts, lasts[again]]).astype(np.int64),
        reporter=np.where(known, neighbours, 0),
        duplicate=np.concatenate([np.zeros(episodes, bool), rng.random(len(again)) < 0.3]),
    )
    return chosen(found, inside)


def storms_and_bursts(n: int, sites: Sites, *, seed: int) -> Reports:
    """What looks like persistent trouble and is not: one caller's storms, and brief bursts."""
    rng = np.random.default_rng([seed, 4])
    count = int(np.clip(n // 20_000, 1, 200))
    most = max(6, min(60, int(0.01 * n / count)))
    codes = np.array([NUMBER[c] for c in ("PARKENF", "NOISE", "DUMP", "SANENF", "CONSTR")])
    burst_codes = np.array([NUMBER[c] for c in ("STLIGHT", "GRAF", "DUMP", "RODENT", "ABVEH")])
    parts = []
    for i in range(count):
        size = int(rng.integers(most // 2, most))
        caller = np.full(size, 2_000_000 + i)
        parts.append(_cluster(rng, sites, int(rng.choice(codes)), days=45, reporter=caller))
        size = int(rng.integers(most // 2, most))
        crowd = 3_000_000 + i * 100 + rng.integers(0, 80, size)
        parts.append(_cluster(rng, sites, int(rng.choice(burst_codes)), days=14, reporter=crowd))
    return joined(parts)


def _cluster(
    rng: np.random.Generator, sites: Sites, service: int, *, days: int, reporter: NDArray[np.int64]
) -> Reports:
    size = len(reporter)
    return Reports(
        site=np.full(size, rng.integers(0, len(sites)), dtype=np.int64),
        service=np.full(size, service, dtype=np.int64),
        opened_day=rng.integers(0, DAYS - days) + rng.integers(0, days, size),
        lasts=np.full(size, -1, dtype=np.int64),
        reporter=reporter.astype(np.int64),
        duplicate=np.zeros(size, dtype=bool),
    )


def joined(parts: list[Reports]) -> Reports:
    """Several batches as one."""
    names = Reports.__dataclass_fields__
    return Reports(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in names})


def chosen(reports: Reports, which: NDArray[Any]) -> Reports:
    """Only these rows of a batch, by a mask or by numbers."""
    names = Reports.__dataclass_fields__
    return Reports(**{name: getattr(reports, name)[which] for name in names})
