"""What can be done to the calendar."""

from __future__ import annotations

from wardroom.calendar.actions.planning import (
    EventDraft,
    cancel_event,
    hold_event,
    move_event,
    plan_event,
)
from wardroom.calendar.actions.taking_part import (
    add_participation,
    note_answer,
    record_attendance,
)

__all__ = [
    "EventDraft",
    "add_participation",
    "cancel_event",
    "hold_event",
    "move_event",
    "note_answer",
    "plan_event",
    "record_attendance",
]
