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
    """Turn and move stretches for as long as that makes the walk shorter.

    Before its first stop and after its last lies a place that is no way from anywhere.
    """
    beyond = len(table)
    ways = [[*row, 0.0] for row in table] + [[0.0] * (beyond + 1)]
    walk = [beyond, *path, beyond]
    while _turned(ways, walk, fixed) or _moved(ways, walk, fixed):
        pass
    return walk[1:-1]


def _turned(ways: Table, walk: list[int], fixed: bool) -> bool:
    """Turn around each stretch where that is shorter; whether there was one."""
    shorter, last = False, len(walk) - 2
    for i in range(2 if fixed else 1, last):
        from_before, first = ways[walk[i - 1]], walk[i]
        from_first = ways[first]
        for j in range(i + 1, last + 1):
            end, after = walk[j], walk[j + 1]
            gain = from_before[first] + ways[end][after] - from_before[end] - from_first[after]
            if gain > LEAST_GAIN:
                walk[i : j + 1] = walk[i : j + 1][::-1]
                first, shorter = walk[i], True
                from_first = ways[first]
    return shorter


def _moved(ways: Table, walk: list[int], fixed: bool) -> bool:
    """Move each stretch of up to three stops to where it costs least; whether there was one."""
    shorter, stops, first = False, len(walk) - 2, 2 if fixed else 1
    for size in range(1, min(LONGEST_STRETCH, stops - 1) + 1):
        for i in range(first, stops - size + 2):
            stretch, rest = walk[i : i + size], walk[:i] + walk[i + size :]
            from_head, from_tail = ways[stretch[0]], ways[stretch[-1]]
            before, after = walk[i - 1], walk[i + size]
            saved = from_head[before] + from_tail[after] - ways[before][after]
            for k in range(first, len(rest)):
                p, q = rest[k - 1], rest[k]
                straight = from_head[p] + from_tail[q]
                turned = from_tail[p] + from_head[q]
                if saved - min(straight, turned) + ways[p][q] > LEAST_GAIN:
                    piece = stretch if straight <= turned else stretch[::-1]
                    walk[:] = rest[:k] + piece + rest[k:]
                    shorter = True
                    break
    return shorter
