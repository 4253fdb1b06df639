"""Who sees the week of the office, and who sends somebody to an event."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy


def may_see_week(actor: Actor) -> bool:
    """Everybody of the office: who is where is no secret inside."""
    return actor.is_staff


def may_send_to_event(actor: Actor, event: Any) -> bool:
    """The liaison of the event's ward, or the director."""
    return calendar_policy.may_add_participation(actor, event)
