"""What the last measurement before the report says of a ward, and what stands out in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.directory.models import Party
from wardroom.reporting.models import MeasuredCell, Measurement
from wardroom.reporting.rules.measuring import NOT_NAMED

LAST_WEEKS = 2


def figures_measured(measurement: Measurement | None, ward_code: str) -> dict[str, Any] | None:
    """How long a ward's requests take, open ones counted; none where nothing was measured."""
    if measurement is None:
        return None
    cells = MeasuredCell.objects.filter(measurement=measurement, ward_code=ward_code)
    cell = cells.filter(agency_code="", topic_code="").only("figures").first()
    if cell is None:
        return None
    meant = measurement.definitions["time"]
    return {
        "measurement_id": measurement.pk,
        "data_as_of": measurement.data_as_of.isoformat(),
        "measured_on": localdate(measurement.data_as_of).isoformat(),
        "since_on": measurement.since_on.isoformat(),
        "method": measurement.method,
        "definition": f"{meant['name']}, definition {meant['version']}. {meant['meaning']}",
        "time": cell.figures["time"],
    }


def signals_measured(
    measurement: Measurement | None, ward_code: str, *, as_of: datetime
) -> list[dict[str, Any]]:
    """What stood out about agencies in the ward, by name: on weekly charts, and beside their mix.

    A signal counts while it reaches into the last two whole weeks; where the last measurement
    is older than that, nobody can say that it still does.
    """
    if measurement is None or measurement.data_as_of < as_of - timedelta(weeks=LAST_WEEKS):
        return []
    cells = MeasuredCell.objects.filter(measurement=measurement, ward_code=ward_code, topic_code="")
    cells = cells.exclude(agency_code__in=["", NOT_NAMED])
    charts = dict(cells.order_by("agency_code").values_list("agency_code", "pictures__weeks"))
    kept = Measurement.objects.filter(pk=measurement.pk)
    beside = kept.values_list("funnels__late_of", flat=True).get() or {}
    found = [
        one
        for code in sorted({*charts, *beside})
        for one in (
            *_on_chart(code, charts.get(code)),
            *_beside_mix(code, beside.get(code), ward_code),
        )
    ]
    rows = Party.objects.filter(code__in={one["agency"] for one in found})
    names = dict(rows.order_by("pk").values_list("code", "name"))
    told = [{**one, "name": names.get(one["agency"], one["agency"])} for one in found]
    return sorted(told, key=lambda one: (one["name"].lower(), one["agency"], one["what"]))


def _on_chart(code: str, chart: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """The signals of a weekly chart that reach into its last weeks, the strongest words once."""
    if not chart:
        return
    first, many = date.fromisoformat(chart["first"]), len(chart["value"])
    for signal in chart["signals"]:
        last = signal["last"]
        if last < many - LAST_WEEKS:
            continue
        yield {
            "agency": code,
            "what": "weeks",
            "rule": signal["rule"],
            "upwards": signal["upwards"],
            "first_on": (first + timedelta(weeks=signal["first"])).isoformat(),
            "last_on": (first + timedelta(weeks=last)).isoformat(),
            "value": chart["value"][last],
            **{name: chart[name][last] for name in ("centre", "lower", "upper")},
        }


def _beside_mix(code: str, funnel: Any, ward_code: str) -> Iterator[dict[str, Any]]:
    """How late an agency is in this ward, where that is beyond what its mix of kinds explains."""
    for unit in (funnel or {}).get("units", ()):
        if unit["code"] == ward_code and str(unit["standing"]).startswith("outside"):
            names = ("observed", "expected", "number", "standing")
            yield {"agency": code, "what": "late", **{name: unit[name] for name in names}}
