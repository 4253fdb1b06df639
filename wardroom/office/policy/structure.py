"""Who builds the office, and who sees how it is built."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_build_office(actor: Actor, _: Any) -> bool:
    """The director makes units and positions; and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_see_structure(actor: Actor) -> bool:
    """Everybody in the office sees units, positions and who holds them; nobody else."""
    return actor.is_staff
