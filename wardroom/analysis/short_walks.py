"""In which order to walk past a few stops, at once: without the compiled search of `routes`.

A page must not wait seconds until a compiler is loaded. Plain 2-opt and or-opt from a few
beginnings are as short as the compiled search or nearly so, for up to forty stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

BEGINNINGS = 20
LONGEST_STRETCH = 3
LEAST_GAIN = 1e-7
Table = list[list[float]]


def short_walk(x: Sequence[float], y: Sequence[float], *, start: int | None = None) -> list[int]:
    """The order of a short walk past every stop, given in meters, that does not come back.

    ``start`` is the stop to begin at, or any. The same stops give the same walk.
    """
    n = len(x)
    if n < 2:
        return list(range(n))
    table = [[hypot(x[i] - x[j], y[i] - y[j]) for j in range(n)] for i in range(n)]
    best: list[int] = []
    for beginning in _beginnings(table, start):
        path = _improved(table, beginning, fixed=start is not None)
        if not best or length_of(table, path) < length_of(table, best) - LEAST_GAIN:
            best = path
    return best


def length_of(table: Table, path: Sequence[int]) -> float:
    """How long a walk is, by a table of what lies between each two stops."""
    return sum(table[path[k]][path[k + 1]] for k in range(len(path) - 1))


def _beginnings(table: Table, start: int | None) -> list[list[int]]:
    """Walks that go to the nearest stop each time, from several stops, or by several first ways."""
    n = len(table)
    if start is None:
        middle = sorted(range(n), key=lambda i: (-sum(table[i]), i))
        return [_nearest(table, [first]) for first in middle[:BEGINNINGS]]
    others = sorted((i for i in range(n) if i != start), key=lambda i: (table[start][i], i))
    spread = others[:: max(1, len(others) // BEGINNINGS)][:BEGINNINGS]
    return [_nearest(table, [start, second]) for second in spread]


def _nearest(table: Table, path: list[int]) -> list[int]:
    left = set(range(len(table))) - set(path)
    while left:
        here = table[path[-1]]
        path.append(min(left, key=lambda i: (here[i], i)))
        left.discard(path[-1])
    return path


def _improved(table: Table, path: list[int], *, fixed: bool) -> list[int]:
    while _turned(table, path, fixed) or _moved(table, path, fixed):
        pass
    return path


def _turned(table: Table, path: list[int], fixed: bool) -> bool:
    """Turn one stretch around where that is shorter; whether there was one."""
    n = len(path)
    for i in range(1 if fixed else 0, n - 1):
        before = path[i - 1] if i else None
        for j in range(i + 1, n):
            after = path[j + 1] if j + 1 < n else None
            gain = _way(table, before, path[i]) + _way(table, path[j], after)
            gain -= _way(table, before, path[j]) + _way(table, path[i], after)
            if gain > LEAST_GAIN:
                path[i : j + 1] = path[i : j + 1][::-1]
                return True
    return False


def _moved(table: Table, path: list[int], fixed: bool) -> bool:
    """Move one stretch of up to three stops to where it costs least; whether there was one."""
    n, first = len(path), 1 if fixed else 0
    for size in range(1, min(LONGEST_STRETCH, n - 1) + 1):
        for i in range(first, n - size + 1):
            stretch, rest = path[i : i + size], path[:i] + path[i + size :]
            before = path[i - 1] if i else None
            after = path[i + size] if i + size < n else None
            saved = _way(table, before, stretch[0]) + _way(table, stretch[-1], after)
            saved -= _way(table, before, after)
            for k in range(first, len(rest) + 1):
                p = rest[k - 1] if k else None
                q = rest[k] if k < len(rest) else None
                straight = _way(table, p, stretch[0]) + _way(table, stretch[-1], q)
                turned = _way(table, p, stretch[-1]) + _way(table, stretch[0], q)
                if saved - min(straight, turned) + _way(table, p, q) > LEAST_GAIN:
                    piece = stretch if straight <= turned else stretch[::-1]
                    path[:] = rest[:k] + piece + rest[k:]
                    return True
    return False


def _way(table: Table, a: int | None, b: int | None) -> float:
    """How far it is between two stops; beyond an end of the walk lies nothing."""
    return 0.0 if a is None or b is None else table[a][b]
