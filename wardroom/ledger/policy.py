"""Who may read which line of the ledger."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import ALL_ROWS, Actor, Scope


class EntryRow(Protocol):
    """What a policy reads of a line."""

    @property
    def ward_code(self) -> str: ...
    @property
    def agency_code(self) -> str: ...


def reach(actor: Actor) -> Scope:
    """Staff read the lines of their wards and those of no ward; partners their agency's.

    A line that belongs to no agency is internal; a partner's scope never lets it in.
    """
    if actor.reach.city:
        return ALL_ROWS
    pairs: list[tuple[str, frozenset[Any]]] = []
    if actor.is_staff:
        pairs.append(("ward_code", actor.reach.wards | {""}))
    agencies = actor.reach.agencies - {""}
    if agencies:
        pairs.append(("agency_code", agencies))
    return Scope(any_of=tuple(pairs))


def may_read_entry(actor: Actor, entry: EntryRow) -> bool:
    """The same rule for one line as for the lists."""
    row = {"ward_code": entry.ward_code, "agency_code": entry.agency_code}
    return reach(actor).covers(row)
