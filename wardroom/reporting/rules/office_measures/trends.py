"""How a measure went month by month, and what can be read from it, in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.reporting.rules.office_measures.measures import NO_SIGNALS, Kind, Measure
from wardroom.reporting.rules.shares import share_with_interval

MONTHS_COUNTED = 12
MONTHS_SHOWN = 24
LEAST_FOR_LIMITS = 8
REACHED_MONTHS = 3


@dataclass(frozen=True)
class MonthFigure:
    """One month of a measure; ``value`` is none where nothing was counted.

    ``whole`` says that the month was over, so that it can stand in a picture.
    """

    on: date
    yes: int
    of: int
    value: float | None
    lower: float | None = None
    upper: float | None = None
    whole: bool = True


@dataclass(frozen=True)
class Stands:
    """What stands out on a chart, from one month to another by their place."""

    rule: str
    first: int
    last: int
    upwards: bool


@dataclass(frozen=True)
class Limits:
    """The middle of a chart, the limits month by month, and what stands out."""

    middle: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[Stands, ...]


@dataclass(frozen=True)
class Trend:
    """How a measure went: the months drawn, with limits where they can be set.

    ``said`` is what can be read from it, in words.
    """

    months: tuple[MonthFigure, ...]
    limits: Limits | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A measure now: the figure with its interval, of how many, and what stands beside it.

    ``why_not`` says why there is none yet.
    """

    value: float | None
    lower: float | None
    upper: float | None
    yes: int | None
    of: int
    beside: tuple[str, ...] = ()
    why_not: str = ""


def first_months(on: date) -> tuple[date, ...]:
    """The first days of the months that are shown, the oldest first; the last one goes on."""
    months = []
    year, month = on.year, on.month
    for _ in range(MONTHS_SHOWN + 1):
        months.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return tuple(reversed(months))


def counted_from(on: date) -> date:
    """The first day of the twelve whole months that a figure of today counts."""
    return first_months(on)[-1 - MONTHS_COUNTED]


def month_after(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def month_of_counts(on: date, yes: int, of: int, *, sampled: bool, whole: bool) -> MonthFigure:
    """A month as the share of its counts, with the interval where one is due."""
    told = share_with_interval(yes, of)
    if told is None:
        return MonthFigure(on, 0, 0, None, whole=whole)
    value, lower, upper = told
    if not sampled:
        return MonthFigure(on, yes, of, value, whole=whole)
    return MonthFigure(on, yes, of, value, lower, upper, whole=whole)


def share_figure(
    months: Sequence[MonthFigure], *, sampled: bool, beside: tuple[str, ...], why_not: str
) -> Figure:
    """The share over the last twelve whole months and the one that goes on."""
    counted = months[-1 - MONTHS_COUNTED :]
    yes, of = sum(m.yes for m in counted), sum(m.of for m in counted)
    told = share_with_interval(yes, of)
    if told is None:
        return Figure(None, None, None, None, 0, beside, why_not)
    value, lower, upper = told
    return Figure(
        value, lower if sampled else None, upper if sampled else None, yes, of, beside, ""
    )


def trend_of(
    measure: Measure,
    months: Sequence[MonthFigure],
    limits_of: Callable[[Sequence[int], Sequence[int]], Limits],
) -> Trend:
    """What the whole months show: limits and signals only where the rules for them hold."""
    drawn = tuple(m for m in months if m.whole and m.value is not None)
    if measure.kind is not Kind.FLOW:
        return Trend(drawn, None, (NO_SIGNALS[measure.kind],))
    if len(drawn) < LEAST_FOR_LIMITS:
        said = (
            f"Limits need {LEAST_FOR_LIMITS} months with cases, and there are {len(drawn)}, so"
            " nobody can say yet what is ordinary."
        )
        return Trend(drawn, None, (said,))
    limits = limits_of([m.yes for m in drawn], [m.of for m in drawn])
    told = tuple(signal_words(signal, drawn) for signal in limits.signals)
    return Trend(drawn, limits, told or ("Nothing stands out: the ups and downs are ordinary.",))


def signal_words(signal: Stands, months: Sequence[MonthFigure]) -> str:
    """What stands out, in words: when, in which direction, by which rule."""
    first, last = (f"{months[at].on:%B %Y}" for at in (signal.first, signal.last))
    when = f"In {last}" if signal.first == signal.last else f"From {first} to {last}"
    way = "higher" if signal.upwards else "lower"
    return f"{when} it was {way} than ordinary ups and downs explain ({signal.rule}). Ask why."
