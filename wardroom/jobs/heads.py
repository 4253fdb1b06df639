"""Signing the ledger once a day, and leaving each signed head where others can take it."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import sign_ledger
from wardroom.ledger.queries import notes_since

LOOK_BACK = timedelta(days=30)


def sign_daily() -> int:
    """Sign the ledger for today, and write the heads of the last month that are no files yet."""
    stamp = worker_stamp()
    today = timezone.localdate(stamp.at)
    try:
        sign_ledger(None, day=today, stamp=stamp)
    except Refused as no:
        if no.code not in ("already_signed", "nothing_to_sign"):
            raise
    written = 0
    for day, note in notes_since(today - LOOK_BACK):
        written += write_head(Path(settings.HEADS_FOLDER) / f"{day.isoformat()}.head", note)
    return written


def write_head(path: Path, note: str) -> bool:
    """Write one head as a file, whole or not at all; says whether it was not there yet."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    with part.open("w", encoding="utf-8") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return True
