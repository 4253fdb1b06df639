"""Whether the judge is honest: measured on cities where no plan was made, and where one was."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.engine.city import DAY, DAYS, MONTHS, build
from wardroom.analysis.comparison_pool import (
    RING_M,
    Counts,
    Episodes,
    FollowedPlaces,
    count_at,
)
from wardroom.analysis.explaining import NearEpisodes, explain
from wardroom.analysis.folding import fold_reports
from wardroom.analysis.location_scan import RADII_M
from wardroom.analysis.observed_city import Kinds, look_at
from wardroom.analysis.persistent_places import rank

EVENTS = 1_000_000
START = 24
LIKELY = 0.5


def followed(seed: int, events: int = EVENTS) -> tuple[FollowedPlaces, Counts, Counts]:
    """The places of a city that pass the gate at month 24, and what came in months 25 to 36.

    The counts within their radius, and those in the ring around.
    """
    city = build(events, seed)

    def month_of(instants: NDArray[np.int64]) -> NDArray[np.int64]:
        return (instants - city.start) // DAY * MONTHS // DAYS

    kinds = Kinds(~city.routine, city.agency, np.full(len(city.agency), 40.0))
    as_of = city.start + START * DAYS // MONTHS * DAY - 1
    then = look_at(city.reports, kinds, as_of=as_of, month_of=month_of)
    ranking = rank(then)
    chosen = np.flatnonzero(ranking.q_value <= LIKELY)
    near = NearEpisodes.of(then, ranking.at[chosen])
    own = np.zeros((len(chosen), len(kinds)), dtype=bool)
    days = np.full(len(kinds), 60)
    for n, at in enumerate(ranking.at[chosen].tolist()):
        found = explain(then, ranking.evidence, near, at, days)
        own[n, [k.kind for k in found.kinds]] = True
    places = FollowedPlaces(
        ranking.x[chosen], ranking.y[chosen], np.array(RADII_M, float)[ranking.disc[chosen]], own
    )
    folded = fold_reports(city.reports, kinds.reach_m)
    month = month_of(city.reports.opened[folded.first_report])
    end = city.start + DAYS * DAY
    episodes = Episodes.of(city.reports, folded, month, as_of=end)
    return (
        places,
        count_at(places, episodes, start=START),
        count_at(places, episodes, start=START, ring_m=RING_M),
    )
