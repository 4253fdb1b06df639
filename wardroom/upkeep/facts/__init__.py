"""What can happen to the house itself."""

from __future__ import annotations

from wardroom.upkeep.facts.backups import (
    BackupDisproved,
    BackupFact,
    BackupFailed,
    BackupMade,
    BackupProven,
    HouseRestored,
)
from wardroom.upkeep.facts.ledger import LedgerCheckAsked, LedgerChecked
from wardroom.upkeep.facts.settling import ConsequenceGivenUp, ConsequenceRetried

__all__ = [
    "BackupDisproved",
    "BackupFact",
    "BackupFailed",
    "BackupMade",
    "BackupProven",
    "ConsequenceGivenUp",
    "ConsequenceRetried",
    "HouseRestored",
    "LedgerCheckAsked",
    "LedgerChecked",
]
