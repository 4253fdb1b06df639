"""What is known of the backups of the house, read from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.ledger.models import Entry
from wardroom.upkeep import policy
from wardroom.upkeep.rules.backups import is_backup_late, is_proof_late

BACKUP_KINDS = ("BackupMade", "BackupFailed", "BackupProven", "BackupDisproved")


@dataclass(frozen=True)
class BackupLine:
    """One thing that happened to a backup: when, to which file, and in which words."""

    at: datetime
    file: str
    sentence: str


@dataclass(frozen=True)
class BackupStanding:
    """The newest backup, the newest trial that went well, and what failed since."""

    made: BackupLine | None
    proven: BackupLine | None
    failed: BackupLine | None
    disproved: BackupLine | None
    is_late: bool
    is_proof_late: bool


def backup_standing(actor: Actor, *, now: datetime) -> BackupStanding:
    """How the backups stand, for those who look after the house; `NotFound` for others."""
    if not policy.may_see_upkeep(actor):
        raise NotFound("no backups to see")
    lines = {kind: _newest(kind) for kind in BACKUP_KINDS}
    return told_by({kind: line for kind, line in lines.items() if line}, now=now)


def told_by(newest: Mapping[str, Entry], *, now: datetime) -> BackupStanding:
    """The same, told by the newest line of each kind."""
    made, failed, proven, disproved = (_line(newest.get(kind)) for kind in BACKUP_KINDS)
    return BackupStanding(
        made=made,
        proven=proven,
        failed=_since(failed, made),
        disproved=_since(disproved, proven),
        is_late=is_backup_late(made.at if made else None, now=now),
        is_proof_late=is_proof_late(proven.at if proven else None, now=now),
    )


def _newest(kind: str) -> Entry | None:
    found: Entry | None = Entry.objects.filter(kind=kind).order_by("-at", "-pk").first()
    return found


def _line(entry: Entry | None) -> BackupLine | None:
    if entry is None:
        return None
    return BackupLine(entry.at, str(entry.body.get("file", "")), entry.sentence)


def _since(line: BackupLine | None, good: BackupLine | None) -> BackupLine | None:
    """A failure, as long as nothing went well after it."""
    return line if line and (good is None or line.at >= good.at) else None
