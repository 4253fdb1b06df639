"""Who plans outreach, who sees how silent it is, and who takes or puts off a touch."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role, Scope, office_reach, staff_reach
from wardroom.matters import policy as matters_policy


def reach_of_plans(actor: Actor) -> Scope:
    """Plans of the actor's wards and of the whole city; staff only, by their matter."""
    scope = office_reach(actor, ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def reach_of_contacts(actor: Actor) -> Scope:
    """Real contacts with those who belong to the actor's wards, whoever had them; staff only."""
    return staff_reach(actor, ward="ward_code", matter="matter_id")


def may_adopt_outreach(actor: Actor, _: Any) -> bool:
    """The director, and liaisons for the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_change_outreach(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director; a plan of the city is the director's."""
    return matters_policy.runs_matter(actor, matter)


def may_put_off_touch(actor: Actor, touch: Any) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, touch.ward_code)


def may_take_touch(actor: Actor, touch: Any) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, touch.ward_code)


def may_share_strategy(actor: Actor, _: Any) -> bool:
    """The director, liaisons and the office's other staff."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_read_strategies(actor: Actor) -> bool:
    """Everybody in the office; nobody else."""
    return actor.is_staff
