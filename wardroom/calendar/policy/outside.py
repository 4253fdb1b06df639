"""Who may have the calendars of others read."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role, Scope, office_reach
from wardroom.matters.policy import runs


def outside_reach(actor: Actor) -> Scope:
    """The calendars of others in the actor's wards and of the whole city; the office alone."""
    return office_reach(actor)


def may_read_outside(actor: Actor, calendar: Any) -> bool:
    """The liaison of the ward, the director, and the house, which reads them again."""
    return actor.has(Role.SYSTEM) or runs(actor, calendar.ward_code)
