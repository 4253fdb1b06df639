"""Which places are put forward: those out of the ordinary, the busiest, and the stuck cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray

from wardroom.analysis.explaining import NearEpisodes, explain, explain_one_kind
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.ordinary_places import ordinary_activity
from wardroom.analysis.persistent_places import Ranking, busiest
from wardroom.analysis.stuck_cases import StuckCase, stuck_cases
from wardroom.city.queries import dated_indexes
from wardroom.problems.gateways.describing import Told, told
from wardroom.problems.gateways.mirrored_city import MirroredCity

Ints = NDArray[np.int64]
MOST_A_WARD, BUSIEST_A_WARD, STUCK_A_WARD = 200, 50, 50
FEWEST_BUSY = 4


@dataclass(frozen=True)
class ChosenPlace:
    """One place before what the database knows of it is added.

    ``at`` is its number in the engine's ranking, -1 where it is busy or stuck only.
    """

    key: int
    ward_id: int
    longitude: float
    latitude: float
    radius_m: int
    told: Told
    at: int = -1
    busy_episodes: int = 0
    stuck_months: int = 0
    stuck: tuple[tuple[str, Any], ...] = ()


class Wards:
    """Which ward a point lies in, by the boundaries in force at an instant."""

    def __init__(self, as_of: datetime) -> None:
        on = localdate(as_of)
        self.version = next((v for v in dated_indexes("ward") if v.holds(on)), None)

    def __call__(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Ints:
        """The ward of each point; 0 for none."""
        if self.version is None or not len(longitude):
            return np.zeros(len(longitude), dtype=np.int64)
        number = self.version.index.locate(longitude, latitude)
        ward: Ints = np.where(number >= 0, self.version.district_ids[number], 0).astype(np.int64)
        return ward


def choose_places(
    mirror: MirroredCity, ranking: Ranking, wards: Wards
) -> tuple[ChosenPlace, ...]:  # fmt: skip
    """The places to put forward, each once: the engine's own in its order, then the others."""
    return _by_place([*_ranked_places(mirror, ranking, wards), *_others(mirror, wards)])


def _ranked_places(mirror: MirroredCity, ranking: Ranking, wards: Wards) -> Iterator[ChosenPlace]:
    """All flagged places, and the next ones up to so many a ward, in the engine's order.

    One without an episode in the last 12 months has ended by itself and is nobody's to decide.
    """
    some = np.flatnonzero(ranking.flagged | (ranking.score > 0))
    longitude, latitude = mirror.plane.degrees(ranking.x[some], ranking.y[some])
    ward = wards(longitude, latitude)
    chosen = _first_of_each(ward, MOST_A_WARD) | ranking.flagged[some]
    near = NearEpisodes.of(mirror.city, ranking.at[some[chosen]])
    days = _recurrence_days(mirror)
    for n in np.flatnonzero(chosen).tolist():
        at = int(some[n])
        why = explain(mirror.city, ranking.evidence, near, int(ranking.at[at]), days)
        if not why.episodes:
            continue
        yield ChosenPlace(
            key=_place_of(mirror, why.episode_numbers),
            ward_id=int(ward[n]),
            longitude=float(longitude[n]),
            latitude=float(latitude[n]),
            radius_m=RADII_M[int(ranking.disc[at])],
            told=told(mirror, why),
            at=at,
        )


def _others(mirror: MirroredCity, wards: Wards) -> Iterator[ChosenPlace]:
    """The busiest places, and then the cases that are stuck."""
    city = mirror.city
    cells, episodes = busiest(city)
    cells, episodes = cells[episodes >= FEWEST_BUSY], episodes[episodes >= FEWEST_BUSY]
    longitude, latitude = mirror.plane.degrees(*city.places.frame.middle(city.places.cells[cells]))
    ward = wards(longitude, latitude)
    near = NearEpisodes.of(city, cells)
    activity, days = ordinary_activity(city.places, city.ordinary), _recurrence_days(mirror)
    for n in np.flatnonzero(_first_of_each(ward, BUSIEST_A_WARD)).tolist():
        cell = int(cells[n])
        kind = _busiest_kind(mirror, cell)
        why = explain_one_kind(city, near, cell, kind, float(activity[cell]), days)
        yield ChosenPlace(
            key=_place_of(mirror, why.episode_numbers),
            ward_id=int(ward[n]),
            longitude=float(longitude[n]),
            latitude=float(latitude[n]),
            radius_m=RADII_M[0],
            told=told(mirror, why),
            busy_episodes=int(episodes[n]),
        )
    yield from _stuck(mirror, wards, activity, days)


