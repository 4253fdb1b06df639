"""Who may say how long something is kept, hold it, prepare its disposal, and approve that."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor, Role

READERS = (Role.RECORDS, Role.DIRECTOR)


def may_read_retention(actor: Actor) -> bool:
    """The records officer and the director: lists name records of every ward, sealed ones too."""
    return actor.has(*READERS)


def may_adopt_schedule(actor: Actor, _: Any) -> bool:
    """The records officer writes down the schedule that was approved for the office."""
    return actor.has(Role.RECORDS)


def may_hold_records(actor: Actor, _: Any) -> bool:
    """Whoever hears first that something must be kept: the records officer, or the director."""
    return actor.has(*READERS)


def may_prepare_disposal(actor: Actor, _: Any) -> bool:
    """The records officer puts together what may go."""
    return actor.has(Role.RECORDS)


def may_approve_disposal(actor: Actor, _: Any) -> bool:
    """A second person: another records officer, or the director where there is but one."""
    return actor.has(*READERS)


def may_carry_out_disposal(actor: Actor, _: Any) -> bool:
    """The house itself, once two people have agreed."""
    return actor.has(Role.SYSTEM)
