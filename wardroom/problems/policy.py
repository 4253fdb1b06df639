"""Who may rank places, and who may decide about them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import runs


def reach(actor: Actor) -> Scope:
    """Staff see the candidates of their wards; partners and visitors see none."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_detect(actor: Actor, _: Any) -> bool:
    """The house itself and the director have the places ranked."""
    return actor.has(Role.SYSTEM, Role.DIRECTOR)


def may_decide(actor: Actor, candidate: Any) -> bool:
    """The liaison of the ward, or the director."""
    return runs(actor, candidate.ward_code)
