"""Who may change the directory."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_keep_directory(actor: Actor, _: Any) -> bool:
    """The director and the house itself keep the list of agencies, services and contacts."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_grant_roles(actor: Actor, _: Any) -> bool:
    """Only the director, or the operator at the shell, gives and ends roles."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)
