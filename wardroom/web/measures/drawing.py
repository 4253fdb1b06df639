"""The pictures of measures: time to close, week by week, and the funnel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Any

from django.utils.formats import date_format

from wardroom.reporting.rules.measuring import signal_sentence
from wardroom.web.measures.showing import between, percent
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
from wardroom.web.ui.words import day_text

SIGNALS_TOLD = 6
MOST_RATIO = 3.0
LEAST_DRAWN, MOST_DRAWN, TICKS_APART = 0.6, 1.1, 90.0
LOOKS = {
    "outside": "plot__dot--outside",
    "unusual": "plot__dot--unusual",
    "within": "plot__dot",
    "too": "plot__dot",
}
WEEKS_KEY = (
    ("plot__line", "requests a week"),
    ("plot__line--middle", "to be expected"),
    ("plot__band", "ordinary ups and downs"),
)
FUNNEL_KEY = (
    ("plot__dot", "within the ordinary"),
    ("plot__dot--unusual", "unusual"),
    ("plot__dot--outside", "outside the limits"),
    ("plot__band", "19 of 20 lie here by chance"),
    ("plot__band plot__band--outer", "998 of 1,000 lie here"),
)


def curve_plot(points: Sequence[Mapping[str, Any]], *, name: str) -> Plot | None:
    """The share closed by each day; none where nothing is known."""
    if len(points) < 2:
        return None
    last = points[-1]["days"]
    x, y = across(0.0, float(last), bend=sqrt), upwards(0.0, 1.0)
    at = [x(p["days"]) for p in points]
    low, high, value = ([y(p[part]) for p in points] for part in ("lower", "upper", "value"))
    end = points[-1]
    return Plot(
        caption="Share closed by so many days after it came in",
        summary=(
            f"{name}: {percent(_at(points, 7))} were closed within 7 days,"
            f" {percent(_at(points, 30))} within 30 days,"
            f" {percent(end['value'])} within {last} days. What is still open counts for as long"
            " as it has been waiting."
        ),
        across=tuple(Tick(x(d), f"{d} d") for d in (1, 7, 30, 90, 180, 365) if d <= last),
        along=tuple(Tick(y(n / 4), f"{25 * n}%") for n in range(5)),
        bands=(band(at, low, high, "plot__band"),),
        lines=(line(at, value, "plot__line"),),
        key=(
            ("plot__line", "share closed"),
            ("plot__band", "where it may lie, 19 times of 20"),
        ),
        headers=("Days", "Closed", "Likely"),
        rows=tuple(
            (str(p["days"]), percent(p["value"]), between(p["lower"], p["upper"]))
            for p in points
            if p["days"]
        ),
    )


def weeks_plot(weeks: Mapping[str, Any], *, name: str) -> Plot:
    """Requests a week beside what the season leads one to expect."""
    value, centre = weeks["value"], weeks["centre"]
    starts = week_starts(weeks)
    top = round_top(max(*value, *weeks["upper"]))
    x, y = across(0.0, float(len(value) - 1)), upwards(0.0, top)
    at = [x(n) for n in range(len(value))]
    low, high, middle, line_of = (
        [y(v) for v in weeks[part]] for part in ("lower", "upper", "centre", "value")
    )
    marked = _stands_out(weeks)
    return Plot(
        caption="Requests a week, and what the season leads one to expect",
        summary=(
            f"{name}: {value[-1]:,} came in the last whole week, of {day_text(starts[-1])};"
            f" about {centre[-1]:,.0f} were to be expected, ordinarily"
            f" {weeks['lower'][-1]:,.0f} to {weeks['upper'][-1]:,.0f}."
        ),
        across=_year_ticks(starts, x),
        along=tuple(Tick(y(top * n / 2), f"{top * n / 2:,.0f}") for n in range(3)),
        bands=(band(at, low, high, "plot__band"),),
        lines=(line(at, middle, "plot__line--middle"), line(at, line_of, "plot__line")),
        dots=tuple(
            Dot(at[n], line_of[n], "plot__dot--outside", f"{day_text(starts[n])}: {value[n]:,}")
            for n in marked
        ),
        key=(*WEEKS_KEY, *((("plot__dot--outside", "stands out"),) if marked else ())),
        headers=("Week of", "Came in", "To be expected", "Ordinary"),
        rows=tuple(
            (
                day_text(starts[n]),
                f"{value[n]:,}",
                f"{centre[n]:,.0f}",
                f"{weeks['lower'][n]:,.0f} to {weeks['upper'][n]:,.0f}",
            )
            for n in range(weeks["baseline"], len(value))
        ),
    )


def _stands_out(weeks: Mapping[str, Any]) -> list[int]:
    """The weeks after those that set the limits in which a rule found something."""
    found = {n for s in weeks["signals"] for n in range(s["first"], s["last"] + 1)}
    return sorted(n for n in found if n >= weeks["baseline"])


def signal_sentences(weeks: Mapping[str, Any]) -> list[str]:
    """What stood out since the two years that set the limits, the latest first."""
    starts = week_starts(weeks)
    told = [s for s in weeks["signals"] if s["last"] >= weeks["baseline"]]
    told.sort(key=lambda s: (s["last"], s["first"]), reverse=True)
    return [
        signal_sentence(
            s["rule"],
            day_text(starts[s["first"]]),
            day_text(starts[s["last"]]),
            upwards=s["upwards"],
        )
        for s in told[:SIGNALS_TOLD]
    ]


def week_starts(weeks: Mapping[str, Any]) -> list[date]:
    """The Monday of each week."""
    first = date.fromisoformat(weeks["first"])
    return [first + timedelta(weeks=n) for n in range(len(weeks["value"]))]


def funnel_plot(told: Mapping[str, Any], names: Mapping[str, str], *, what: str) -> Plot | None:
    """Each unit's count over what was to be expected, by how much was; none where there is none."""
    units = [u for u in told["units"] if u["expected"] > 0]
    if not units:
        return None
    limits = [limit for limit in told["limits"] if limit[0] > 0]
    least, most = limits[0][0], limits[-1][0]
    tops = [*(u["ratio"] for u in units), *(inner[1] for _, inner, _ in limits)]
    highest = 1.15 * max(tops)
    highest = max(min(highest, MOST_RATIO), 1.5)
    x = across(least * LEAST_DRAWN, most * MOST_DRAWN, bend=sqrt)
    y = upwards(0.0, highest)
    return Plot(
        caption=(
            f"{what}: times what the mix of kinds leads one to expect, upwards; how many were to be"
            " expected, from left to right"
        ),
        summary="; ".join(
            f"{names[u['code']]} {u['observed']:,.0f} counted, {u['expected']:,.0f} to be expected"
            for u in units
        )
        + ".",
        across=_count_ticks(least, most, x),
        along=tuple(Tick(y(n / 2), f"× {n / 2:g}") for n in range(7) if n / 2 <= highest),
        bands=_funnel_bands(limits, x, y),
        lines=(),
        dots=tuple(
            Dot(
                x(u["expected"]),
                y(u["ratio"]),
                LOOKS[u["standing"].split(" ")[0].rstrip(":")],
                f"{names[u['code']]}: {u['standing']}",
                name=u["code"],
            )
            for u in units
        ),
        level=y(1.0),
        key=FUNNEL_KEY,
        headers=("Which", "Counted", "Expected", "Ratio", "Ordinary"),
        rows=tuple(_funnel_row(u, names) for u in units),
    )


