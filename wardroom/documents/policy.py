"""Who may keep and read files. A report's own rule comes first: reporting asks it there."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, NO_ROWS, Actor, Scope


def reach(actor: Actor) -> Scope:
    """The office reads its files; what a partner may read is given out by what it belongs to."""
    return ALL_ROWS if actor.is_staff else NO_ROWS


def may_store_document(actor: Actor, _: Any) -> bool:
    """The office and the house itself keep files."""
    return actor.is_staff
