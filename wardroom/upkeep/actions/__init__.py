"""What can we do to keep the house?"""

from __future__ import annotations

from wardroom.upkeep.actions.backups import BackupTold, note_backup
from wardroom.upkeep.actions.beats import forget_beat, note_beat
from wardroom.upkeep.actions.checking import (
    ask_ledger_check,
    keep_emptied,
    keep_looks,
    note_ledger_check,
)
from wardroom.upkeep.actions.settling import give_up_receipt, retry_receipt

__all__ = [
    "BackupTold",
    "ask_ledger_check",
    "forget_beat",
    "give_up_receipt",
    "keep_emptied",
    "keep_looks",
    "note_backup",
    "note_beat",
    "note_ledger_check",
    "retry_receipt",
]