def _funnel_bands(limits: Sequence[Sequence[Any]], x: Scale, y: Scale) -> tuple[Area, ...]:
    """The outer and the inner limits, through those of each unit; fewer than two make no band."""
    if len(limits) < 2:
        return ()
    at = [x(limit[0]) for limit in limits]
    looks = ((2, "plot__band plot__band--outer"), (1, "plot__band"))
    return tuple(
        band(at, [y(limit[n][0]) for limit in limits], [y(limit[n][1]) for limit in limits], look)
        for n, look in looks
    )


def _funnel_row(unit: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        names[unit["code"]],
        f"{unit['observed']:,.0f} of {unit['number']:,}",
        f"{unit['expected']:,.{0 if unit['expected'] >= 10 else 1}f}",
        f"{unit['ratio']:.2f}",
        f"{unit['inner'][0]:.2f} to {unit['inner'][1]:.2f}",
    )


def _at(points: Sequence[Mapping[str, Any]], wanted: int) -> float | None:
    return next((p["value"] for p in points if p["days"] == wanted), None)


def _year_ticks(starts: Sequence[date], x: Scale) -> tuple[Tick, ...]:
    return tuple(
        Tick(x(n), date_format(day, "M Y"))
        for n, day in enumerate(starts)
        if day.day <= 7 and day.month in (1, 7)
    )


def _count_ticks(least: float, most: float, x: Scale) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    for n in (m * 10**k for k in range(7) for m in (1, 2, 3, 5, 7)):
        apart = not ticks or x(n) - ticks[-1].at >= TICKS_APART
        if least * LEAST_DRAWN <= n <= most * MOST_DRAWN and apart:
            ticks.append(Tick(x(n), f"{n:,}"))
    return tuple(ticks)
