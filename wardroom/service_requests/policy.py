"""Who may read the mirror, and who may feed it."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope


def reach(actor: Actor) -> Scope:
    """Office staff see the requests of their wards; partners and visitors see none here."""
    return actor.reach.by(ward="ward_code") if actor.is_staff else NO_ROWS


def may_see_imports(actor: Actor) -> bool:
    """Office staff see which files were read."""
    return actor.is_staff


def may_import(actor: Actor, _: Any) -> bool:
    """Files come in through the operator at the shell, the worker, or the director."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)
