"""Who may write and read work plans: as the matter they belong to, and inside only."""

from __future__ import annotations

from wardroom.access.actor import Actor, Scope
from wardroom.matters import policy as matters_policy


def reach(actor: Actor) -> Scope:
    """Plans of matters whose inner side the actor may read; no partner reads a plan."""
    scope = actor.reach.by(ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_adopt_plan(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
