"""The events of some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class EventRow:
    """One event as lists show it; ``state`` is what was written down."""

    id: int
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place_label: str
    ward_code: str
    state: str
    cancelled_why: str
    matter_id: int | None = None

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return rules.KINDS[self.kind]


def events_between(
    actor: Actor,
    *,
    from_on: date,
    until_on: date,
    ward_code: str | None = None,
    kind: str = "",
    party_id: int | None = None,
) -> tuple[EventRow, ...]:
    """The events within reach that begin on these days, both included, in their order.

    With a ward, its events alone; the empty ward is the whole city. With a kind, that alone;
    with a party, what this party takes part in.
    """
    rows = Event.objects.within(policy.reach(actor))
    if kind:
        rows = rows.filter(kind=kind)
    if party_id is not None:
        rows = rows.filter(participations__party=party_id).distinct()
    if ward_code is not None:
        rows = rows.filter(ward_code=ward_code)
    return _rows(rows, from_on, until_on)


def events_of_ward(ward_code: str, from_on: date, until_on: date) -> tuple[EventRow, ...]:
    """The events of a ward on these days, for a report that many read.

    What belongs to a matter that is restricted today is not among them.
    """
    rows = Event.objects.filter(ward_code=ward_code).exclude(matter__restricted=True)
    return _rows(rows, from_on, until_on)


def may_see(actor: Actor) -> bool:
    """Whether somebody has a calendar to look at."""
    return policy.may_see_calendar(actor)


def get_event(event_id: int, actor: Actor) -> Event:
    """One event, to act on it; `NotFound` where it is out of reach."""
    rows = Event.objects.within(policy.reach(actor)).select_related("place", "matter", "series")
    event: Event | None = rows.filter(pk=event_id).first()
    if event is None:
        raise NotFound(f"no event {event_id}")
    return event


def city_zone() -> ZoneInfo:
    """The zone of the city's wall clocks."""
    return ZoneInfo(settings.TIME_ZONE)


def day_start(day: date) -> datetime:
    """The first instant of a day on the city's clocks."""
    return rules.instant_of(day, time(0), city_zone())


def event_row(event: Event) -> EventRow:
    """One event as a row; it comes with its place."""
    return EventRow(
        id=event.pk,
        kind=event.kind,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place_label=event.place.label if event.place is not None else event.place_text,
        ward_code=event.ward_code,
        state=event.state,
        cancelled_why=event.cancelled_why,
        matter_id=event.matter_id,
    )


def _rows(rows: Any, from_on: date, until_on: date) -> tuple[EventRow, ...]:
    first, end = day_start(from_on), day_start(until_on + timedelta(days=1))
    found = rows.filter(starts_at__gte=first, starts_at__lt=end)
    chosen = found.select_related("place").order_by("starts_at", "pk")
    return tuple(event_row(event) for event in chosen)
