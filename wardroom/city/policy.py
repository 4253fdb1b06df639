"""Who changes boundaries and notes places."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_load_boundaries(actor: Actor, _: Any) -> bool:
    """Boundaries come from the operator at the shell or the director."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_note_place(actor: Actor, _: Any) -> bool:
    """Everybody in the office may note a place."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)
