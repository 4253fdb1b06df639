"""The ranking finds the planted trouble, and little else at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
import pytest

from wardroom.analysis import persistence
from wardroom.analysis.episodes import NEVER
from wardroom.city.rules import place_key
from wardroom.demonstration.catalogue import SERVICES
from wardroom.demonstration.district import ward_numbers
from wardroom.demonstration.planted import Planted
from wardroom.demonstration.requests import columns, truth
from wardroom.library.rules import TOPICS, topic_code_for

END = date(2026, 11, 18)
NOON = int(datetime(2026, 11, 18, 17, tzinfo=UTC).timestamp())
TROUBLE = [t for t in TOPICS if not t.routine]


@dataclass(frozen=True)
class Found:
    """One ranking of one generated city, and what was planted there."""

    ranking: persistence.Ranking
    addresses: list[str]
    planted: tuple[Planted, ...]

    @property
    def active(self) -> set[str]:
        return {p.address for p in self.planted if p.ends_on is None}

    @property
    def judged(self) -> list[str]:
        """The ranked addresses but those whose trouble ended within the year: neither is wrong."""
        recent = {p.address for p in self.planted if p.ends_on and _is_recent(p.ends_on)}
        return [a for a in self.addresses if a not in recent]


def _is_recent(day: date) -> bool:
    return day > END - timedelta(days=365)


def _seconds(instants: np.ndarray) -> np.ndarray:
    whole = instants.astype("datetime64[s]")
    return np.where(np.isnat(whole), NEVER, whole.astype(np.int64))


def find(n: int, *, seed: int) -> Found:
    made = columns(n, seed=seed, end=END)
    number = {t.code: i for i, t in enumerate(TROUBLE)}
    of_code = {s.code: number.get(topic_code_for(s.code, s.name), -1) for s in SERVICES}
    topic = np.array([of_code[k] for k in made["kind"]])
    written = zip(made["address_id"].tolist(), made["address"].tolist(), strict=True)
    place = np.array([place_key(i or None, a, None, None) for i, a in written])
    address = dict(zip(place.tolist(), made["address"].tolist(), strict=True))
    keep = (topic >= 0) & (made["status"] != "CANCELED")
    opened = _seconds(made["opened"])
    ranking = persistence.rank_places(
        persistence.Columns(
            place=place[keep],
            topic=topic[keep],
            zone=ward_numbers(made["lon"], made["lat"]).astype(np.int64)[keep],
            agency=np.zeros(int(keep.sum()), dtype=np.int64),
            reporter=made["reporter"].astype(np.int64)[keep],
            opened=opened[keep],
            closed=_seconds(made["closed"])[keep],
        ),
        persistence.TopicClocks(
            silent_days=np.array([t.silent_days for t in TROUBLE]),
            recurrence_days=np.array([t.recurrence_days for t in TROUBLE]),
        ),
        as_of=NOON,
        month_of=partial(persistence.local_months, zone="America/New_York"),
        settings=persistence.Settings(),
    )
    return Found(
        ranking=ranking,
        addresses=[address[key] for key in ranking.place.tolist()],
        planted=truth(n, seed=seed, end=END),
    )


@pytest.fixture(scope="module", params=[(10_000, 6), (60_000, 5), (120_000, 5)])
def found(request: pytest.FixtureRequest) -> Found:
    n, seed = request.param
    return find(n, seed=seed)


def test_the_top_of_the_list_is_planted(found: Found) -> None:
    half = len(found.active) // 2
    assert np.mean([a in found.active for a in found.judged[:half]]) >= 0.9


def test_a_list_as_long_as_the_truth_holds_most_of_it(found: Found) -> None:
    length = len(found.active)
    assert np.mean([a in found.active for a in found.judged[:length]]) >= 0.6


def test_places_with_an_episode_a_month_are_all_candidates(found: Found) -> None:
    strong = {
        p.address
        for p in found.planted
        if p.ends_on is None and p.episodes_a_month >= 1 and p.starts_on < END - timedelta(days=365)
    }
    assert strong
    assert strong <= set(found.addresses)


def test_trouble_that_ended_long_ago_is_no_candidate_at_the_top(found: Found) -> None:
    ended = {p.address for p in found.planted if p.ends_on and not _is_recent(p.ends_on)}
    assert not ended & set(found.addresses[: len(found.active)])


def test_one_caller_alone_makes_no_frequent_candidate(found: Found) -> None:
    alone = found.ranking.reporters == 1
    assert not found.ranking.frequent[alone].any()


def test_ordinary_busy_buildings_stay_out() -> None:
    made = columns(60_000, seed=5, end=END)
    routine = [s.code for s in SERVICES if s.routine]
    ordered = made["address"][np.isin(made["kind"].astype(str), routine)].astype(str)
    names, counts = np.unique(ordered, return_counts=True)
    busiest = set(names[np.argsort(-counts)][:20].tolist())
    ranked = find(60_000, seed=5)
    assert min(counts[np.argsort(-counts)][:20]) > 20
    assert not busiest & set(ranked.judged[: len(ranked.active)])
