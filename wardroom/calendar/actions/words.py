"""What every line about an event says, and how an instant reads in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from wardroom.calendar.models import Event, Participation
from wardroom.kernel.text import long_instant


def when(at: datetime) -> str:
    """An instant as a line says it: Tuesday, December 1, 2026, 10:00 a.m."""
    return long_instant(localtime(at))


def event_words(event: Event) -> dict[str, Any]:
    """The fields that all facts about an event share."""
    return {
        "event_id": event.pk,
        "event_kind": event.kind,
        "title": event.title,
        "ward_code": event.ward_code,
        "matter_id": event.matter_id,
        "place_id": event.place_id,
    }


def participation_words(row: Participation) -> dict[str, Any]:
    """The fields that all facts about one who takes part share."""
    return {
        **event_words(row.event),
        "participation_id": row.pk,
        "party_id": row.party_id,
        "party_name": name_of(row),
        "agency_code": row.agency_code,
    }


def name_of(row: Participation) -> str:
    """Who takes part, as resolved or as typed."""
    return row.party.name if row.party is not None else row.name
