"""The figures of one cell: done on time, time to close, backlog."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardroom.analysis.backlog import Backlog, backlog
from wardroom.analysis.durations import Durations, watched
from wardroom.analysis.folding import NEVER
from wardroom.analysis.proportions import Share
from wardroom.analysis.survival import Curve, Estimate, Quantile, curve
from wardroom.analysis.timeliness import on_time
from wardroom.reporting.gateways.mirror import Mirror
from wardroom.reporting.rules.measuring import BY_DAYS

Ints = NDArray[np.int64]


def figures_of(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """What is measured of some requests, as plain values."""
    return {
        "on_time": told_on_time(mirror, rows),
        "time": told_time(mirror, rows),
        "backlog": told_backlog(mirror, rows),
    }


def has_any(figures: dict[str, Any]) -> bool:
    """Whether anything came in, was due or is open."""
    numbers = (figures["on_time"]["of"], figures["time"]["number"], figures["backlog"]["open"])
    return any(numbers)


def told_on_time(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """Of what fell due in the year, how much was done by then.

    What has no due date counts from the day it came in.
    """
    c = mirror.columns
    due, opened = c.due[rows], c.opened[rows]
    known = np.where(due < NEVER, due, opened) >= mirror.since
    asked = rows[known & (opened <= mirror.as_of)]
    told = on_time(c.due[asked], c.ended[asked], as_of=mirror.as_of, left_out=~c.counted[asked])
    return {
        **share(told.share),
        "late": told.resolved_late,
        "overdue": told.overdue_open,
        "not_yet_due": told.not_yet_due,
        "without_due": told.without_due,
        "left_out": told.left_out,
    }


def told_time(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """How long what came in during the year takes, what is still open counted."""
    seen = durations_of(mirror, rows)
    line = curve_of(seen)
    return {
        "number": line.number,
        "median": quantile(line.quantile(0.5)),
        "slowest_tenth": quantile(line.quantile(0.9)),
        "by_days": estimate(line.closed_by(BY_DAYS)),
        "quick": seen.quick,
        "backwards": seen.backwards,
    }


def durations_of(mirror: Mirror, rows: Ints) -> Durations:
    """How long the requests of the year were watched; a transfer ends the watching."""
    c = mirror.columns
    opened = c.opened[rows]
    fits = (opened >= mirror.since) & (opened <= mirror.as_of) & (c.counted | c.moved)[rows]
    those = rows[fits]
    moved = c.moved[those]
    return watched(
        c.opened[those],
        np.where(moved, NEVER, c.ended[those]),
        as_of=mirror.as_of,
        moved=np.where(moved, c.ended[those], NEVER),
    )


def curve_of(seen: Durations) -> Curve:
    """The curve of some durations."""
    return curve(seen.days, seen.closed)


def told_backlog(mirror: Mirror, rows: Ints) -> dict[str, Any]:
    """What is open, how old, how late, and what flowed in and out."""
    c = mirror.columns
    those = rows[c.counted[rows]]
    told: Backlog = backlog(
        c.opened[those],
        c.ended[those],
        c.due[those],
        since=mirror.flow_since - 1,
        as_of=mirror.as_of,
    )
    plain = asdict(told)
    del plain["oldest"]
    return {
        **plain,
        "by_age": told.by_age.tolist(),
        "by_overdue": told.by_overdue.tolist(),
        "net_flow": told.net_flow,
    }


def share(told: Share) -> dict[str, Any]:
    """A share as plain values."""
    return asdict(told)


def quantile(told: Quantile) -> dict[str, Any]:
    """A time by which a share was closed, as plain values."""
    return asdict(told)


def estimate(told: Estimate | None) -> dict[str, Any] | None:
    """An estimate as plain values."""
    return asdict(told) if told else None
