"""The calendars of others that the office reads, and their events of some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wardroom.access.actor import Actor
from wardroom.calendar import policy
from wardroom.calendar.models import OutsideCalendar, OutsideEvent
from wardroom.calendar.queries.events import day_start
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class OutsideRow:
    """One calendar of others: where it comes from, when it was read, and what went wrong."""

    id: int
    name: str
    url: str
    ward_code: str
    read_at: datetime | None
    failed_at: datetime | None
    error: str
    events: int
    may_end: bool


@dataclass(frozen=True)
class TheirRow:
    """One event of theirs."""

    calendar_name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    ward_code: str
    cancelled: bool
    vanished: bool


def outside_calendars(actor: Actor) -> tuple[OutsideRow, ...]:
    """The calendars of others within reach that are read, by name."""
    from django.db.models import Count, Q

    rows = OutsideCalendar.objects.within(policy.outside_reach(actor)).filter(ended_at=None)
    told = Count("events", filter=Q(events__vanished_at=None))
    return tuple(
        OutsideRow(
            id=row.pk,
            name=row.name,
            url=row.url,
            ward_code=row.ward_code,
            read_at=row.read_at,
            failed_at=row.failed_at,
            error=row.error,
            events=row.told,
            may_end=policy.may_read_outside(actor, row),
        )
        for row in rows.annotate(told=told).order_by("name", "pk")
    )


def get_outside_calendar(calendar_id: int, actor: Actor) -> OutsideCalendar:
    """One of them, to act on it; `NotFound` out of reach."""
    rows = OutsideCalendar.objects.within(policy.outside_reach(actor))
    row: OutsideCalendar | None = rows.filter(pk=calendar_id).first()
    if row is None:
        raise NotFound(f"no outside calendar {calendar_id}")
    return row


def get_calendars_to_read() -> tuple[OutsideCalendar, ...]:
    """Those with an address that are still read, for the house that fetches them."""
    rows = OutsideCalendar.objects.filter(ended_at=None).exclude(url="")
    return tuple(rows.order_by("pk"))


def their_events(
    actor: Actor, *, from_on: date, until_on: date, ward_code: str | None = None
) -> tuple[TheirRow, ...]:
    """What others have in their calendars on these days; what they tell no more is marked."""
    shown = OutsideCalendar.objects.within(policy.outside_reach(actor)).filter(ended_at=None)
    if ward_code is not None:
        shown = shown.filter(ward_code__in=["", ward_code])
    rows = OutsideEvent.objects.filter(
        calendar__in=shown,
        starts_at__gte=day_start(from_on),
        starts_at__lt=day_start(until_on + timedelta(days=1)),
    )
    return tuple(
        TheirRow(
            calendar_name=row.calendar.name,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            ward_code=row.calendar.ward_code,
            cancelled=row.cancelled,
            vanished=row.vanished_at is not None,
        )
        for row in rows.select_related("calendar").order_by("starts_at", "pk")[:500]
    )
