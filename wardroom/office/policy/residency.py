"""Who counts residency, sees proof of it, and decides."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope
from wardroom.office.policy.terms import sees_staffing


def may_start_residency(actor: Actor, _: Any) -> bool:
    """The director; the house when somebody was hired; the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_remind_of_residency(actor: Actor, _: Any) -> bool:
    """The house itself, by the clock."""
    return actor.has(Role.SYSTEM)


def may_record_proof(actor: Actor, clock: Any) -> bool:
    """The director or the records officer, but nobody for themselves."""
    own = actor.user_id is not None and clock.party.user_id == actor.user_id
    return actor.has(Role.DIRECTOR, Role.RECORDS) and not own


def may_decide_residency(actor: Actor, clock: Any) -> bool:
    """A director, and nobody about themselves; the house never decides."""
    own = actor.user_id is not None and clock.party.user_id == actor.user_id
    return actor.has(Role.DIRECTOR) and not own


def may_end_residency(actor: Actor, _: Any) -> bool:
    """The director, and the operator at the shell."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_dispose_staffing(actor: Actor, _: Any) -> bool:
    """The records officer alone."""
    return actor.has(Role.RECORDS)


def reach_of_own_records(actor: Actor) -> Scope:
    """All of it for those who lead, audit or keep records; for others of the office their own."""
    if sees_staffing(actor):
        return ALL_ROWS
    if not actor.is_staff or actor.user_id is None:
        return NO_ROWS
    return Scope(any_of=(("party__user_id", frozenset({actor.user_id})),))
