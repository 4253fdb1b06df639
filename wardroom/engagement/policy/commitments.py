"""Who may write down, confirm and carry promises."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role
from wardroom.matters import policy as matters_policy


def may_hear_commitment(actor: Actor, _: Any) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_confirm_commitment(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director alone: a promise binds others."""
    return actor.has(Role.DIRECTOR) and not matters_policy.is_sealed(actor, matter.pk)


def may_publish_commitment(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The director alone: it is told to everybody, under the name of the office."""
    return may_confirm_commitment(actor, matter)


def may_carry_commitment(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)
