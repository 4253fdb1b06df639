"""The one chart: monthly bars as SVG, with every number also in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, FOOT = 720, 150, 18, 22
MARK_ROOM = 15


@dataclass(frozen=True)
class Bar:
    """One month's bar, in the picture's own units."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    tick: str
    recent: bool
    marks: tuple[tuple[str, float], ...] = ()
    done: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Bars:
    """A row of monthly bars and the sentence that says what they show."""

    caption: str
    summary: str
    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    level: float | None = None
    level_label: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def base(self) -> int:
        return HEIGHT - FOOT


def monthly_bars(
    months: Sequence[tuple[str, int]],
    *,
    caption: str,
    unit: str,
    recent: int = 12,
    expected: float | None = None,
    marks: Mapping[str, Sequence[str]] | None = None,
    keys: Mapping[str, str] | None = None,
) -> Bars:
    """Bars for months given as (``2026-11``, count), oldest first.

    The last `recent` months are drawn darker: they are the ones the rule counts. ``expected``
    draws the level of an ordinary place across them. ``marks`` are letters under a month, each
    once, and ``keys`` what they stand for.
    """
    under = {month: tuple(dict.fromkeys(letters)) for month, letters in (marks or {}).items()}
    words = keys or {}
    most = max((n for _, n in months), default=0)
    scale = max(float(most), expected or 0.0)
    step = WIDTH / max(len(months), 1)
    room = HEIGHT - FOOT - TOP
    bars = []
    for i, (month, count) in enumerate(months):
        height = round(room * count / scale, 1) if most else 0.0
        year, number = month[:4], month[5:7]
        bars.append(
            Bar(
                label=month_name(month),
                value=count,
                x=round(i * step + step * 0.12, 1),
                y=round(HEIGHT - FOOT - height, 1),
                width=round(step * 0.76, 1),
                height=height,
                tick=year if number == "01" or (i == 0 and number < "10") else "",
                recent=i >= len(months) - recent,
                marks=tuple(
                    (letter, HEIGHT + MARK_ROOM * (n + 1) - 4.0)
                    for n, letter in enumerate(under.get(month, ()))
                ),
                done=", ".join(words.get(letter, "") for letter in under.get(month, ())),
            )
        )
    level = None
    if expected is not None and most:
        level = round(HEIGHT - FOOT - room * expected / scale, 1)
    return Bars(
        caption=caption,
        summary=_summary(months, unit) + _expected(expected),
        bars=tuple(bars),
        most=most,
        height=HEIGHT + MARK_ROOM * max((len(bar.marks) for bar in bars), default=0),
        keys=tuple(words.items()) if under else (),
        level=level,
        level_label=f"ordinary here: {_few(expected)} a month" if expected is not None else "",
    )


def month_name(month: str) -> str:
    """A month written ``2026-11`` as people say it."""
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{names[int(month[5:7]) - 1]} {month[:4]}"


def _expected(expected: float | None) -> str:
    if expected is None:
        return ""
    return f" An ordinary place like it has {_few(expected)} a month."


def _few(expected: float) -> str:
    return "under 0.1" if expected < 0.1 else f"about {expected:.1f}"


def _summary(months: Sequence[tuple[str, int]], unit: str) -> str:
    if not months:
        return f"No {unit} on record."
    top, most = max(months, key=lambda m: m[1])
    total = sum(n for _, n in months)
    return (
        f"{total} {unit} from {month_name(months[0][0])} to {month_name(months[-1][0])};"
        f" the most in one month was {most}, in {month_name(top)}."
    )