def _stuck(
    mirror: MirroredCity, wards: Wards, activity: NDArray[np.float64], days: Ints
) -> Iterator[ChosenPlace]:
    city = mirror.city
    cases = stuck_cases(city, mirror.reports_of, mirror.report_month)
    cases = tuple(case for case in cases if city.month[case.episode] >= 0)
    numbers = np.array([case.episode for case in cases], dtype=np.int64)
    first = city.episodes.first_report[numbers]
    longitude, latitude = mirror.plane.degrees(city.reports.x[first], city.reports.y[first])
    ward = wards(longitude, latitude)
    cells = np.searchsorted(city.places.cells, city.cell[numbers])
    near = NearEpisodes.of(city, cells)
    for n in np.flatnonzero(_first_of_each(ward, STUCK_A_WARD)).tolist():
        case, cell = cases[n], int(cells[n])
        why = explain_one_kind(city, near, cell, case.kind, float(activity[cell]), days)
        why = replace(why, months=case.months, episode_numbers=numbers[n : n + 1])
        yield ChosenPlace(
            key=_place_of(mirror, why.episode_numbers),
            ward_id=int(ward[n]),
            longitude=float(longitude[n]),
            latitude=float(latitude[n]),
            radius_m=RADII_M[0],
            told=told(mirror, why, reports=case.reports),
            stuck_months=case.repeat_months,
            stuck=_case(mirror, case),
        )


def _case(mirror: MirroredCity, case: StuckCase) -> tuple[tuple[str, Any], ...]:
    opened = int(mirror.city.reports.opened[case.reports[0]])
    return (
        ("opened_on", _day(opened)),
        ("topic", mirror.topics[case.kind].name),
        ("repeats", case.repeats),
        ("repeat_months", case.repeat_months),
    )


def _by_place(found: Sequence[ChosenPlace]) -> tuple[ChosenPlace, ...]:
    """One for each place, the first; it takes over what later ones say of lists it is on."""
    kept: dict[int, ChosenPlace] = {}
    for each in found:
        first = kept.setdefault(each.key, each)
        if first is not each and each.at < 0:
            kept[each.key] = replace(
                first,
                busy_episodes=max(first.busy_episodes, each.busy_episodes),
                stuck_months=max(first.stuck_months, each.stuck_months),
                stuck=first.stuck or each.stuck,
            )
    return tuple(kept.values())


def _place_of(mirror: MirroredCity, episodes: Ints) -> int:
    """The place of most of the episodes."""
    first = mirror.city.episodes.first_report[episodes]
    keys, number = np.unique(mirror.place[first], return_counts=True)
    return int(keys[int(number.argmax())])


def _busiest_kind(mirror: MirroredCity, cell: int) -> int:
    places = mirror.city.places
    rows = slice(int(places.first[cell]), int(places.first[cell + 1]))
    kinds = places.kinds[rows].astype(np.int64)
    recent = np.where(mirror.city.kinds.problem[kinds], places.recent[rows].astype(np.int64), -1)
    return int(kinds[int(recent.argmax())])


def _first_of_each(ward: Ints, most: int) -> NDArray[np.bool_]:
    """Which are among the first ``most`` of their ward, in the order given."""
    by_ward = np.argsort(ward, kind="stable")
    in_order = ward[by_ward]
    place = np.empty(len(ward), dtype=np.int64)
    place[by_ward] = np.arange(len(ward)) - np.searchsorted(in_order, in_order, side="left")
    return place < most


def _recurrence_days(mirror: MirroredCity) -> Ints:
    return np.array([t.recurrence_days for t in mirror.topics], dtype=np.int64)


def _day(seconds: int) -> str:
    return localdate(datetime.fromtimestamp(seconds, tz=UTC)).isoformat()
