"""The order of a walk without the compiled search: as short as its order, or nearly."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import numpy as np
import pytest

from wardroom.analysis.routes import walking_route
from wardroom.analysis.short_walks import short_walk


def length(x: list[float], y: list[float], order: list[int]) -> float:
    return sum(hypot(x[a] - x[b], y[a] - y[b]) for a, b in pairwise(order))


@pytest.mark.parametrize("n", [2, 3, 5, 9, 20, 40])
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("start", [None, 1])
def test_walk_is_as_short_as_the_compiled_search_or_nearly(
    n: int, seed: int, start: int | None
) -> None:
    x, y = np.random.default_rng(seed).uniform(0, 1800, (2, n))
    order = short_walk(x.tolist(), y.tolist(), start=start)
    assert sorted(order) == list(range(n))
    assert start is None or order[0] == start
    known = walking_route(x, y, rng=np.random.default_rng(1), start=start, detour=1.0)
    assert length(x.tolist(), y.tolist(), order) <= known.metres * 1.02 + 1e-6


def test_stops_on_a_line_are_walked_along_it() -> None:
    assert short_walk([0, 30, 10, 20], [0, 0, 0, 0]) in ([0, 2, 3, 1], [1, 3, 2, 0])
    assert short_walk([5, 0], [0, 0], start=1) == [1, 0]
    assert short_walk([], []) == []
