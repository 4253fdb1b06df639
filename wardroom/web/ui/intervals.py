"""An interval as one picture: an effect on a scale from fewer to more, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from wardroom.analysis.change_words import change_in_words

WIDTH, HEIGHT, SIDE, MIDDLE = 720, 120, 60, 52
WORTH = 0.9
SCALES = (
    (1, ("half", "double")),
    (2, ("a quarter", "four times")),
    (3, ("an eighth", "eight times")),
)


@dataclass(frozen=True)
class Mark:
    """A line of the scale with its name below it."""

    x: float
    text: str
    main: bool = False
    anchor: str = "middle"


@dataclass(frozen=True)
class Interval:
    """The picture in its own units; ``open_low`` and ``open_high`` say that it goes on there."""

    caption: str
    summary: str
    marks: tuple[Mark, ...]
    left: float
    right: float
    at: float
    said: str
    open_low: bool
    open_high: bool
    width: int = WIDTH
    height: int = HEIGHT
    middle: int = MIDDLE

    @property
    def length(self) -> float:
        """How long the bar is."""
        return round(max(self.right - self.left, 2.0), 1)


def effect_interval(effect: float, low: float, high: float | None, *, caption: str) -> Interval:
    """The effect with its 90% interval, on a scale from half to double or as wide as it takes.

    ``high`` is none where nothing is known above. Marked are no change, and the least change
    that is worth having: left of it the whole interval has to lie for "worked".
    """
    ends = [v for v in (effect, low, high) if v]
    reach = max(abs(log2(v)) for v in ends)
    doublings, names = next((s for s in SCALES if reach <= s[0]), SCALES[-1])

    def x(value: float) -> float:
        share = (log2(value) / doublings + 1) / 2 if value > 0 else 0.0
        return round(SIDE + min(max(share, 0.0), 1.0) * (WIDTH - 2 * SIDE), 1)

    open_low, open_high = low < 2.0**-doublings, high is None or high > 2.0**doublings
    top = "no end above" if high is None else change_in_words(high)
    bottom = "no end below" if low <= 0 else change_in_words(low)
    between = [Mark(x(2.0**n), name) for n, name in ((-1, "half"), (1, "double"))]
    return Interval(
        caption=caption,
        summary=f"{change_in_words(effect).capitalize()}; 90% interval: from {bottom} to {top}.",
        marks=(
            Mark(x(2.0**-doublings), names[0]),
            *(between if doublings > 1 else ()),
            Mark(round(x(WORTH) - 2, 1), change_in_words(WORTH), anchor="end"),
            Mark(round(x(1.0) + 2, 1), "no change", main=True, anchor="start"),
            Mark(x(2.0**doublings), names[1]),
        ),
        left=x(low) if low > 0 else float(SIDE),
        right=x(high) if high is not None else float(WIDTH - SIDE),
        at=x(effect),
        said=change_in_words(effect),
        open_low=open_low,
        open_high=open_high,
    )
