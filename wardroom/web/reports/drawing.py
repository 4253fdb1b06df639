"""Small pictures in a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP, WIDE, HIGH = 6, 4, 20


@dataclass(frozen=True)
class Trend:
    """Bars of a few months, in the picture's own units."""

    bars: tuple[tuple[int, float, float], ...]
    width: int
    height: int = HIGH


def trend_bars(months: Sequence[int]) -> Trend:
    """A bar for each month, the highest as high as the picture; x, y and height of each."""
    most = max((*months, 1))
    bars = []
    for n, number in enumerate(months):
        height = max(0.6, round(HIGH * number / most, 1))
        bars.append((n * STEP, round(HIGH - height, 1), height))
    return Trend(tuple(bars), max(1, len(months) * STEP - (STEP - WIDE)))
