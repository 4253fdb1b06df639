"""Who takes complaints in, reads them, tells people, and joins issues."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Role, Scope
from wardroom.matters.policy import MatterRow, runs_matter


class BatchRow(Protocol):
    """What a policy reads of a batch."""

    @property
    def made_by_id(self) -> Any: ...


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


def may_correct_issue(actor: Actor, matter: MatterRow) -> bool:
    """The liaison of the ward, or the director."""
    return runs_matter(actor, matter)


def reach_of_batches(actor: Actor) -> Scope:
    """The batches of one's own; all of them for the director, records and audit."""
    if actor.has(Role.DIRECTOR, Role.RECORDS, Role.AUDITOR):
        return ALL_ROWS
    if actor.is_staff and actor.user_id is not None:
        return Scope(any_of=(("made_by_id", frozenset({actor.user_id})),))
    return NO_ROWS


def may_prepare_batch(actor: Actor, _: Any) -> bool:
    """The director and the liaisons; each row asks again who may change it."""
    return actor.has(Role.DIRECTOR, Role.LIAISON)


def may_run_batch(actor: Actor, batch: BatchRow) -> bool:
    """Whoever prepared it, and the director."""
    mine = actor.user_id is not None and actor.user_id == batch.made_by_id
    return actor.has(Role.DIRECTOR) or (mine and actor.has(Role.LIAISON))
