"""Who takes complaints in, reads them, tells people, and joins issues."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import MatterRow, may_write_note, runs_matter


def reach(actor: Actor) -> Scope:
    """Complaints of the actor's wards; staff only, for they hold who complained."""
    if not actor.is_staff:
        return NO_ROWS
    scope = actor.reach.by(ward="matter__ward_code")
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))


def may_take_complaint(actor: Actor, _: Any) -> bool:
    """Whoever answers the telephone: director, liaisons and staff, wherever the place is."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)


def may_tell_reporter(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_close_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_join_issues(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_split_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def may_receive_message(actor: Actor, _: Any) -> bool:
    """The mail server hands mail to the house itself."""
    return actor.has(Role.SYSTEM)


def may_place_message(actor: Actor, _: Any) -> bool:
    """Director, liaisons and staff say what a letter is about, where they can read it."""
    return actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)


def may_write_to_person(actor: Actor, matter: MatterRow) -> bool:
    """Whoever runs the ward, and other staff anywhere; never into a matter sealed to them."""
    writes = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF)
    return writes and may_write_note(actor, matter)
