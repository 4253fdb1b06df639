"""What a policy reads, and who may read it."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import Actor, Scope, staff_reach


class PaperRow(Protocol):
    """What a policy reads of a paper, of a concern in it, or of a promise."""

    @property
    def matter(self) -> Any: ...


def reach(actor: Actor) -> Scope:
    """Papers and promises whose matter the actor may read inside; no partner reads them."""
    return staff_reach(actor, ward="matter__ward_code", matter="matter_id")
