"""A migrated SQLite database is made once and copied, until a migration or a package changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "migrated"


def what_it_depends_on() -> Iterator[bytes]:
    """Every migration, and the packages that bring their own."""
    for path in sorted(ROOT.glob("wardroom/*/migrations/*.py")):
        yield path.read_bytes()
    for path in sorted(ROOT.glob("requirements/*.txt")):
        yield path.read_bytes()
    yield django.__version__.encode()


def kept() -> Path:
    """Where the migrated database of this very tree lies, or will."""
    digest = hashlib.sha256()
    for part in what_it_depends_on():
        digest.update(part)
    return KEPT / f"{digest.hexdigest()[:16]}.sqlite3"


def put(target: Path) -> bool:
    """Copy the migrated database to where one is wanted; whether there was one."""
    there = kept()
    if not there.is_file():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    shutil.copyfile(there, target)
    return True


def keep(made: Path) -> None:
    """Keep a copy of a database that was just migrated, in place of the ones before it."""
    there = kept()
    if there.is_file():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for older in KEPT.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    half = KEPT / f"{os.getpid()}.half"
    with closing(sqlite3.connect(made)) as database:
        database.execute("VACUUM INTO ?", (str(half),))
    half.replace(there)
