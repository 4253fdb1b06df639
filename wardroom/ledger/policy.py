"""Who may read which line of the ledger."""

from __future__ import annotations

from typing import Any, Protocol

from wardroom.access.actor import Actor, Role, Scope, lines_reach


class EntryRow(Protocol):
    """What a policy reads of a line."""

    @property
    def ward_code(self) -> str: ...
    @property
    def agency_code(self) -> str: ...
    @property
    def matter_key(self) -> str: ...
    @property
    def audience(self) -> str: ...


def reach(actor: Actor) -> Scope:
    """Staff read the lines of their wards and those of no ward; partners their agency's.

    A line that belongs to no agency is internal; a partner's scope never lets it in. Lines of
    a matter that is sealed to the reader are hidden, whoever reads, and lines about money or
    the office's own people are for few. Those of a hiring are read on its own pages only.
    """
    return lines_reach(actor)


def may_read_entry(actor: Actor, entry: EntryRow) -> bool:
    """The same rule for one line as for the lists."""
    row = {
        "ward_code": entry.ward_code,
        "agency_code": entry.agency_code,
        "matter_key": entry.matter_key,
        "audience": entry.audience,
    }
    return reach(actor).covers(row)


def may_resolve_mention(actor: Actor, mention: EntryRow) -> bool:
    """Whoever of the office works and reads the line may say whom or what it meant."""
    works = actor.has(Role.DIRECTOR, Role.LIAISON, Role.STAFF, Role.SYSTEM)
    return works and may_read_entry(actor, mention)


def may_sign_ledger(actor: Actor, _: Any) -> bool:
    """The house itself signs, by the clock or from the shell."""
    return actor.has(Role.SYSTEM)


def may_erase_values(actor: Actor, _: Any) -> bool:
    """The house itself does it, and a records officer, for a disposition that two approved."""
    return actor.has(Role.SYSTEM, Role.RECORDS)
