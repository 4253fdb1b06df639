"""How old a backup, and a trial of one, may be before a person has to look."""

from __future__ import annotations

from datetime import datetime, timedelta

OLDEST_BACKUP = timedelta(hours=24)
OLDEST_PROOF = timedelta(days=30)
GRACE = timedelta(hours=2)  # a nightly backup is not late for the minutes that it takes


def is_backup_late(made_at: datetime | None, *, now: datetime) -> bool:
    """Whether the newest backup is older than a day, or there is none."""
    return made_at is None or now - made_at > OLDEST_BACKUP + GRACE


def is_proof_late(proven_at: datetime | None, *, now: datetime) -> bool:
    """Whether no backup was restored on trial for 30 days, or ever."""
    return proven_at is None or now - proven_at > OLDEST_PROOF
