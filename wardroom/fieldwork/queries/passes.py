"""The pass of a walk: for one walk and one observer, until some days after; never a session."""

from __future__ import annotations

from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.directory.queries import passes
from wardroom.directory.queries.passes import Bearer, PassKind
from wardroom.fieldwork.models import Walk

WALK_PASS = PassKind(purpose="walk", noun="walk_pass")


def open_pass(walk_id: int, token: str, *, at: datetime) -> Bearer:
    """Whose pass this is. Refuses: `key_closed` for one that does not open this walk now."""
    return passes.open_pass(WALK_PASS, walk_id, token, at=at)


def pass_of(walk: Walk, actor: Actor, *, at: datetime) -> tuple[str, datetime] | None:
    """The token of the actor's own pass for a walk and when it ends, if one is good."""
    return passes.pass_of(WALK_PASS, walk.pk, actor, at=at)


def passes_of(walk: Walk, actor: Actor) -> tuple[str, ...]:
    """The hashes of all passes that the actor ever had for a walk, ended ones too."""
    return passes.passes_of(WALK_PASS, walk.pk, actor)
