"""The scan flags the planted trouble, and little else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np
import pytest

from wardroom.analysis.calendar_months import local_months
from wardroom.analysis.folding import NEVER, Reports, in_order
from wardroom.analysis.observed_city import Kinds, look_at
from wardroom.analysis.persistent_places import rank
from wardroom.analysis.plane import Plane
from wardroom.demonstration.catalogue import SERVICES
from wardroom.demonstration.district import ward_numbers
from wardroom.demonstration.planted import Planted
from wardroom.demonstration.requests import columns, truth
from wardroom.library.rules import OTHER, TOPICS, topic_code_for

END = date(2026, 11, 18)
NOON = int(datetime(2026, 11, 18, 17, tzinfo=UTC).timestamp())
NEAR_M = 75.0


@dataclass(frozen=True)
class Found:
    """The places that one scan of a generated city flagged, and what was planted there."""

    x: np.ndarray
    y: np.ndarray
    excess: np.ndarray
    plane: Plane
    planted: tuple[Planted, ...]

    @property
    def active(self) -> list[Planted]:
        return [p for p in self.planted if p.ends_on is None]

    def near(self, planted: Iterable[Planted]) -> np.ndarray:
        """Which of the flagged places lie within 75 m of one of these."""
        return np.asarray(self._distances(list(planted)).min(axis=0, initial=np.inf) < NEAR_M)

    def found(self, planted: Iterable[Planted]) -> np.ndarray:
        """Which of these have a flagged place within 75 m."""
        return np.asarray(self._distances(list(planted)).min(axis=1, initial=np.inf) < NEAR_M)

    def _distances(self, planted: list[Planted]) -> np.ndarray:
        lon, lat = np.array([p.lon for p in planted]), np.array([p.lat for p in planted])
        x, y = self.plane.metres(lon, lat)
        return np.asarray(np.hypot(x[:, None] - self.x[None, :], y[:, None] - self.y[None, :]))


def _is_recent(day: date) -> bool:
    return day > END - timedelta(days=365)


def _seconds(instants: np.ndarray) -> np.ndarray:
    whole = instants.astype("datetime64[s]")
    return np.where(np.isnat(whole), NEVER, whole.astype(np.int64))


def find(n: int, *, seed: int) -> Found:
    made = columns(n, seed=seed, end=END)
    kinds = (*TOPICS, OTHER)
    number = {t.code: i for i, t in enumerate(kinds)}
    of_code = {s.code: number[topic_code_for(s.code, s.name)] for s in SERVICES}
    kind = np.array([of_code[k] for k in made["kind"]])
    plane = Plane.around(made["lon"], made["lat"])
    x, y = plane.metres(made["lon"], made["lat"])
    keep = made["status"] != "CANCELED"
    opened, closed = _seconds(made["opened"]), _seconds(made["closed"])
    reports, _ = in_order(
        Reports(x[keep], y[keep], kind[keep].astype(np.int16), opened[keep], closed[keep])
    )
    city = look_at(
        reports,
        Kinds(
            np.array([not t.routine for t in kinds]),
            np.arange(len(kinds)),
            np.array([float(t.reach_m) for t in kinds]),
        ),
        as_of=NOON,
        month_of=partial(local_months, zone="America/New_York"),
    )
    ranking = rank(city)
    flagged = ranking.flagged
    return Found(
        ranking.x[flagged], ranking.y[flagged], ranking.excess_a_month[flagged], plane,
        truth(n, seed=seed, end=END),
    )  # fmt: skip


@pytest.fixture(scope="module", params=[(40_000, 5), (60_000, 6), (120_000, 5)])
def found(request: pytest.FixtureRequest) -> Found:
    n, seed = request.param
    return find(n, seed=seed)


def test_what_is_flagged_is_planted(found: Found) -> None:
    judged = ~found.near(p for p in found.planted if p.ends_on and _is_recent(p.ends_on))
    assert judged.sum() > 5
    assert found.near(found.active)[judged].mean() >= 0.75


def test_most_of_the_trouble_that_goes_on_is_flagged(found: Found) -> None:
    assert found.found(found.active).mean() >= 0.5


def test_places_with_an_episode_a_month_are_nearly_all_flagged(found: Found) -> None:
    strong = [
        p
        for p in found.active
        if p.episodes_a_month >= 1 and p.starts_on < END - timedelta(days=365)
    ]
    assert len(strong) > 3
    assert found.found(strong).mean() >= 0.9


def test_every_ward_has_places_to_decide_about(found: Found) -> None:
    lon, lat = found.plane.degrees(found.x, found.y)
    assert (np.bincount(ward_numbers(lon, lat).astype(int), minlength=9)[1:] >= 1).all()


def test_ordinary_busy_buildings_stay_out() -> None:
    made = columns(60_000, seed=5, end=END)
    routine = [s.code for s in SERVICES if s.routine]
    ordered = np.isin(made["kind"].astype(str), routine)
    _, at, counts = np.unique(
        made["address"][ordered].astype(str), return_index=True, return_counts=True
    )
    busiest = np.argsort(-counts)[:20]
    assert counts[busiest].min() > 20
    found = find(60_000, seed=5)
    lon, lat = made["lon"][ordered][at[busiest]], made["lat"][ordered][at[busiest]]
    x, y = found.plane.metres(lon, lat)
    near = np.hypot(x[:, None] - found.x[None, :], y[:, None] - found.y[None, :]) < 20
    assert near.any(axis=1).sum() <= 2
