"""Who may keep public bodies, and run their meetings."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import Actor, Role, Scope, office_reach
from wardroom.matters import policy as matters_policy


class BodyLike(Protocol):
    """What a policy reads of a public body, or of one that is begun."""

    @property
    def ward_code(self) -> str: ...


def body_reach(actor: Actor) -> Scope:
    """Bodies of the actor's wards and of the whole city, for the office."""
    return office_reach(actor)


def may_keep_bodies(actor: Actor) -> bool:
    """The director, and liaisons in the own ward."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_begin_body(actor: Actor, draft: BodyLike) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, draft.ward_code)


def may_run_body(actor: Actor, body: BodyLike) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs(actor, body.ward_code)


def may_run_body_meeting(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return matters_policy.runs_matter(actor, matter)


def may_move_body_clocks(actor: Actor, matter: matters_policy.MatterRow) -> bool:
    """Whoever runs the meeting, and the house where the calendar moved it."""
    return actor.has(Role.SYSTEM) or matters_policy.runs_matter(actor, matter)


def may_file_minutes(actor: Actor, _: Any) -> bool:
    """The house puts the paper on file."""
    return actor.has(Role.SYSTEM)
