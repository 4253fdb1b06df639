"""What can be asked of the calendar, within the asker's reach."""

from __future__ import annotations

from wardroom.calendar.queries.events import (
    EventRow,
    events_between,
    events_of_ward,
    get_event,
)

__all__ = [
    "EventRow",
    "events_between",
    "events_of_ward",
    "get_event",
]
