"""What an explanation of the engine says, in the words and codes of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray

from wardroom.analysis.evidence import MONTHS
from wardroom.analysis.explaining import Explanation
from wardroom.analysis.occupancy import YEAR
from wardroom.problems.actions import Reasons
from wardroom.problems.gateways.mirrored_city import MirroredCity

Ints = NDArray[np.int64]
MOST_KEYS = 60


@dataclass(frozen=True, kw_only=True)
class Told(Reasons):
    """One place's reasons, ready to be kept, with the keys of the places that they lie at."""

    over_a_month: float
    place_keys: tuple[int, ...]


def told(mirror: MirroredCity, why: Explanation, *, reports: Ints | None = None) -> Told:
    """An explanation with its topics, agencies and reporters.

    They are those of ``reports``, or else of the episodes of the last 12 months.
    """
    city, topics = mirror.city, mirror.topics
    if reports is None:
        recent = city.month[why.episode_numbers] >= MONTHS - YEAR
        reports = mirror.reports_of(why.episode_numbers[recent])
    reporters, loudest = _reporters(mirror, reports)
    keys = _by_number(mirror.place[mirror.reports_of(why.episode_numbers)])[:MOST_KEYS]
    last = int(city.reports.opened[city.episodes.first_report[why.episode_numbers]].max())
    return Told(
        course=why.label,
        window=why.window,
        episodes=why.episodes,
        expected=why.expected,
        active_months=why.active_months,
        returns=why.returns,
        reporters=reporters,
        agencies=_agencies(mirror, reports),
        topics=tuple(
            {
                "code": topics[share.kind].code,
                "name": topics[share.kind].name,
                "episodes": share.episodes,
                "active_months": share.active_months,
                "expected_months": round(share.expected_months, 2),
            }
            for share in why.kinds
        ),
        months=why.months,
        severity=max((topics[share.kind].severity for share in why.kinds), default=1),
        over_a_month=max(why.episodes - why.expected, 0.0) / YEAR,
        place_keys=keys,
        numbers={
            "last_month": _month(mirror.last_month),
            "first_month": _month(mirror.last_month - MONTHS + 1 + why.first_month),
            "last_on": localdate(datetime.fromtimestamp(last, tz=UTC)).isoformat(),
            "closed": why.closed,
            "median_return_days": why.median_return_days,
            "top_share": None if loudest is None else round(loudest, 3),
            "stuck": why.stuck,
            "repeats": why.repeats,
            "place_keys": list(keys),
        },
    )


def _reporters(mirror: MirroredCity, reports: Ints) -> tuple[int | None, float | None]:
    """How many named people reported, and in what share of the episodes the loudest did.

    None where nobody is named. One person counts once in an episode, so that a telephone
    tree of one is one.
    """
    who = mirror.reporter[reports]
    episode = mirror.city.episodes.of_report[reports].astype(np.int64)
    named = who > 0
    if not named.any():
        return None, None
    pairs = np.unique(np.column_stack([who[named], episode[named]]), axis=0)
    people, times = np.unique(pairs[:, 0], return_counts=True)
    return len(people), float(times.max()) / len(np.unique(episode))


def _agencies(mirror: MirroredCity, reports: Ints) -> tuple[str, ...]:
    codes = (mirror.agency_codes[a] for a in _by_number(mirror.agency[reports]))
    return tuple(code for code in codes if code)


def _by_number(values: Ints) -> tuple[int, ...]:
    """The different values, the most frequent first."""
    found, number = np.unique(values, return_counts=True)
    return tuple(found[np.lexsort((found, -number))].tolist())


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
