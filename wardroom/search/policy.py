"""Who may find what."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import ALL_ROWS, Actor, Scope


def reach(actor: Actor) -> Scope:
    """Staff find what belongs to their wards or to none; partners what their agency was told.

    What belongs to no agency is internal: a partner's scope never lets it in. A sealed matter,
    and all that hangs on it, is closed to whoever is not named for it.
    """
    return _unsealed(actor).without(("matter_key", actor.reach.sealed_keys("matter")))


def _unsealed(actor: Actor) -> Scope:
    if actor.reach.city:
        return ALL_ROWS
    pairs: list[tuple[str, frozenset[Any]]] = []
    if actor.is_staff:
        pairs.append(("ward_code", actor.reach.wards | {""}))
    agencies = actor.reach.agencies - {""}
    if agencies:
        pairs.append(("agency_code", agencies))
    return Scope(any_of=tuple(pairs))
