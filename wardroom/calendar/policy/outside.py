"""Who may have the calendars of others read."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import runs


def outside_reach(actor: Actor) -> Scope:
    """The calendars of others in the actor's wards and of the whole city; the office alone."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="ward_code")
    if scope.everything:
        return scope
    return Scope(any_of=(*scope.any_of, ("ward_code", frozenset({""}))))


def may_read_outside(actor: Actor, calendar: Any) -> bool:
    """The liaison of the ward, the director, and the house, which reads them again."""
    return actor.has(Role.SYSTEM) or runs(actor, calendar.ward_code)
