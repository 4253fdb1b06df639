"""Writing down what was done to keep the house: backups, trials of them, a restoration."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.ledger.actions import record
from wardroom.upkeep import facts, policy

BackupTold = (
    facts.BackupMade | facts.BackupFailed | facts.BackupProven | facts.BackupDisproved
    | facts.HouseRestored
)  # fmt: skip


@action(policy.may_keep_backups)
def note_backup(_: None, *, fact: BackupTold, stamp: Stamp) -> None:
    """Write down what happened to a backup, after it happened outside the database.

    Refuses: nothing. Records: the fact itself.
    """
    record(fact, stamp=stamp)
