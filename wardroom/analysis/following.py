"""From a ranked list to the places that are followed, and starts that nobody made."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.calibration_check import Trial
from wardroom.analysis.comparison_pool import (
    YEAR,
    Episodes,
    FollowedPlaces,
    count_at,
)
from wardroom.analysis.explaining import NearEpisodes, explain
from wardroom.analysis.folding import NEVER, Reports, fold_reports
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.observed_city import City, Kinds, look_at
from wardroom.analysis.ordinary_places import Calibration
from wardroom.analysis.persistent_places import LIKELY, SEED, Ranking, rank

Ints = NDArray[np.int64]


def followed_places(city: City, ranking: Ranking, *, gate: float = LIKELY) -> FollowedPlaces:
    """The places of a ranking whose q-value passes the gate, best first, with their kinds."""
    passed = np.flatnonzero(ranking.q_value <= gate)
    at = ranking.at[passed]
    near = NearEpisodes.of(city, at)
    own = np.zeros((len(at), len(city.kinds)), dtype=np.bool_)
    days = np.zeros(len(city.kinds), dtype=np.int64)
    for n, cell in enumerate(at.tolist()):
        shares = explain(city, ranking.evidence, near, cell, days).kinds
        own[n, [share.kind for share in shares]] = True
    radius = np.array(RADII_M, dtype=np.float64)[ranking.disc[passed]]
    return FollowedPlaces(ranking.x[passed], ranking.y[passed], radius, own)


def episodes_until(
    reports: Reports, kinds: Kinds, *, as_of: int, month_of: Callable[[Ints], Ints]
) -> Episodes:
    """All episodes that began by an instant, with their running months."""
    known = reports.part(reports.opened <= as_of)
    closed = np.where(known.closed > as_of, NEVER, known.closed)
    known = Reports(known.x, known.y, known.kind, known.opened, closed)
    folded = fold_reports(known, kinds.reach_m)
    month = month_of(known.opened[folded.first_report])
    return Episodes.of(known, folded, month, as_of=as_of)


def pretend_start(
    reports: Reports,
    kinds: Kinds,
    *,
    ranked_at: int,
    as_of: int,
    month_of: Callable[[Ints], Ints],
    months: int = YEAR,
    gate: float = LIKELY,
    calibration: Calibration | None = None,
    seed: int = SEED,
) -> Trial:
    """The places that would have been on the list then, and what came at them since.

    ``ranked_at`` is the last instant of a month, at least 12 months after the data begin;
    ``months`` after it must have passed by ``as_of``. Raises ValueError where they have not.
    """
    start, last = month_of(np.array([ranked_at, as_of], dtype=np.int64)).tolist()
    if last - start < months:
        raise ValueError(f"Only {last - start} of {months} months have passed since then.")
    city = look_at(reports, kinds, as_of=ranked_at, month_of=month_of)
    places = followed_places(city, rank(city, calibration=calibration, seed=seed), gate=gate)
    episodes = episodes_until(reports, kinds, as_of=as_of, month_of=month_of)
    return Trial(places, count_at(places, episodes, start=start + 1, after_months=months))
