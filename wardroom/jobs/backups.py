"""Backups that are written down: made by the clock or by hand, and tried by being restored."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from wardroom.jobs.stamps import shell_stamp, worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.upkeep import facts
from wardroom.upkeep.actions import note_backup
from wardroom.upkeep.gateways import Made, Restored, back_up, try_backup, usual_passphrase
from wardroom.upkeep.gateways.copying import holds_data, pending_migrations
from wardroom.upkeep.rules import BEFORE, USUAL, newest

UPGRADES_KEPT = 5
NOT_TRIED = ("may_not_try", "needs_passphrase", "wrong_passphrase")
logger = logging.getLogger(__name__)


def target_of(named: Path | None) -> Path:
    """Where a backup by hand goes: as named, else into the folder of backups.

    That folder is made where it is not there yet. Refuses: `no_folder` where there is to be none.
    """
    own: Path | None = settings.BACKUPS
    if named is not None and (own is None or named.absolute() != own.absolute()):
        return named
    if own is None:
        sentence = "WARDROOM_BACKUPS is off. Say where the backup goes: wardroom backup FOLDER"
        raise Refused("no_folder", sentence)
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Refused("no_folder", f"There is no folder of backups: {_why(error)}.") from error
    return own


def make_backup(
    target: Path,
    *,
    passphrase: str = "",
    keep: int = 0,
    tell: Callable[[int], None] = lambda done: None,
) -> Made:
    """Make a backup and write it into the ledger; a failure is written there, too."""
    try:
        made = back_up(target, at=shell_stamp().at, passphrase=passphrase, keep=keep, tell=tell)
    except (Refused, OSError) as no:
        reason = no.sentence if isinstance(no, Refused) else _why(no)
        note_backup(None, fact=facts.BackupFailed(reason=reason), stamp=shell_stamp())
        if isinstance(no, Refused):
            raise
        raise Refused("no_backup_made", f"No backup could be made: {reason}.") from no
    note_backup(None, fact=_told(made), stamp=shell_stamp())
    return made


def prove_backup(source: Path, *, passphrase: str = "", database: str = "") -> Restored:
    """Restore a backup on trial and write into the ledger whether that worked.

    Refuses: `not_proven` where something in it was not whole, and what the trial refuses.
    """
    try:
        tried = _tried(source, passphrase, database)
    except Refused as no:
        if no.code not in NOT_TRIED:
            fact = facts.BackupDisproved(file=source.name, digest="", reason=no.sentence)
            note_backup(None, fact=fact, stamp=shell_stamp())
        raise
    proven = facts.BackupProven(
        file=source.name,
        digest=tried.digest,
        taken_at=tried.manifest.taken_at,
        seconds=round(tried.seconds, 1),
        shut_out=len(tried.shut_out),
    )
    note_backup(None, fact=proven, stamp=shell_stamp())
    return tried


def _tried(source: Path, passphrase: str, database: str) -> Restored:
    try:
        tried = try_backup(source, passphrase=passphrase, database=database)
    except OSError as error:
        raise Refused("not_tried", f"The trial could not be made: {_why(error)}.") from error
    if tried.found:
        raise Refused("not_proven", " ".join(tried.found[:3]))
    return tried


def _why(error: OSError) -> str:
    return f"{error.strerror or error} ({error.filename})" if error.filename else str(error)


def newest_backup() -> Path:
    """The newest backup of the folder of backups. Refuses: `no_backup` where there is none."""
    folder: Path | None = settings.BACKUPS
    there = {p.name: p for p in folder.iterdir()} if folder and folder.is_dir() else {}
    name = newest(there, series=USUAL)
    if name is None:
        raise Refused("no_backup", "There is no backup in the folder of backups yet.")
    return there[name]


def back_up_before_upgrade() -> Made | None:
    """Copy a database with data before its tables are changed; none where there is no need.

    It is written into the ledger only afterwards, by `note_made`: the tables may be older than
    the program. Refuses: `no_upgrade` where the copy could not be made; nothing was changed.
    """
    if settings.BACKUPS is None or not holds_data() or not pending_migrations():
        return None
    try:
        settings.BACKUPS.mkdir(parents=True, exist_ok=True, mode=0o700)
        return back_up(
            settings.BACKUPS,
            at=shell_stamp().at,
            passphrase=usual_passphrase(),
            series=BEFORE,
            keep=UPGRADES_KEPT,
        )
    except (Refused, OSError) as no:
        raise Refused(
            "no_upgrade",
            f"The database is left as it was: no backup could be made before it is changed ({no}). "
            "Where you have another backup, set WARDROOM_BACKUPS=off for this call.",
        ) from no


def note_made(made: Made) -> None:
    """Write down a backup that was made before the tables were changed."""
    note_backup(None, fact=_told(made), stamp=shell_stamp())


def back_up_nightly() -> bool:
    """Make the backup of the night, where backups are on; whether it worked."""
    if settings.BACKUPS is None:
        return False
    try:
        passphrase = usual_passphrase()
        settings.BACKUPS.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (Refused, OSError) as no:
        reason = no.sentence if isinstance(no, Refused) else _why(no)
        note_backup(None, fact=facts.BackupFailed(reason=reason), stamp=worker_stamp())
        logger.error("no backup tonight: %s", reason)
        return False
    try:
        make_backup(settings.BACKUPS, passphrase=passphrase, keep=settings.BACKUPS_KEPT)
    except Refused as no:
        logger.error("no backup tonight: %s", no.sentence)
        return False
    return True


def prove_weekly() -> bool:
    """Restore the newest backup on trial, once a week, where backups are on; whether it worked."""
    if settings.BACKUPS is None:
        return False
    try:
        prove_backup(newest_backup(), passphrase=usual_passphrase())
    except Refused as no:
        logger.error("the backup is not proven: %s", no.sentence)
        return False
    return True


def _told(made: Made) -> facts.BackupMade:
    return facts.BackupMade(
        file=made.path.name,
        digest=made.digest,
        size=made.size,
        encrypted=made.sealed,
        lines=made.manifest.lines,
        head=made.manifest.head,
        files=made.manifest.files,
        missing=len(made.manifest.missing),
        seconds=round(made.seconds, 1),
    )
