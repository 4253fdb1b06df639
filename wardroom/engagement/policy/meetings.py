"""Who plans the year of a commission."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_plan_year(actor: Actor, _: Any) -> bool:
    """The director, and liaisons for commissions of the own ward; the calendar says which."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)
