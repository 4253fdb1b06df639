"""The pictures of measures: time to close, week by week, and the funnel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Any

from django.utils.formats import date_format

from wardroom.reporting.rules.measuring import signal_sentence
from wardroom.web.measures.showing import between, percent
from wardroom.web.ui.plots import Dot, Plot, Tick, across, band, line, round_top, upwards
from wardroom.web.ui.words import day_text

SIGNALS_TOLD = 6
MOST_RATIO = 3.0
LOOKS = {
    "outside": "plot__dot--outside",
    "unusual": "plot__dot--unusual",
    "within": "plot__dot",
    "too": "plot__dot",
}


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
            (str(p["days"]), percent(p["value"]), between(p["lower"], p["upper"])) for p in points
        ),
    )


def weeks_plot(weeks: Mapping[str, Any], *, name: str) -> Plot:
    """Requests a week beside what the season leads one to expect."""
    value, centre = weeks["value"], weeks["centre"]
    starts = week_starts(weeks)
    x = across(0.0, float(len(value) - 1))
    y = upwards(0.0, round_top(max(*value, *weeks["upper"])))
    at = [x(n) for n in range(len(value))]
    top = round_top(max(*value, *weeks["upper"]))
    marked = sorted(
        {n for s in weeks["signals"] for n in range(s["first"], s["last"] + 1)}
        & set(range(weeks["baseline"], len(value)))
    )
    return Plot(
        caption="Requests a week, and what the season leads one to expect",
        summary=(
            f"{name}: {value[-1]:,} came in the last whole week, of {day_text(starts[-1])};"
            f" about {centre[-1]:,.0f} were to be expected, ordinarily"
            f" {weeks['lower'][-1]:,.0f} to {weeks['upper'][-1]:,.0f}."
        ),
        across=_year_ticks(starts, x),
        along=tuple(Tick(y(top * n / 2), f"{top * n / 2:,.0f}") for n in range(3)),
        bands=(
            band(at, [y(v) for v in weeks["lower"]], [y(v) for v in weeks["upper"]], "plot__band"),
        ),
        lines=(
            line(at, [y(v) for v in centre], "plot__line--middle"),
            line(at, [y(v) for v in value], "plot__line"),
        ),
        dots=tuple(
            Dot(x(n), y(value[n]), "plot__dot--outside", f"{day_text(starts[n])}: {value[n]:,}")
            for n in marked
        ),
        key=(
            ("plot__line", "requests a week"),
            ("plot__line--middle", "to be expected"),
            ("plot__band", "ordinary ups and downs"),
            *((("plot__dot--outside", "stands out"),) if marked else ()),
        ),
        headers=("Week of", "Came in", "To be expected", "Ordinary"),
        rows=tuple(
            (
                day_text(starts[n]),
                f"{value[n]:,}",
                f"{centre[n]:,.0f}",
                f"{weeks['lower'][n]:,.0f} to {weeks['upper'][n]:,.0f}",
            )
            for n in range(max(weeks["baseline"], 0), len(value))
        ),
    )


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
    rising = sorted(units, key=lambda u: (u["expected"], u["code"]))
    most = max(u["expected"] for u in units)
    least = min(u["expected"] for u in units)
    x = across(least * 0.8, most * 1.1, bend=sqrt)
    highest = min(max(max(u["ratio"], u["inner"][1]) for u in units) * 1.15, MOST_RATIO)
    y = upwards(0.0, max(highest, 1.5))
    at = [x(u["expected"]) for u in rising]
    bands = tuple(
        band(at, [y(u[part][0]) for u in rising], [y(u[part][1]) for u in rising], look)
        for part, look in (("outer", "plot__band plot__band--outer"), ("inner", "plot__band"))
    )
    return Plot(
        caption=(
            f"{what}: times what the mix of kinds leads one to expect, upwards; how many were to be"
            " expected, from left to right"
        ),
        summary="; ".join(
            f"{names.get(u['code'], u['code'])} {u['observed']:,.0f} counted,"
            f" {u['expected']:,.0f} to be expected"
            for u in told["units"]
        )
        + ".",
        across=_count_ticks(least, most, x),
        along=tuple(Tick(y(n / 2), f"× {n / 2:g}") for n in range(7) if n / 2 <= max(highest, 1.5)),
        bands=bands if len(units) > 1 else (),
        lines=(),
        dots=tuple(
            Dot(
                x(u["expected"]),
                y(u["ratio"]),
                LOOKS[u["standing"].split(" ")[0].rstrip(":")],
                f"{names.get(u['code'], u['code'])}: {u['standing']}",
                name=u["code"],
            )
            for u in units
        ),
        level=y(1.0),
        key=(
            ("plot__dot", "within the ordinary"),
            ("plot__dot--unusual", "unusual"),
            ("plot__dot--outside", "outside the limits"),
            ("plot__band", "19 of 20 lie here by chance"),
            ("plot__band plot__band--outer", "998 of 1,000 lie here"),
        ),
        headers=("", "Counted", "To be expected", "Ratio", "Ordinary"),
        rows=tuple(
            (
                names.get(u["code"], u["code"]),
                f"{u['observed']:,.0f} of {u['number']:,}",
                f"{u['expected']:,.1f}",
                f"{u['ratio']:.2f}",
                f"{u['inner'][0]:.2f} to {u['inner'][1]:.2f}",
            )
            for u in told["units"]
        ),
    )


def _at(points: Sequence[Mapping[str, Any]], wanted: int) -> float | None:
    return next((p["value"] for p in points if p["days"] == wanted), None)


def _year_ticks(starts: Sequence[date], x: Any) -> tuple[Tick, ...]:
    return tuple(
        Tick(x(n), date_format(day, "M Y"))
        for n, day in enumerate(starts)
        if day.day <= 7 and day.month in (1, 7)
    )


def _count_ticks(least: float, most: float, x: Any) -> tuple[Tick, ...]:
    marks = [m * 10**k for k in range(7) for m in (1, 2, 5)]
    return tuple(Tick(x(n), f"{n:,}") for n in marks if least * 0.8 <= n <= most * 1.1)
