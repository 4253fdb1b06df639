"""What everybody may read of how the city's requests are done in a ward: few figures, no names.

A figure that rests on fewer than five requests is not told, and neither is one of which nobody
can yet tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.kernel.small_numbers import FEWEST
from wardroom.reporting.models import MeasuredCell

ON_TIME, TIME, OPEN = "on_time", "time", "open"


@dataclass(frozen=True)
class NearFigure:
    """One figure: its value with its interval, out of how many, and the definition's version.

    A share is between 0 and 1, a time is in days. ``value`` is empty where it is not told.
    """

    code: str
    value: float | None
    lower: float | None
    upper: float | None
    of: int | None
    version: int


@dataclass(frozen=True)
class NearFigures:
    """The figures of a ward, of which time, and as of when."""

    ward_code: str
    data_as_of: datetime
    since_on: date
    rows: tuple[NearFigure, ...]


def figures_near(_: Actor, ward_code: str) -> NearFigures | None:
    """The newest figures of a ward, empty for the whole city; none before anything was measured."""
    rows = MeasuredCell.objects.filter(ward_code=ward_code, agency_code="", topic_code="")
    cell = (
        rows.select_related("measurement")
        .defer("measurement__funnels", "pictures")
        .order_by("-measurement__data_as_of", "-measurement_id")
        .first()
    )
    if cell is None:
        return None
    measured = cell.measurement
    versions = {code: int(told["version"]) for code, told in measured.definitions.items()}
    return NearFigures(
        ward_code=ward_code,
        data_as_of=measured.data_as_of,
        since_on=measured.since_on,
        rows=tuple(_rows(cell.figures, versions)),
    )


def _rows(figures: Mapping[str, Any], versions: Mapping[str, int]) -> list[NearFigure]:
    on_time, time = figures["on_time"], figures["time"]
    median, waiting = time["median"], figures["backlog"]["open"]
    return [
        _figure(ON_TIME, on_time, on_time["of"], versions["on_time"]),
        _figure(TIME, median, time["number"], versions["time"]),
        NearFigure(
            OPEN, waiting if not 0 < waiting < FEWEST else None, None, None, None,
            versions["backlog"],
        ),
    ]  # fmt: skip


def _figure(code: str, told: Mapping[str, Any], of: int, version: int) -> NearFigure:
    if of < FEWEST or told["value"] is None:
        return NearFigure(code, None, None, None, of if not 0 < of < FEWEST else None, version)
    return NearFigure(code, told["value"], told.get("lower"), told.get("upper"), of, version)
