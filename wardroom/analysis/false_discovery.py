"""How many of a list are likely to be ordinary after all."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def q_values(p: Floats) -> Floats:
    """The smallest false discovery rate at which each would be listed, shape (n,).

    Source: Benjamini and Hochberg 1995.
    """
    n = len(p)
    order = np.argsort(p, kind="stable")
    steps = p[order] * n / np.arange(1, n + 1)
    q = np.empty(n)
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q


def chance_of_being_ordinary(p: Floats) -> Floats:
    """The local false discovery rate of each, shape (n,), rising with ``p``.

    The density of p-values is taken to fall and is fitted by the least concave majorant of
    their distribution (Grenander); under the null it is 1. Source: Strimmer 2008.
    """
    n = len(p)
    if not n:
        return np.empty(0)
    order = np.argsort(p, kind="stable")
    x = np.concatenate([[0.0], p[order], [1.0]])
    y = np.concatenate([[0.0], np.arange(1, n + 1) / n, [1.0]])
    knots = _majorant(x, y)
    width = np.maximum(np.diff(x[knots]), 1e-300)
    slope = np.diff(y[knots]) / width
    segment = np.clip(np.searchsorted(knots, np.arange(1, n + 1), side="left") - 1, 0, None)
    local = np.empty(n)
    local[order] = np.minimum(1.0 / np.maximum(slope[segment], 1e-12), 1.0)
    return local


@njit(cache=True, nogil=True)
def _majorant(x, y):  # type: ignore[no-untyped-def]
    """The corners of the least concave curve over some points, from left to right."""
    hull, size = np.zeros(len(x), dtype=np.int64), 1
    for at in range(1, len(x)):
        while size > 1:
            a, b = hull[size - 2], hull[size - 1]
            if (y[b] - y[a]) * (x[at] - x[a]) > (y[at] - y[a]) * (x[b] - x[a]):
                break
            size -= 1
        hull[size] = at
        size += 1
    return hull[:size]
