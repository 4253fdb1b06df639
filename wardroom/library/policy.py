"""Who keeps the library."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role


def may_keep_library(actor: Actor, _: Any) -> bool:
    """The director and the house itself keep topics, clocks and calendars."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)
