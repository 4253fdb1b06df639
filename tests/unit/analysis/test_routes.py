"""A walk passes every stop once, is the same every time, and is about the shortest."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardroom.analysis.routes import DETOUR, Route, walking_route

STOPS = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=7)


def walk(
    stops: list[tuple[int, int]], *, start: int | None = None, round_trip: bool = False
) -> Route:
    at = np.array(stops, dtype=np.float64).reshape(-1, 2)
    rng = np.random.default_rng(1)
    return walking_route(at[:, 0], at[:, 1], rng=rng, start=start, round_trip=round_trip)


def shortest(stops: list[tuple[int, int]], *, start: int | None, round_trip: bool) -> float:
    """The best of all orders."""
    at = np.array(stops, dtype=np.float64).reshape(-1, 2)
    best = np.inf if len(stops) > 1 else 0.0
    for order in permutations(range(len(stops))):
        if len(order) > 1 and (start is None or order[0] == start):
            path = at[[*order, order[0]] if round_trip else list(order)]
            best = min(best, float(np.hypot(*np.diff(path, axis=0).T).sum()))
    return best * DETOUR


@settings(max_examples=40)
@given(stops=STOPS, round_trip=st.booleans(), data=st.data())
def test_small_walks_are_as_short_as_the_best_of_all_orders(
    stops: list[tuple[int, int]], round_trip: bool, data: st.DataObject
) -> None:
    start = data.draw(st.none() | st.integers(0, len(stops) - 1)) if stops else None
    made = walk(stops, start=start, round_trip=round_trip)
    assert sorted(made.order.tolist()) == list(range(len(stops)))
    assert start is None or made.order[0] == start
    best = shortest(stops, start=start, round_trip=round_trip)
    assert made.metres <= best * 1.02 + 1e-6
    assert made.metres >= best - 1e-6


def test_eight_stops_in_many_cities() -> None:
    rng = np.random.default_rng(0)
    for _ in range(5):
        stops = [(int(a), int(b)) for a, b in rng.integers(0, 2000, (8, 2))]
        best = shortest(stops, start=0, round_trip=False)
        assert walk(stops, start=0).metres == pytest.approx(best, rel=0.02)


def test_forty_stops_around_a_square_are_walked_around_it() -> None:
    side = [(i * 100, 0) for i in range(10)]
    ring = side + [(1000, i * 100) for i in range(10)]
    ring += [(1000 - i * 100, 1000) for i in range(10)] + [(0, 1000 - i * 100) for i in range(10)]
    mixed = [ring[i] for i in np.random.default_rng(3).permutation(40)]
    assert walk(mixed, round_trip=True).metres == pytest.approx(4000 * DETOUR)
    assert walk(mixed).metres == pytest.approx(3900 * DETOUR)


def test_forty_stops_are_within_two_percent_of_a_much_longer_search() -> None:
    rng = np.random.default_rng(9)
    x, y = rng.uniform(0, 2000, 40), rng.uniform(0, 2000, 40)
    found = [walking_route(x, y, rng=np.random.default_rng(s)).metres for s in range(30)]
    assert max(found) <= min(found) * 1.02


@given(stops=STOPS, seed=st.integers(0, 9), round_trip=st.booleans())
def test_order_of_the_list_does_not_change_the_walk(
    stops: list[tuple[int, int]], seed: int, round_trip: bool
) -> None:
    made = walk(stops, round_trip=round_trip)
    mixed = [stops[i] for i in np.random.default_rng(seed).permutation(len(stops))]
    other = walk(mixed, round_trip=round_trip)
    assert [mixed[i] for i in other.order] == [stops[i] for i in made.order]
    assert other.legs.tolist() == made.legs.tolist()


def test_legs_are_those_between_the_stops() -> None:
    made = walk([(0, 0), (0, 100), (0, 300)], start=0, round_trip=True)
    assert made.order.tolist() in ([0, 1, 2], [0, 2, 1])
    assert made.metres == pytest.approx(600 * DETOUR)
    assert len(made.legs) == 3
    assert walk([(5, 5)]).legs.tolist() == walk([]).legs.tolist() == []


def test_stops_at_one_spot_cost_nothing() -> None:
    assert walk([(7, 7)] * 12).metres == 0


def test_what_is_no_walk_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 40"):
        walk([(i, 0) for i in range(41)])
    with pytest.raises(ValueError, match="somewhere"):
        walking_route(np.array([np.nan, 1.0]), np.zeros(2), rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="one of its stops"):
        walk([(0, 0), (1, 1)], start=2)
