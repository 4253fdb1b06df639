"""A share with the interval its number of cases allows, without the numeric libraries. Pure."""

from __future__ import annotations

import math


def share_with_interval(hits: int, n: int) -> tuple[float, float, float] | None:
    """A share with its 95 % interval after Wilson (1927); none where nothing was counted."""
    if n == 0:
        return None
    z = 1.959964
    p = hits / n
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return p, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
