"""Who agrees on terms, and who sees what of them."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope

LEADS = (Role.DIRECTOR, Role.SYSTEM)
READS_ALL = (Role.DIRECTOR, Role.AUDITOR, Role.RECORDS, Role.SYSTEM)


def may_keep_terms(actor: Actor, _: Any) -> bool:
    """The director agrees on terms, extends and ends them; and the operator at the shell."""
    return actor.has(*LEADS)


def may_remind_of_terms(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def sees_staffing(actor: Actor) -> bool:
    """Whether somebody reads all that the office keeps about its own people."""
    return actor.has(*READS_ALL)


def reach_of_terms(actor: Actor) -> Scope:
    """Everybody in the office sees who is here until when; partners and residents nothing."""
    return ALL_ROWS if actor.is_staff else NO_ROWS


def reads_whole(actor: Actor, user_id: int | None) -> bool:
    """Those who lead, audit or keep records read all of it; everybody their own."""
    return sees_staffing(actor) or (actor.user_id is not None and actor.user_id == user_id)
