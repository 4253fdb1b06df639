"""Where trouble keeps coming back: from reports to a ranked list of places with their evidence.

Fold, set the months, weigh every cell, let the best lead its surroundings, gate by a
calibrated false discovery rate, and order by the episodes a month that are over the ordinary.
Source: engine notes, sections 0 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.explaining import NearEpisodes, middles
from wardroom.analysis.false_discovery import chance_of_being_ordinary, q_values
from wardroom.analysis.location_scan import Evidence, apart, apart_in_order, scan
from wardroom.analysis.observed_city import City
from wardroom.analysis.occupancy import YEAR
from wardroom.analysis.ordinary_places import APART_M, Calibration, calibrate

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
METHOD = "Persistent location scan 1"
FALSE_SHARE, MARGIN = 0.10, 0.7
SURE, LIKELY = 0.02, 0.5
SEED = 20_240_101


@dataclass(frozen=True)
class Ranking:
    """The places that lead their surroundings, best first; shape (places,).

    ``at`` is the number of each place's cell in ``City.places``; ``x`` and ``y`` the middle of
    what explains it, in metres. Flagged places come before others; within both, sure places come
    first, by their excess episodes a month, then the rest, by that times the chance that they
    are out of the ordinary.
    """

    evidence: Evidence
    at: Ints
    disc: Ints
    x: Floats
    y: Floats
    score: Floats
    p_value: Floats
    q_value: Floats
    ordinary_chance: Floats
    excess_a_month: Floats
    flagged: NDArray[np.bool_]
    calibration: Calibration


def rank(
    city: City,
    *,
    calibration: Calibration | None = None,
    false_share: float = FALSE_SHARE,
    seed: int = SEED,
) -> Ranking:
    """Rank a city's places. Without a calibration one is made, which takes 2 CPU seconds more.

    ``false_share`` is how large a part of the flagged places may be ordinary after all. It is
    aimed at seven tenths of that: where ordinary places differ in ways that the simulation does
    not know (short bursts, far larger buildings), up to 1.5 times as many as aimed at slipped in.
    """
    places = city.places
    evidence = scan(places, city.ordinary, city.region, lo=0, hi=len(places))
    x, y = places.frame.middle(places.cells)
    leaders = apart(evidence.score, x, y, metres=APART_M)
    score = evidence.score[leaders]
    if calibration is None:
        calibration = calibrate(places, city.ordinary, score, seed=seed)
    p = calibration.p_values(score)
    q, ordinary_chance = q_values(p), chance_of_being_ordinary(p)
    excess = evidence.excess[leaders] / YEAR
    likely = q <= LIKELY
    near = NearEpisodes.of(city, leaders[likely])
    x, y = places.frame.middle(places.cells[leaders])
    x[likely], y[likely] = middles(city, evidence, near, leaders[likely])
    expected_gain = np.where(likely, excess * (1.0 - ordinary_chance), 0.0)
    flagged = q <= MARGIN * false_share
    order = np.lexsort((leaders, -score, -expected_gain, ordinary_chance > SURE, ~flagged))
    order = apart_in_order(order, x, y, metres=APART_M)
    return Ranking(
        evidence=evidence,
        at=leaders[order],
        disc=evidence.disc[leaders[order]].astype(np.int64),
        x=x[order],
        y=y[order],
        score=score[order],
        p_value=p[order],
        q_value=q[order],
        ordinary_chance=ordinary_chance[order],
        excess_a_month=excess[order],
        flagged=flagged[order],
        calibration=calibration,
    )


def busiest(city: City, *, most: int = 1_000) -> tuple[Ints, Ints]:
    """The cells with most episodes of one kind of trouble in 12 months, apart from each other.

    The second list: whatever is ordinary there. Gives the cells and the episodes of each.
    """
    places = city.places
    if not len(places):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    number = np.where(city.kinds.problem[places.kinds], places.recent, 0).astype(np.float64)
    by_cell = np.maximum.reduceat(number, places.first[:-1])
    x, y = places.frame.middle(places.cells)
    found = apart(np.where(by_cell > 0, by_cell, -1e9), x, y, metres=APART_M)[:most]
    return found, by_cell[found].astype(np.int64)
