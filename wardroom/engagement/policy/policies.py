"""Who watches a policy, and who writes down what is said about it."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters import policy as matters_policy


def may_watch_policy(actor: Actor, _: Any) -> bool:
    """The director, who answers for the memo."""
    return actor.has(Role.DIRECTOR)


def may_note_policy_entry(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director, liaisons and staff, who hear it; any of them about any ward."""
    writes = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return writes and not matters_policy.is_sealed(actor, matter.pk)


def said_reach(actor: Actor) -> Scope:
    """What was said in the wards that the actor sees."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS
