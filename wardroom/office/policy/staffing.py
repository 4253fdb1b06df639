"""Who says how many people are needed, and who logs time."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.office.policy.terms import sees_staffing


def may_see_requirement(actor: Actor) -> bool:
    """Those who lead, audit or keep records."""
    return sees_staffing(actor)


def may_plan_staff(actor: Actor, _: Any) -> bool:
    """The director; and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_log_time(actor: Actor, _: Any) -> bool:
    """Whoever works here, for themselves."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
