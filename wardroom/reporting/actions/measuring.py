"""Keeping what was measured: one frozen measurement with its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.reporting import facts, policy
from wardroom.reporting.models import MeasuredCell, Measurement
from wardroom.reporting.rules.measuring import worth_keeping

BATCH = 200


@dataclass(frozen=True)
class CellDraft:
    """The figures of one cell; an empty code stands for all."""

    ward_code: str
    agency_code: str
    topic_code: str
    figures: Mapping[str, Any]
    pictures: Mapping[str, Any] | None


@dataclass(frozen=True)
class Measured:
    """A measurement that was counted and is to be kept.

    Its year begins on ``since_on``, what flowed in and out is counted from ``flow_on``.
    ``rows_taken_in`` says how far the readings had come before it was counted, at least.
    """

    as_of: datetime
    since_on: date
    flow_on: date
    method: str
    requests: int
    rows_taken_in: int
    definitions: Mapping[str, Any]
    funnels: Mapping[str, Any]
    cells: tuple[CellDraft, ...]


@action(policy.may_measure)
def keep_measurement(subject: None, *, measured: Measured, stamp: Stamp) -> Measurement:
    """Keep what was measured about the requests, frozen with its definitions.

    It was counted before (`wardroom.reporting.gateways.measure`), so that nobody waits for it
    with a change of their own. Of the others the last of each month stays.
    Refuses: nothing. Records: `RequestsMeasured`.
    """
    measurement = Measurement.objects.create(
        data_as_of=measured.as_of,
        ran_at=stamp.at,
        since_on=measured.since_on,
        flow_on=measured.flow_on,
        method=measured.method,
        requests=measured.requests,
        rows_taken_in=measured.rows_taken_in,
        definitions=measured.definitions,
        funnels=measured.funnels,
    )
    cells = [
        MeasuredCell(
            measurement=measurement,
            ward_code=cell.ward_code,
            agency_code=cell.agency_code,
            topic_code=cell.topic_code,
            figures=cell.figures,
            pictures=cell.pictures,
        )
        for cell in measured.cells
    ]
    MeasuredCell.objects.bulk_create(cells, batch_size=BATCH)
    dropped = _thin_out(measurement)
    fact = facts.RequestsMeasured(
        measurement_id=measurement.pk,
        data_as_of=measured.as_of,
        requests=measured.requests,
        cells=len(cells),
        dropped=dropped,
    )
    record(fact, stamp=stamp)
    return measurement


def _thin_out(made: Measurement) -> tuple[int, ...]:
    """Let go of measurements that neither were just made nor end a month; which."""
    rows = Measurement.objects.order_by("data_as_of", "pk").values_list("pk", "data_as_of")
    days = [(pk, localdate(at)) for pk, at in rows]
    gone = tuple(sorted({pk for pk, _ in days} - worth_keeping(days) - {made.pk}))
    MeasuredCell.objects.filter(measurement__in=gone).delete()
    Measurement.objects.filter(pk__in=gone).delete()
    return gone
