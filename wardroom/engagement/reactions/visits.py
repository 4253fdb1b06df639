"""What follows for a request for the Mayor where the calendar changed its event."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.calendar.facts import EventCancelled
from wardroom.engagement.actions import follow_cancelled_visit
from wardroom.engagement.models import EventRequest


def call_off_request(fact: EventCancelled, *, entry_id: int, stamp: Stamp) -> None:
    """Call off the request of an event that was canceled, and drop what was to be prepared."""
    rows = EventRequest.objects.filter(event_id=fact.event_id, matter__state="open")
    row = rows.select_related("matter").first()
    if row is not None:
        follow_cancelled_visit(row.matter, stamp=stamp)
