"""What happens around the numbers of a span: meetings and walks, improvements, walks' ledgers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localtime

from wardroom.access.actor import SYSTEM
from wardroom.calendar.queries import EventRow, events_of_ward
from wardroom.calendar.queries.events import day_start
from wardroom.fieldwork.models import Walk, WalkLine
from wardroom.fieldwork.queries import walk_ledger
from wardroom.plans.queries import improvements_agreed


def events_told(
    ward_code: str, from_on: date, until_on: date, *, kinds: Collection[str] = ()
) -> list[dict[str, Any]]:
    """The events of a ward on some days, of some kinds or of all."""
    rows = events_of_ward(ward_code, from_on, until_on)
    return [_event(row) for row in rows if not kinds or row.kind in kinds]


def _event(row: EventRow) -> dict[str, Any]:
    return {
        "event_id": row.id,
        "matter_id": row.matter_id,
        "kind": row.kind_label,
        "title": row.title,
        "place": row.place_label,
        "on": localtime(row.starts_at).date().isoformat(),
        "at": f"{localtime(row.starts_at):%H:%M}",
        "state": row.state,
        "why": row.cancelled_why,
    }


def improvements_told(
    ward_code: str, from_at: datetime, until_at: datetime
) -> list[dict[str, Any]]:
    """The improvements that a ward wrote down in a span."""
    return [
        {
            "improvement_id": row.id,
            "entity": row.entity_name,
            "wording": row.wording,
            "authority": row.authority,
            "agreed_on": row.agreed_on.isoformat(),
            "found_by": row.found_by,
            "led_to": row.led_to,
            "matter_id": None,
        }
        for row in improvements_agreed(ward_code, from_at, until_at)
    ]


def walks_told(
    ward_code: str, from_on: date, end_at: datetime, *, under_way: bool = False
) -> list[dict[str, Any]]:
    """The walks of a ward that were over by an instant: how many stops, and what was found.

    One that stands in the calendar was on the day that it has there, also where it was moved.
    With ``under_way`` also those that somebody walked and nobody has ended yet.
    """
    last = localtime(end_at).date() + timedelta(days=1)
    moved = Q(event__starts_at__gte=day_start(from_on), event__starts_at__lt=day_start(last))
    drawn = Q(event=None, walk_on__gte=from_on, walk_on__lt=last)
    rows = Walk.objects.filter(moved | drawn, ward_code=ward_code).select_related("event")
    looked = Exists(WalkLine.objects.filter(walk=OuterRef("pk"), received_at__lt=end_at))
    over = Q(ended_at__lt=end_at)
    if under_way:
        over |= Q(looked=True)
        rows = rows.annotate(looked=looked)
    return [_walk(row, end_at) for row in rows.filter(over).order_by("walk_on", "pk")]


def _walked_on(walk: Walk) -> date:
    return walk.walk_on if walk.event is None else localtime(walk.event.starts_at).date()


def _walk(walk: Walk, end_at: datetime) -> dict[str, Any]:
    ledger = walk_ledger(walk.pk, SYSTEM)
    return {
        "walk_id": walk.pk,
        "event_id": walk.event_id,
        "title": ledger.title,
        "on": _walked_on(walk).isoformat(),
        "over": walk.ended_at is not None and walk.ended_at < end_at,
        "stops": ledger.stops,
        "seen": ledger.seen,
        "fixed": ledger.fixed,
        "not_fixed": ledger.not_fixed,
        "asked_again": ledger.asked_again,
        "troubles": ledger.troubles,
    }
