"""What can we ask of the house itself? Its backups, and whether all of it is whole."""

from __future__ import annotations

from wardroom.upkeep.queries.backups import BackupLine, BackupStanding, backup_standing
from wardroom.upkeep.queries.checks import (
    CHECKS,
    house_findings,
    last_looks,
    outside_findings,
    readiness,
)
from wardroom.upkeep.queries.graphs import answers_text, metrics_text
from wardroom.upkeep.queries.keeping import (
    DeadRow,
    HouseSheet,
    Process,
    get_dead,
    house_sheet,
    may_look_after_house,
)
from wardroom.upkeep.queries.numbers import LedgerCheck, beats, last_ledger_check
from wardroom.upkeep.queries.wholeness import Wholeness, whole_house

__all__ = [
    "CHECKS",
    "BackupLine",
    "BackupStanding",
    "DeadRow",
    "HouseSheet",
    "LedgerCheck",
    "Process",
    "Wholeness",
    "answers_text",
    "backup_standing",
    "beats",
    "get_dead",
    "house_findings",
    "house_sheet",
    "last_ledger_check",
    "last_looks",
    "may_look_after_house",
    "metrics_text",
    "outside_findings",
    "readiness",
    "whole_house",
]
