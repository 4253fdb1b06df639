"""What a ranking would be if all districts reported alike: shown beside it, never in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.persistent_places import LIKELY, SURE, Ranking
from wardroom.analysis.reporting_rate import DistrictRates, corrected_ranks
from wardroom.problems.actions import Evened, FoundPlace
from wardroom.problems.gateways.reporting_rates import Reporting

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def evened(
    found: Sequence[FoundPlace], at: Sequence[int], ranking: Ranking | None, known: Reporting
) -> tuple[FoundPlace, ...]:
    """The places with what each would be if all districts reported alike; sure ones first.

    ``at`` is each place's number in the engine's ranking, -1 where it has none. Sure places
    stay before the others: the correction moves a place among its like and passes none.
    """
    order = sorted(range(len(found)), key=lambda n: not found[n].flagged)
    places = [found[n] for n in order]
    numbers = np.array([at[n] for n in order], dtype=np.int64)
    if known.version is None or ranking is None or not places:
        return tuple(places)
    district = _district_of(known, places)
    rank = _even_ranks(ranking, numbers, district, known.rates)
    busy_rank, even_busy_rank = _busy_ranks(places, district, known.rates)
    excess = np.array([place.excess_a_month for place in places])
    made = corrected_ranks(excess, district, known.rates)
    return tuple(
        replace(
            place,
            even=Evened(
                district_id=_id_of(known, int(district[n])),
                excess=float(made.corrected[n]),
                lower=float(made.lower[n]),
                upper=float(made.upper[n]),
                rank=rank.get(n),
                busy_rank=busy_rank.get(n),
                even_busy_rank=even_busy_rank.get(n),
            ),
        )
        for n, place in enumerate(places)
    )


def _district_of(known: Reporting, places: Sequence[FoundPlace]) -> Ints:
    """The district of each place, the last one for what lies in none."""
    assert known.version is not None
    number = known.version.index.locate(
        np.array([p.longitude for p in places]), np.array([p.latitude for p in places])
    )
    district: Ints = np.where(number >= 0, number, len(known.version.codes)).astype(np.int64)
    return district


def _id_of(known: Reporting, district: int) -> int:
    assert known.version is not None
    inside = district < len(known.version.codes)
    return int(known.version.district_ids[district]) if inside else 0


def _busy_ranks(
    places: Sequence[FoundPlace], district: Ints, rates: DistrictRates
) -> tuple[dict[int, int], dict[int, int]]:
    """Where each place stands on the list of the busiest, now and if all reported alike."""
    some = [n for n, place in enumerate(places) if place.busy_episodes]
    busy = np.array(some, dtype=np.int64)
    episodes = np.array([float(places[n].busy_episodes) for n in some])
    made = corrected_ranks(episodes, district[busy], rates)
    return (
        dict(zip(some, made.rank.tolist(), strict=True)),
        dict(zip(some, made.corrected_rank.tolist(), strict=True)),
    )


def _even_ranks(ranking: Ranking, at: Ints, district: Ints, rates: DistrictRates) -> dict[int, int]:
    """The rank of each weighed place if all reported alike, from 1; no place leaves its tier."""
    weighed = np.flatnonzero(at >= 0)
    gain, tier = _in_the_engines_order(ranking, at[weighed])
    rank: dict[int, int] = {}
    for one in np.unique(tier):
        here = tier == one
        made = corrected_ranks(gain[here], district[weighed[here]], rates)
        then = len(rank) + made.corrected_rank
        rank.update(zip(weighed[here].tolist(), then.tolist(), strict=True))
    return rank


def _in_the_engines_order(ranking: Ranking, at: Ints) -> tuple[Floats, Ints]:
    """What the engine orders by within a tier, and the tier, of places in the ranking."""
    chance = ranking.ordinary_chance[at]
    gain = ranking.excess_a_month[at] * (1.0 - chance)
    tier = 2 * (~ranking.flagged[at]).astype(np.int64) + (chance > SURE)
    return np.where(ranking.q_value[at] <= LIKELY, gain, 0.0), tier
