"""In which order to walk to up to forty stops."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_STOPS = 40
RESTARTS = 60
DETOUR = 1.3


@dataclass(frozen=True)
class Route:
    """Which stop comes when, shape (n,), and the metres from each to the next.

    ``legs`` has shape (n - 1,), or (n,) for a round whose last leg goes back to the beginning.
    """

    order: Ints
    legs: Floats

    @property
    def metres(self) -> float:
        """How far it is on foot, about."""
        return float(self.legs.sum())


def walking_route(
    x: Floats,
    y: Floats,
    *,
    rng: np.random.Generator,
    start: int | None = None,
    round_trip: bool = False,
    detour: float = DETOUR,
) -> Route:
    """A short walk past every stop: the shortest, or nearly.

    ``x`` and ``y`` have shape (n,), in metres, at most 40 stops; ``start`` is the one to begin at,
    or any. Metres are straight lines times ``detour``, for corners and crossings: about what
    streets make of them. The same stops in another order give the same walk with the same
    generator. 2-opt and or-opt from 60 beginnings; Croes 1958, Or 1976.
    Raises ValueError for more than 40 stops, and for a stop that is nowhere.
    """
    n = len(x)
    if n > MOST_STOPS:
        raise ValueError(f"A walk has at most {MOST_STOPS} stops.")
    if not bool(np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("Every stop is somewhere.")
    if start is not None and not 0 <= start < n:
        raise ValueError("The walk begins at one of its stops.")
    if n < 2:
        return Route(np.arange(n), np.empty(0))
    sorted_order = np.lexsort((y, x))
    px, py = x[sorted_order], y[sorted_order]
    metres = np.hypot(px[:, None] - px[None, :], py[:, None] - py[None, :]) * detour
    first = None if start is None else int(np.flatnonzero(sorted_order == start)[0])
    path = _order(metres, first, round_trip, rng)
    legs = metres[path[:-1], path[1:]]
    if round_trip:
        legs = np.append(legs, metres[path[-1], path[0]])
    return Route(sorted_order[path], legs)


def _order(metres: Floats, first: int | None, round_trip: bool, rng: np.random.Generator) -> Ints:
    """The best round found, cut open where it begins.

    A walk that does not come back is a round through one more stop that is no way from any; a
    walk that begins at a certain stop has that one beside it at all costs.
    """
    n = len(metres)
    table = metres
    if not round_trip:
        table = np.zeros((n + 1, n + 1))
        table[:n, :n] = metres
        if first is not None:
            table[n, first] = table[first, n] = -10.0 * (float(metres.sum()) + 1.0)
    size = len(table)
    beginnings = rng.permuted(np.tile(np.arange(size), (RESTARTS, 1)), axis=1)
    best: Ints = _best_round(table, beginnings)
    cut = n if not round_trip else (0 if first is None else first)
    at = int(np.flatnonzero(best == cut)[0])
    path = np.roll(best, -at)
    if not round_trip:
        path = path[1:]
        backwards = path[-1] == first if first is not None else path[0] > path[-1]
    else:
        backwards = size > 2 and path[1] > path[-1]
    if not backwards:
        return path
    return path[::-1] if not round_trip else np.concatenate([path[:1], path[:0:-1]])


@njit(cache=True, nogil=True)
def _best_round(metres, beginnings):  # type: ignore[no-untyped-def]
    best, shortest = beginnings[0].copy(), np.inf
    for i in range(len(beginnings)):
        tour = beginnings[i].copy()
        while _uncross(metres, tour) or _move_stretch(metres, tour):
            pass
        length = 0.0
        for j in range(len(tour)):
            length += metres[tour[j - 1], tour[j]]
        if length < shortest - 1e-9:
            shortest, best = length, tour
    return best


@njit(cache=True, nogil=True)
def _uncross(metres, tour):  # type: ignore[no-untyped-def]
    """Turn stretches around while that is shorter; whether any was."""
    n, changed, better = len(tour), False, True
    while better:
        better = False
        for i in range(n - 1):
            for j in range(i + 1, n):
                a, b, c, d = tour[i - 1], tour[i], tour[j], tour[(j + 1) % n]
                if a == c or b == d:
                    continue
                gain = metres[a, b] + metres[c, d] - metres[a, c] - metres[b, d]
                if gain > 1e-7:
                    tour[i : j + 1] = tour[i : j + 1][::-1].copy()
                    better = changed = True
    return changed


@njit(cache=True, nogil=True)
def _move_stretch(metres, tour):  # type: ignore[no-untyped-def]
    """Move one stretch of up to three stops to where it costs least, either way round."""
    n = len(tour)
    for length in range(1, min(3, n - 3) + 1):
        for i in range(n):
            ring = np.roll(tour, -i)
            first, last = ring[0], ring[length - 1]
            before, after = ring[n - 1], ring[length]
            saved = metres[before, first] + metres[last, after] - metres[before, after]
            for k in range(length, n - 1):
                p, q = ring[k], ring[k + 1]
                straight = metres[p, first] + metres[last, q] - metres[p, q]
                turned = metres[p, last] + metres[first, q] - metres[p, q]
                if saved - min(straight, turned) > 1e-7:
                    piece = (
                        ring[:length].copy() if straight <= turned else ring[:length][::-1].copy()
                    )
                    tour[: k - length + 1] = ring[length : k + 1]
                    tour[k - length + 1 : k + 1] = piece
                    tour[k + 1 :] = ring[k + 1 :]
                    return True
    return False
