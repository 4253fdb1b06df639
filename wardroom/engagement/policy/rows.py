"""What a policy reads, and who may read it."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import NO_ROWS, Actor, Scope


class PaperRow(Protocol):
    """What a policy reads of a paper, of a concern in it, or of a promise."""

    @property
    def matter(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Papers and promises whose matter the actor may read inside; no partner reads them."""
    scope = actor.reach.by(ward="matter__ward_code") if actor.is_staff else NO_ROWS
    return scope.without(("matter_id", actor.reach.sealed_ids("matter")))
