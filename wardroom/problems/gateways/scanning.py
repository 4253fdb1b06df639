"""Scanning and folding a city's file, without our database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.calendar_months import local_months
from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.explaining import Explanation, NearEpisodes, explain
from wardroom.analysis.folding import fold_reports
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.observed_city import City, look_at
from wardroom.analysis.persistent_places import Ranking, rank
from wardroom.kernel.errors import Refused
from wardroom.problems.gateways.request_files import RequestFile
from wardroom.problems.rules import sentence_of

RETURN_DAYS = 60
FEWEST_LISTED = 1_000
BETWEEN = "; "


@dataclass(frozen=True)
class PlaceFound:
    """One place of the answer, best first."""

    rank: int
    lon: float
    lat: float
    radius_m: int
    kinds: str
    agencies: str
    score: float
    p_value: float
    q_value: float
    flagged: bool
    excess_per_month: float
    active_months: int
    episodes: int
    expected: float
    first_month: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Scanned:
    """What a scan of a file found, and what it looked at."""

    requests: int
    episodes: int
    places: int
    flagged: int
    found: Iterator[PlaceFound]


@dataclass(frozen=True)
class Folded:
    """One request and the episode that it belongs to."""

    id: str
    episode: str
    repeat: bool


def scan_file(file: RequestFile, *, as_of: int | None, seed: int) -> Scanned:
    """Find and rank the places of a file, up to an instant; without one, up to the latest opened.

    Refuses: an instant before all requests.
    """
    latest = int(file.reports.opened[-1]) if as_of is None else as_of
    if latest < int(file.reports.opened[0]):
        raise Refused("no_requests", "All requests of this file were opened later than that day.")
    month_of = partial(local_months, zone=file.zone)
    city = look_at(file.reports, file.kinds.kinds, as_of=latest, month_of=month_of)
    ranking = rank(city, seed=seed)
    return Scanned(
        requests=len(city.reports),
        episodes=len(city.episodes),
        places=len(ranking.at),
        flagged=int(ranking.flagged.sum()),
        found=_found(file, city, ranking, month_of),
    )


def fold_file(file: RequestFile) -> Iterator[Folded]:
    """Each request of a file with the one that began its episode, in the order of the file."""
    episodes = fold_reports(file.reports, file.kinds.kinds.reach_m)
    first = episodes.first_report[episodes.of_report]
    for at in np.argsort(file.row, kind="stable").tolist():
        began = int(first[at])
        yield Folded(str(file.ids[at]), str(file.ids[began]), began != at)


def _found(
    file: RequestFile, city: City, ranking: Ranking, month_of: Callable[..., NDArray[np.int64]]
) -> Iterator[PlaceFound]:
    listed = _how_many_listed(ranking)
    near = NearEpisodes.of(city, ranking.at[:listed])
    longitude, latitude = file.plane.degrees(ranking.x[:listed], ranking.y[:listed])
    return_days = np.full(len(file.kinds.names), RETURN_DAYS, dtype=np.int64)
    last = int(month_of(np.array([city.as_of], dtype=np.int64))[0])
    for n in range(listed):
        why = explain(city, ranking.evidence, near, int(ranking.at[n]), return_days)
        names = [file.kinds.names[share.kind] for share in why.kinds]
        agencies = dict.fromkeys(file.kinds.agencies[share.kind] for share in why.kinds)
        first = _month(last - MONTHS + 1 + why.first_month)
        yield PlaceFound(
            rank=n + 1,
            lon=round(float(longitude[n]), 6),
            lat=round(float(latitude[n]), 6),
            radius_m=RADII_M[int(ranking.disc[n])],
            kinds=BETWEEN.join(names),
            agencies=BETWEEN.join(a for a in agencies if a),
            score=round(float(ranking.score[n]), 3),
            p_value=float(f"{ranking.p_value[n]:.4g}"),
            q_value=float(f"{ranking.q_value[n]:.4g}"),
            flagged=bool(ranking.flagged[n]),
            excess_per_month=round(float(ranking.excess_a_month[n]), 3),
            active_months=why.active_months,
            episodes=why.episodes,
            expected=round(why.expected, 2),
            first_month=first,
            label=why.label,
            sentence=_sentence(names, why, first),
        )


def _how_many_listed(ranking: Ranking) -> int:
    """All flagged places and as many again, 1,000 at least, as far as there is any evidence."""
    most = max(FEWEST_LISTED, 2 * int(ranking.flagged.sum()))
    return min(most, int((ranking.score > 0).sum()))


def _sentence(names: list[str], why: Explanation, first_month: str) -> str:
    return sentence_of(
        names,
        active_months=why.active_months,
        episodes=why.episodes,
        expected=why.expected,
        returns=why.returns,
        median_return_days=why.median_return_days,
        first_month=first_month,
        course=why.label,
    )


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"
