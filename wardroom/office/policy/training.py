"""Who keeps records of training."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_keep_training(actor: Actor, _: Any) -> bool:
    """The director; and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_note_training(actor: Actor, party: Any) -> bool:
    """Who keeps them, of anybody; whoever works here, of themselves."""
    own = actor.user_id is not None and party.user_id == actor.user_id
    works = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return may_keep_training(actor, party) or (own and works)


def notes_own_training(actor: Actor) -> bool:
    """Whether somebody notes what they themselves learned."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_remind_of_training(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)
