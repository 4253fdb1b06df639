"""What only the page of one agency or kind shows: a curve, a weekly chart, bulk closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from wardroom.analysis.bulk_closing import DAY, NOBODY, bulk_closing
from wardroom.analysis.calendar_months import wall_clock
from wardroom.analysis.charts import Chart
from wardroom.analysis.seasonal_chart import BASELINE_WEEKS, weekly_chart
from wardroom.reporting.gateways.cells import curve_of, durations_of, estimate
from wardroom.reporting.gateways.mirror import Mirror

Ints = NDArray[np.int64]
CURVE_DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365)
WEEKS = BASELINE_WEEKS + 52
FEWEST_LATER = 4
MOST_TOLD = 8
EPOCH = date(1970, 1, 1)


def pictures_of(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """The pictures of some requests, as plain values."""
    return {
        "curve": told_curve(mirror, rows),
        "weeks": told_weeks(mirror, rows),
        "bulk": told_bulk(mirror, rows),
    }


def told_curve(mirror: Mirror, rows: Ints) -> list[dict[str, Any]]:
    """The share closed by each of some days, as far as anything is known."""
    line = curve_of(durations_of(mirror, rows))
    each = line.closed_by_each(CURVE_DAYS)
    return [
        {"days": days, **told}
        for days, one in zip(CURVE_DAYS, each, strict=True)
        if (told := estimate(one)) is not None
    ]


def told_weeks(mirror: Mirror, rows: Ints) -> dict[str, Any] | None:
    """Requests a week beside what the season leads one to expect.

    None where there are too few, or not two years of them.
    """
    starts = weeks_known(mirror)
    if len(starts) - 1 < BASELINE_WEEKS + FEWEST_LATER:
        return None
    c = mirror.columns
    edges = [mirror.midnight(day) for day in starts]
    opened = np.sort(c.opened[rows[c.counted[rows]]])
    count = np.diff(np.searchsorted(opened, edges)).astype(np.int64)
    try:
        chart = weekly_chart(count)
    except ValueError:
        return None
    return _plain_chart(chart, starts[0])


def weeks_known(mirror: Mirror) -> list[date]:
    """The Mondays of the last whole weeks that the records reach, and the one after them."""
    today = datetime.fromtimestamp(mirror.as_of, tz=mirror.zone).date()
    last = today - timedelta(days=today.weekday())
    mondays = [last - timedelta(weeks=n) for n in range(WEEKS, -1, -1)]
    return [day for day in mondays if mirror.midnight(day) >= mirror.begins]


def told_bulk(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """What was closed together in the year.

    The feed names nobody who closed, and carries neither note nor photograph.
    """
    c = mirror.columns
    ended = c.ended[rows]
    closed = ended[c.counted[rows] & (ended >= mirror.since) & (ended <= mirror.as_of)]
    wall = wall_clock(closed, settings.TIME_ZONE)
    n = len(wall)
    told = bulk_closing(wall, np.full(n, NOBODY), np.zeros(n, dtype=np.bool_))
    days = sorted(told.busy_days, key=lambda d: -d.number)[:MOST_TOLD]
    bursts = sorted(told.same_second, key=lambda b: -b.number)[:MOST_TOLD]
    return {
        "closed": n,
        "in_bulk": int(told.in_bulk.sum()),
        "has_clock": told.has_clock,
        "days": len(told.busy_days),
        "bursts": len(told.same_second),
        "busiest": [
            {"on": _day(d.day), "number": d.number, "usual_most": d.usual_most} for d in days
        ],
        "largest": [
            {"on": _day(b.at // DAY), "second": b.at % DAY, "number": b.number} for b in bursts
        ],
    }


def _plain_chart(chart: Chart, first: date) -> dict[str, Any]:
    return {
        "first": first.isoformat(),
        "value": [int(v) for v in chart.value],
        **{
            name: [round(float(v), 2) for v in getattr(chart, name)]
            for name in ("centre", "lower", "upper")
        },
        "spread": round(chart.spread, 3),
        "baseline": BASELINE_WEEKS,
        "signals": [
            {"rule": str(s.rule), "first": s.first, "last": s.last, "upwards": s.upwards}
            for s in chart.signals
        ],
    }


def _day(number: int) -> str:
    return (EPOCH + timedelta(days=int(number))).isoformat()
