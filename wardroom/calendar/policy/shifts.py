"""Who plans shifts, who takes one, and who sees them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role

ON_DUTY = (Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_see_duty(actor: Actor) -> bool:
    """Everybody of the office: who is on duty is no secret inside."""
    return actor.is_staff


def may_plan_shifts(actor: Actor, _: Any = None) -> bool:
    """The director; the house where a rule of the office says so."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_take_shift(actor: Actor, _: Any = None) -> bool:
    """Those of the office who can be on duty, each for themselves."""
    return actor.user_id is not None and actor.has(*ON_DUTY)
