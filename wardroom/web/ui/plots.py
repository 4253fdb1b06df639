"""Lines, bands and points as SVG, with every number also in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 260, 64, 32, 16, 36
Scale = Callable[[float], float]


@dataclass(frozen=True)
class Tick:
    """A mark of a scale, with what it says."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Area:
    """A band or a line; ``look`` is the class that draws it."""

    points: str
    look: str


@dataclass(frozen=True)
class Dot:
    """A point, with the name that stands beside it and the words it says."""

    x: float
    y: float
    look: str
    said: str
    name: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Plot:
    """A picture in its own units, and the same in numbers, unless a list beside it says them."""

    caption: str
    summary: str
    across: tuple[Tick, ...]
    along: tuple[Tick, ...]
    bands: tuple[Area, ...]
    lines: tuple[Area, ...]
    dots: tuple[Dot, ...] = ()
    level: float | None = None
    key: tuple[tuple[str, str], ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = field(default=WIDTH - RIGHT)
    base: int = field(default=HEIGHT - FOOT)
    small: bool = False


def across(low: float, high: float, *, bend: Callable[[float], float] = float) -> Scale:
    """A scale from left to right; ``bend`` draws one end apart."""
    start, end = bend(low), bend(high)
    room = WIDTH - LEFT - RIGHT

    def x(value: float) -> float:
        share = (bend(min(max(value, low), high)) - start) / ((end - start) or 1.0)
        return round(LEFT + room * share, 1)

    return x


def upwards(low: float, high: float) -> Scale:
    """A scale from the foot to the top; what lies beyond an end is drawn there."""
    room = HEIGHT - FOOT - TOP

    def y(value: float) -> float:
        share = (min(max(value, low), high) - low) / ((high - low) or 1.0)
        return round(HEIGHT - FOOT - room * share, 1)

    return y


def line(x: Sequence[float], y: Sequence[float], look: str) -> Area:
    """A line through points that are given in the picture's units."""
    return Area(_points(x, y), look)


def band(x: Sequence[float], low: Sequence[float], high: Sequence[float], look: str) -> Area:
    """A band between two lines."""
    return Area(_points([*x, *reversed(x)], [*high, *reversed(low)]), look)


def round_top(value: float) -> float:
    """A round number at or above a value, for the end of a scale."""
    if value <= 0:
        return 1.0
    size = 10.0 ** (len(f"{int(value)}") - 1)
    return next(m * size for m in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if m * size >= value)


def _points(x: Sequence[float], y: Sequence[float]) -> str:
    return " ".join(f"{a:g},{b:g}" for a, b in zip(x, y, strict=True))
