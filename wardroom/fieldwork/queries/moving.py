"""Which walks follow their event to another day."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.fieldwork.models import Walk


def walks_to_move(event_id: int) -> list[tuple[Walk, datetime]]:
    """The walks of an event that nobody has begun and that are on another day, with its start."""
    rows = Walk.objects.filter(event=event_id, ended_at__isnull=True, lines__isnull=True)
    found = [(walk, walk.event.starts_at) for walk in rows.select_related("event") if walk.event]
    return [(walk, at) for walk, at in found if localdate(at) != walk.walk_on]
