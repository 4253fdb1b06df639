"""Figures of the office's measures in words, pictures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from wardroom.reporting.queries.office import OfficeMeasure
from wardroom.reporting.queries.office.page import MirroredRows
from wardroom.reporting.rules.office_measures import (
    Kind,
    Measure,
    MonthFigure,
    Target,
    Unit,
    target_words,
)
from wardroom.web.measures.showing import behind, between, days, percent
from wardroom.web.ui.plots import (
    Area,
    Dot,
    Plot,
    Scale,
    Tick,
    across,
    band,
    line,
    round_top,
    upwards,
)
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import counted, day_text

MONTH_COLUMNS = (
    Column("Month"),
    Column("Figure"),
    Column("Of how many", number=True),
    Column("Likely"),
)
TARGET_COLUMNS = (Column("From"), Column("Target"), Column("Why"), Column("Set by"))
TICKS = 6


@dataclass(frozen=True)
class Card:
    """One measure as a page shows it; ``rows`` is the address of what it counts."""

    one: OfficeMeasure
    href: str
    figure: str
    sure: str
    counted: str
    target: str
    plot: Plot | None
    rows: str


def card(one: OfficeMeasure, mirrored: MirroredRows | None) -> Card:
    """A measure with its figure and its picture."""
    measure, figure = one.measure, one.figure
    return Card(
        one=one,
        href=reverse("office_measure", args=[measure.code]),
        figure=said(measure, figure.value) if figure.value is not None else "Not measured yet",
        sure=likely(measure, figure.lower, figure.upper) if figure.value is not None else "",
        counted=_counted(one),
        target=f"Target: {target_words(measure, one.target.value)}."
        if one.target is not None and one.target.value is not None
        else "",
        plot=months_plot(one),
        rows=rows_of(measure, mirrored) if figure.value is not None else "",
    )


def said(measure: Measure, value: float | None) -> str:
    """A figure of a measure as people write it."""
    return days(value) if measure.unit is Unit.DAYS else percent(value)


def likely(measure: Measure, lower: float | None, upper: float | None) -> str:
    """The interval of a figure; empty where none is due."""
    if measure.unit is Unit.DAYS:
        if lower is None:
            return ""
        return f"{days(lower)} to {days(upper)}" if upper is not None else f"{days(lower)} or more"
    if lower is None or upper is None:
        return ""
    if percent(lower) == percent(upper):
        return f"{100 * lower:.1f} to {100 * upper:.1f}%"
    return between(lower, upper)


def rows_of(measure: Measure, mirrored: MirroredRows | None, *, month: date | None = None) -> str:
    """The address of the rows that a measure counts, of one month or of all."""
    if measure.kind is Kind.ROLLING:
        if mirrored is None or month is not None:
            return ""
        row, head = mirrored.row, mirrored.head
        if measure.unit is Unit.DAYS:
            return behind(row, head, "watched", opened_from=f"{head.since_on}")
        return behind(row, head, "due_by_then", due_from=f"{head.since_on}")
    own = reverse("office_measure_rows", args=[measure.code])
    return f"{own}?month={month:%Y-%m}" if month is not None else own


def months_table(one: OfficeMeasure) -> Table:
    """Month after month, the newest first, each with its rows."""
    measure = one.measure
    return table(
        f"{measure.name}, month by month",
        MONTH_COLUMNS,
        [_month_cells(measure, month) for month in reversed(one.months)],
        empty="Nothing was counted.",
    )


def targets_table(measure: Measure, targets: Sequence[Target]) -> Table:
    """Every target that a measure ever had, the newest first."""
    rows = [
        (
            Cell(day_text(t.from_on), main=True),
            Cell(target_words(measure, t.value).capitalize() if t.value else "None any more"),
            Cell(t.why),
            Cell(t.set_by),
        )
        for t in targets
    ]
    return table("Targets", TARGET_COLUMNS, rows, empty="No target was ever set.")


def months_plot(one: OfficeMeasure) -> Plot | None:
    """The whole months with their limits or intervals; none for fewer than two months."""
    measure, trend = one.measure, one.trend
    months = trend.months
    if len(months) < 2:
        return None
    first, last = months[0].on, months[-1].on
    x = across(0.0, float((last - first).days))
    at = [x(float((m.on - first).days)) for m in months]
    values = [m.value or 0.0 for m in months]
    top = 1.0
    target = one.target.value if one.target is not None else None
    if measure.unit is Unit.DAYS:
        ends = [m.upper for m in months if m.upper is not None]
        top = round_top(max(*values, *ends, target or 0.0))
    y = upwards(0.0, top)
    bands, lines, dots = _drawn(one, at, y)
    return Plot(
        caption=f"{measure.name}, month by month",
        summary=_summary(one),
        across=_ticks(months, at),
        along=tuple(Tick(y(top * n / 4), said(measure, top * n / 4)) for n in range(5)),
        bands=bands,
        lines=(*lines, line(at, [y(v) for v in values], "plot__line")),
        dots=dots,
        level=y(target) if target is not None else None,
        key=_key(one, bands, dots),
        headers=("Month", "Figure", "Of", "Ordinary" if trend.limits else "Likely"),
        rows=tuple(_numbers(one, n) for n in range(len(months))),
        small=True,
    )


def _drawn(
    one: OfficeMeasure, at: Sequence[float], y: Scale
) -> tuple[tuple[Area, ...], tuple[Area, ...], tuple[Dot, ...]]:
    months, limits = one.trend.months, one.trend.limits
    if limits is None:
        sure = [(m.lower, m.upper) for m in months if m.lower is not None and m.upper is not None]
        if len(sure) < len(months):
            return (), (), ()
        low, high = [y(ends[0]) for ends in sure], [y(ends[1]) for ends in sure]
        return (band(at, low, high, "plot__band"),), (), ()
    low, high = [y(v) for v in limits.lower], [y(v) for v in limits.upper]
    middle = line(at, [y(limits.middle)] * len(at), "plot__line--middle")
    marked = sorted({n for s in limits.signals for n in range(s.first, s.last + 1)})
    dots = tuple(
        Dot(
            at[n], y(months[n].value or 0.0), "plot__dot--outside", _said_of(one.measure, months[n])
        )
        for n in marked
    )
    return (band(at, low, high, "plot__band"),), (middle,), dots


def _key(
    one: OfficeMeasure, bands: Sequence[Area], dots: Sequence[Dot]
) -> tuple[tuple[str, str], ...]:
    key = [("plot__line", "the months")]
    if one.trend.limits is not None:
        key += [("plot__line--middle", "middle"), ("plot__band", "ordinary ups and downs")]
    elif bands:
        key += [("plot__band", "where it may lie, 19 times of 20")]
    if dots:
        key += [("plot__dot--outside", "stands out")]
    if one.target is not None:
        key += [("plot__line--target", "target")]
    return tuple(key)


def _summary(one: OfficeMeasure) -> str:
    months = one.trend.months
    first, last = months[0], months[-1]
    return (
        f"{one.measure.name}: {_said_of(one.measure, first)};"
        f" {_said_of(one.measure, last)}. {' '.join(one.trend.said)}"
    )


def _said_of(measure: Measure, month: MonthFigure) -> str:
    return f"{date_format(month.on, 'F Y')}: {said(measure, month.value)} of {month.of:,}"


def _ticks(months: Sequence[MonthFigure], at: Sequence[float]) -> tuple[Tick, ...]:
    step = max(1, -(-len(months) // TICKS))
    shown = range(0, len(months), step)
    return tuple(Tick(at[n], date_format(months[n].on, "M y")) for n in shown)


def _numbers(one: OfficeMeasure, n: int) -> tuple[str, ...]:
    month, limits = one.trend.months[n], one.trend.limits
    ordinary = likely(one.measure, month.lower, month.upper)
    if limits is not None:
        ordinary = between(limits.lower[n], limits.upper[n])
    name = date_format(month.on, "F Y")
    return name, said(one.measure, month.value), f"{month.of:,}", ordinary or "-"


def _month_cells(measure: Measure, month: MonthFigure) -> tuple[Cell, ...]:
    name = date_format(month.on, "F Y")
    if month.value is None:
        return Cell(name, main=True), Cell("None counted"), Cell("0", number=True), Cell("-")
    figure = said(measure, month.value)
    href = rows_of(measure, None, month=month.on)
    return (
        Cell(name, main=True, sub="" if month.whole else "so far"),
        Cell(figure, href=href, sub=f"{month.yes:,} of {month.of:,}" if month.yes else ""),
        Cell(f"{month.of:,}", number=True),
        Cell(likely(measure, month.lower, month.upper) or "-"),
    )


def _counted(one: OfficeMeasure) -> str:
    measure, figure = one.measure, one.figure
    if figure.value is None:
        return ""
    many = counted(figure.of, measure.noun, measure.plural)
    return f"{figure.yes:,} of {many}" if figure.yes is not None else f"of {many}"
