"""The whole ranking: it finds the trouble, and says the same however the data are put."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.unit.analysis.small_city import (
    AS_OF,
    CALIBRATION,
    DAY,
    KINDS,
    MONTH,
    START,
    TROUBLE,
    kinds,
    look,
    month_of,
    reports,
)
from wardroom.analysis import location_scan
from wardroom.analysis.folding import NEVER, Reports, in_order
from wardroom.analysis.live_ranking import LiveRanking
from wardroom.analysis.location_scan import NOT_LOOKED_AT
from wardroom.analysis.observed_city import look_at
from wardroom.analysis.persistent_places import Ranking, busiest, rank


def ranked(given: Reports, as_of: int = AS_OF) -> Ranking:
    return rank(look(given, as_of), calibration=CALIBRATION)


def same(one: Ranking, other: Ranking, *, across: float = 0.0, along: float = 0.0) -> bool:
    columns = ("score", "p_value", "q_value", "excess_a_month", "flagged", "disc")
    return (
        all(np.array_equal(getattr(one, c), getattr(other, c)) for c in columns)
        and np.allclose(one.x + across, other.x, atol=1e-5)
        and np.allclose(one.y + along, other.y, atol=1e-5)
    )


@pytest.fixture(scope="module")
def usual() -> Ranking:
    return ranked(reports())


def test_place_where_trouble_comes_back_is_first(usual: Ranking) -> None:
    assert np.hypot(usual.x[0] - TROUBLE[0], usual.y[0] - TROUBLE[1]) < 15
    assert usual.flagged[0]
    assert usual.score[0] > 2 * usual.score[1]


def test_leading_places_are_apart(usual: Ranking) -> None:
    gap = np.hypot(usual.x[:, None] - usual.x, usual.y[:, None] - usual.y)
    np.fill_diagonal(gap, 1e9)
    assert gap.min() > 100


def test_order_of_the_file_does_not_matter(usual: Ranking) -> None:
    given = reports()
    mixed = given.part(np.random.default_rng(4).permutation(len(given)))
    assert same(usual, ranked(in_order(mixed)[0]))


def test_row_that_is_there_twice_is_the_same_trouble(usual: Ranking) -> None:
    given = reports()
    twice = in_order(given.part(np.repeat(np.arange(len(given)), 2)))[0]
    assert same(usual, ranked(twice))


def test_shift_in_time_changes_nothing(usual: Ranking) -> None:
    given = reports()
    later = replace(given, opened=given.opened + 7 * MONTH, closed=given.closed + 7 * MONTH)
    assert same(usual, ranked(later, AS_OF + 7 * MONTH))


def test_shift_of_the_whole_city_changes_nothing(usual: Ranking) -> None:
    given = reports()
    moved = replace(given, x=given.x + 4_096.0, y=given.y - 8_192.0)
    assert same(usual, ranked(moved), across=4_096.0, along=-8_192.0)


def test_what_comes_after_the_day_is_not_known(usual: Ranking) -> None:
    given = reports()
    day = START + 24 * MONTH - 1
    known = given.part(given.opened <= day)
    closed = np.where(known.closed > day, NEVER, known.closed)
    assert same(ranked(given, day), ranked(replace(known, closed=closed), day))


def test_threads_do_not_matter(usual: Ranking, monkeypatch: pytest.MonkeyPatch) -> None:
    given = reports(ordinary=12_000)
    two = ranked(given)
    monkeypatch.setattr(location_scan, "THREADS", 5)
    assert len(two.evidence.score) > 5_000, "so many that they are shared out"
    assert same(two, ranked(given))


def test_same_seed_gives_the_same_calibration() -> None:
    city = look(reports(ordinary=1_500))
    assert rank(city, seed=3).calibration == rank(city, seed=3).calibration


def test_empty_city_has_no_places() -> None:
    none, never = np.empty(0), np.empty(0, np.int64)
    city = look(Reports(none, none, np.empty(0, np.int16), never, never))
    assert len(rank(city).at) == len(busiest(city)[0]) == 0


def test_one_report_is_no_place_with_trouble() -> None:
    city = look(reports().part(np.array([0])))
    found = rank(city)
    assert not found.flagged.any()
    assert len(busiest(city)[0]) <= 1


@pytest.mark.parametrize(("stays_open", "places"), [(False, 1), (True, 0)])
def test_one_place_with_everything_is_at_most_one_place(stays_open: bool, places: int) -> None:
    rng = np.random.default_rng(5)
    n = 200_000
    opened = np.sort(START + rng.integers(0, 36 * MONTH, n))
    closed = np.full(n, NEVER) if stays_open else opened + 300
    kind = rng.integers(0, KINDS, n).astype(np.int16)
    city = look(Reports(np.full(n, 7.0), np.full(n, 7.0), kind, opened, closed))
    assert len(city.places) == 1
    assert len(rank(city).at) == places
    assert city.episodes.reports.sum() == n


def test_point_on_the_other_side_of_the_earth_does_no_harm() -> None:
    given = reports()
    far = replace(given, x=np.append(given.x[:-1], 9.0e6), y=np.append(given.y[:-1], 5.0e6))
    found = ranked(far)
    assert np.hypot(found.x[0] - TROUBLE[0], found.y[0] - TROUBLE[1]) < 15


def test_months_are_those_of_the_calendar() -> None:
    city = look(reports())
    opened = city.reports.opened[city.episodes.first_report]
    assert (city.month == month_of(opened) - month_of(np.array([AS_OF]))[0] + 35).all()


def test_reports_one_by_one_give_what_the_night_gives() -> None:
    given = reports(ordinary=1_200)
    day = START + 35 * MONTH + 2 * DAY
    evening = look(given, day)
    live = LiveRanking(evening, rank(evening, calibration=CALIBRATION))
    new = np.flatnonzero(given.opened > day)
    for at in new.tolist():
        live.add(
            x=float(given.x[at]), y=float(given.y[at]), kind=int(given.kind[at]),
            opened=int(given.opened[at]), month=35,
        )  # fmt: skip
    still = np.where(given.opened > day, NEVER, given.closed)
    still = np.where((given.closed > day) & (given.opened <= day), NEVER, still)
    night = look_at(
        replace(given, closed=still), kinds(), as_of=AS_OF, month_of=month_of,
        ordinary=evening.ordinary, frame=evening.places.frame,
    )  # fmt: skip
    score = rank(night, calibration=CALIBRATION).evidence.score
    assert len(new) > 30
    for cell, value in zip(night.places.cells.tolist(), score.tolist(), strict=True):
        now = live.score_of(cell)
        assert now == pytest.approx(value) or now == value == NOT_LOOKED_AT


def test_one_more_report_is_foreseen_and_changes_nothing() -> None:
    given = reports(ordinary=1_200)
    city = look(given, START + 35 * MONTH + 2 * DAY)
    live = LiveRanking(city, rank(city, calibration=CALIBRATION))
    rng = np.random.default_rng(7)
    spots = [*rng.uniform(0, 2_000, (20, 2)).tolist(), list(TROUBLE)]
    for n, (x, y) in enumerate(spots):
        new = {"x": x, "y": y, "kind": n % KINDS, "opened": city.as_of + n, "month": 35}
        before = [live.score_of(int(cell)) for cell in city.places.cells]
        foreseen = live.would_be(**new)
        assert [live.score_of(int(cell)) for cell in city.places.cells] == before
        assert live.would_be(**new) == foreseen
        assert live.add(**new) == foreseen
        assert live.would_be(**{**new, "opened": city.as_of + 99}).repeat


@pytest.mark.parametrize("west", [0.0, 0.1, 1 / 3, 123.456, 98_765.4321])
def test_places_just_so_far_apart_are_within_it_wherever_the_map_begins(west: float) -> None:
    """A cell is 25 m wide: four cells away is 100 m, and no rounding may decide."""
    column = np.arange(0, 4_000, 4)
    x = np.asarray(west + (column + 0.5) * 25.0, dtype=np.float64)
    order = np.arange(len(x))
    kept = location_scan.apart_in_order(order, x, np.zeros(len(x)), metres=100.0)
    assert kept.tolist() == order[::2].tolist()
    beyond = location_scan.apart_in_order(
        order, x * np.float64(1.001), np.zeros(len(x)), metres=100.0
    )
    assert beyond.tolist() == order.tolist()
