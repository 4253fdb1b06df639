"""Trying the judge on this office's own data: plans that nobody made, at pretended starts.

It takes a minute or two of a worker, and so is done once a quarter.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
from django.utils.timezone import localdate

from wardroom.analysis.calibration_check import PORTFOLIOS, Checked, Trial, check
from wardroom.analysis.comparison_pool import FollowedPlaces, comparison_places, count_at
from wardroom.analysis.judging import METHOD
from wardroom.analysis.proportions import wilson_share
from wardroom.problems.actions import Tried
from wardroom.problems.gateways.drafting import reached_until
from wardroom.problems.gateways.observing import ObservedMirror, observed_mirror
from wardroom.problems.models import PersistentLocation

YEAR, QUARTER, MOST_STARTS = 12, 3, 4
REDRAWS, SEED, DIGITS = 199, 9, 4


def try_judge(now: datetime, *, portfolios: int = PORTFOLIOS) -> Tried:
    """Judge made-up plans at up to four starts in the past, a quarter apart; reads only.

    Refuses: a mirror without requests.
    """
    until = reached_until(now)
    mirror = observed_mirror(until=until, gate_at=until)
    starts = _starts(mirror.city.begin_month, mirror.city.end_month)
    trials = [trial for start in starts if len((trial := _trial(mirror, start)).places)]
    made = check(trials, seed=SEED, portfolios=portfolios, redraws=REDRAWS) if trials else ()
    return Tried(
        data_until=localdate(until),
        method=METHOD,
        requests=len(mirror.city.reports),
        starts=tuple(f"{start // YEAR}-{start % YEAR + 1:02}" for start in starts),
        months=YEAR,
        places=min((len(trial.places) for trial in trials), default=0),
        figures=tuple(_figures(row) for row in made),
    )


def _starts(begin: int, end: int) -> list[int]:
    """The latest start that a year has passed since, and those a quarter apart before it.

    Each has a year of data before it.
    """
    return list(range(end - YEAR, begin + YEAR - 1, -QUARTER))[:MOST_STARTS]


def _trial(mirror: ObservedMirror, start: int) -> Trial:
    """The places that would have been on the list then, without those of the office's plans."""
    places = mirror.city.gate_at(start)
    planned = _near_ours(mirror, places)
    free = comparison_places(places, np.zeros(len(places), dtype=bool), planned=planned)
    rows = np.flatnonzero(free)
    pool = FollowedPlaces(places.x[rows], places.y[rows], places.radius_m[rows], places.kinds[rows])
    return Trial(pool, count_at(pool, mirror.city.episodes, start=start, after_months=YEAR))


def _near_ours(mirror: ObservedMirror, places: FollowedPlaces) -> Any:
    rows = PersistentLocation.objects.exclude(place__latitude=None).order_by("pk")
    points = rows.values_list("place__longitude", "place__latitude")
    near = np.zeros(len(places), dtype=bool)
    for x, y in mirror.metres([(lon or 0.0, lat or 0.0) for lon, lat in points]):
        near |= np.hypot(places.x - x, places.y - y) <= float(places.radius_m.max(initial=0.0))
    return near


def _figures(row: Checked) -> dict[str, Any]:
    share = wilson_share(round(row.rate * row.portfolios), row.portfolios)
    return {
        "size": row.size,
        "plans": row.portfolios,
        "rate": round(row.rate, DIGITS),
        "low": round(share.lower, DIGITS),
        "high": round(share.upper, DIGITS),
        "held": round(row.covered, DIGITS),
        "worse": round(row.worse, DIGITS),
    }
