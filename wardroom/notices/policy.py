"""Who may write, send and read messages out."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope


def reach(actor: Actor) -> Scope:
    """The outbox holds addresses of everybody: the director and the records officer read it."""
    return ALL_ROWS if actor.has(Role.DIRECTOR, Role.RECORDS, Role.SYSTEM) else NO_ROWS


def may_queue_message(actor: Actor, _: Any) -> bool:
    """Messages follow from facts; the house writes them itself."""
    return actor.has(Role.SYSTEM)


def may_send_message(actor: Actor, _: Any) -> bool:
    """The worker sends."""
    return actor.has(Role.SYSTEM)


def may_retry_message(actor: Actor, _: Any) -> bool:
    """The director may have a failed message tried again."""
    return actor.has(Role.DIRECTOR)
