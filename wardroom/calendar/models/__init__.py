"""Events, series, who takes part, and what goes out about them."""

from __future__ import annotations

from wardroom.calendar.models.events import (
    AgreedAsk,
    Event,
    IssuedList,
    MeetingLine,
    Participation,
    Series,
)
from wardroom.calendar.models.outside import (
    OutsideCalendar,
    OutsideEvent,
)
from wardroom.calendar.models.sharing import Invitation, Mandate, PublicWords
from wardroom.calendar.models.shifts import Shift

__all__ = [
    "AgreedAsk",
    "Event",
    "Invitation",
    "IssuedList",
    "Mandate",
    "MeetingLine",
    "OutsideCalendar",
    "OutsideEvent",
    "Participation",
    "PublicWords",
    "Series",
    "Shift",
]
