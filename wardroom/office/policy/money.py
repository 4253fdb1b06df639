"""Who keeps the office's money, and who reads of it."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope


def money_reach(actor: Actor) -> Scope:
    """Directors and auditors read the money; nobody else of the office, no partner, no resident."""
    return ALL_ROWS if may_read_money(actor, None) else NO_ROWS


def may_read_money(actor: Actor, _: Any) -> bool:
    """Directors keep the money and auditors check it; the house itself watches the ends."""
    return actor.has(Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM)


def may_keep_money(actor: Actor, _: Any) -> bool:
    """The director alone."""
    return actor.has(Role.DIRECTOR)


def may_watch_money(actor: Actor, _: Any) -> bool:
    """The house itself says ahead of time that a fund ends."""
    return actor.has(Role.SYSTEM)
