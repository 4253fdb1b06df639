"""Who may call a group together, keep it, and join or leave it."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import Actor, Role, Scope, office_reach
from wardroom.matters import policy as matters_policy


class GroupRow(Protocol):
    """What a policy reads of a group, or of one that is being founded."""

    @property
    def ward_code(self) -> str: ...


def reach_of_groups(actor: Actor) -> Scope:
    """Groups of the actor's wards and of the whole city; members' names are for the office."""
    return office_reach(actor)


def may_begin_groups(actor: Actor) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_found_group(actor: Actor, draft: GroupRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, draft.ward_code)


def may_keep_group(actor: Actor, group: GroupRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, group.ward_code)


def may_decide_sign_up(actor: Actor, sign_up: Any) -> bool:
    """The liaison of the group's ward, or the director."""
    return may_keep_group(actor, sign_up.group)


def may_sign_up(actor: Actor, _: Any) -> bool:
    """Everybody who has the link may ask; nobody is a member by asking."""
    return True


def may_leave_group(actor: Actor, _: Any) -> bool:
    """Whoever holds the link of a notice: it takes one member out and does nothing else."""
    return True


def may_keep_minutes(actor: Actor, event: Any) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, event.ward_code)
