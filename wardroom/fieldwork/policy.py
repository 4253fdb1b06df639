"""Who may look, and who may read what was seen."""

from __future__ import annotations

from wardroom.access.actor import Actor, Scope
from wardroom.matters import policy as matters_policy


def reach(actor: Actor) -> Scope:
    """Checks of matters whose inner side the actor may read; no partner reads them."""
    scope = actor.reach.by(ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_record_check(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
