"""Who may look after the house itself."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role

KEEPERS = (Role.DIRECTOR, Role.RECORDS, Role.AUDITOR, Role.SYSTEM)


def may_see_upkeep(actor: Actor) -> bool:
    """The director, records and audit read how the house stands; the house itself, too."""
    return actor.has(*KEEPERS)


def may_keep_backups(actor: Actor, _: Any) -> bool:
    """The operator at the shell and the worker make backups and try them."""
    return actor.has(Role.SYSTEM)


def may_keep_house(actor: Actor, _: Any) -> bool:
    """The director keeps the house: has the ledger checked, and deals with what was given up."""
    return actor.has(Role.DIRECTOR, Role.SYSTEM)


def may_note_checks(actor: Actor, _: Any) -> bool:
    """The operator at the shell and the worker walk the ledger and write down what they find."""
    return actor.has(Role.SYSTEM)
