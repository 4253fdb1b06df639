"""Bringing a backup back in an empty place, and trying one in a place that is gone afterwards."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json
from wardroom.upkeep.gateways import postgres
from wardroom.upkeep.gateways.archive import Checked, read_archive
from wardroom.upkeep.gateways.leftovers import RESTORING, TRIAL, sweep
from wardroom.upkeep.gateways.taking import sync_folder
from wardroom.upkeep.rules import MANIFEST, Manifest

PIECE = 1 << 20
SQLITE = "wardroom.sqlite3"
FINISHING = "wardroom.jobs.restored"


@dataclass(frozen=True)
class Restored:
    """What was brought back, from which backup, and what was found of it.

    ``is_held`` says whether mail waits there for a person's word, ``same_key`` whether the
    secret key is there that the backup was made under, and ``shut_out`` names who cannot sign
    in without it.
    """

    manifest: Manifest
    digest: str
    found: tuple[str, ...]
    held: int
    uncertain: int
    is_held: bool
    same_key: bool
    shut_out: tuple[str, ...]
    seconds: float


def restore(
    source: Path, into: Path, *, database: str = "", passphrase: str = "", hold_mail: bool = True
) -> Restored:
    """Bring a backup back into a folder that is empty or not there, and an empty database.

    The folder has its name only once everything in it is whole: a restoration that is killed
    leaves none that could be started. The database is empty again where it fails, or the refusal
    says what to do. Where ``hold_mail``, no mail goes out there until a
    person says so. Refuses: `not_empty`, `newer_version`, `needs_database`, and whatever
    `read_archive` refuses.
    """
    started = time.monotonic()
    checked = _checked(source, passphrase)
    address = _address(checked.manifest, database)
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refused("not_empty", f"{into} is not empty. Restore into a new folder.")
    if address is not None and not postgres.is_empty(address):
        raise Refused("not_empty", "The database is not empty. Restore into a new one.")
    if into.is_mount():
        raise Refused(
            "mount_point",
            f"{into} is the root of a mounted volume and cannot be replaced. Restore into a new "
            f"folder in it, such as {into / 'wardroom'}.",
        )
    into.absolute().parent.mkdir(parents=True, exist_ok=True)
    filling = postgres.filled_or_empty(address) if address is not None else nullcontext()
    with _staging(into.absolute()) as staging, filling:
        _unpack(source, checked.manifest, staging, address, passphrase)
        words = ["keep", source.name, checked.digest, "hold" if hold_mail else "send"]
        told = _finish(staging, address, words)
        _give_name(staging, into.absolute())
    return _told(checked, told, started)


def try_backup(source: Path, *, database: str = "", passphrase: str = "") -> Restored:
    """Restore a backup on trial, look whether everything in it is whole, and remove it again.

    Refuses: what `restore` refuses; `may_not_try` where no database can be made for the trial.
    """
    started = time.monotonic()
    sweep()
    if connection.vendor == "postgresql":
        postgres.drop_old_trials(postgres.address_of(connection))
    checked = _checked(source, passphrase)
    with tempfile.TemporaryDirectory(prefix=TRIAL, dir=settings.HOME) as folder:
        staging = Path(folder)
        with _trial_database(checked.manifest, database) as address:
            _unpack(source, checked.manifest, staging, address, passphrase)
            told = _finish(staging, address, ["try", source.name, checked.digest, "hold"])
    return _told(checked, told, started)


def _give_name(staging: Path, into: Path) -> None:
    if into.exists():
        into.rmdir()
    sync_folder(staging)
    staging.rename(into)
    sync_folder(into.parent)


def _told(checked: Checked, told: dict[str, Any], started: float) -> Restored:
    return Restored(
        manifest=checked.manifest,
        digest=checked.digest,
        found=tuple(map(str, told["found"])),
        held=told["held"],
        uncertain=told["uncertain"],
        is_held=told["is_held"],
        same_key=told["same_key"],
        shut_out=tuple(map(str, told["shut_out"])),
        seconds=time.monotonic() - started,
    )


def _checked(source: Path, passphrase: str) -> Checked:
    checked = read_archive(source, passphrase=passphrase)
    known = frozenset(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ())
    newer = checked.manifest.newer_than(known)
    if newer:
        raise Refused(
            "newer_version",
            f"Wardroom {checked.manifest.version} made this backup, and its database has "
            f"{len(newer)} changes that this version does not know. Install that version first.",
        )
    return checked


def _address(manifest: Manifest, database: str) -> postgres.Address | None:
    if manifest.kind == "sqlite":
        if database:
            raise Refused(
                "needs_no_database",
                "This is a backup of an SQLite database, which goes into the folder itself: "
                "leave --database out.",
            )
        return None
    if not database:
        raise Refused(
            "needs_database",
            "This is a backup of a PostgreSQL database. Make an empty one, and say where it is "
            "with --database postgresql://user@host/name.",
        )
    return postgres.address_in(database)


@contextmanager
def _trial_database(manifest: Manifest, database: str) -> Iterator[postgres.Address | None]:
    if manifest.kind == "sqlite" or database:
        address = _address(manifest, database)
        if address is not None and not postgres.is_empty(address):
            raise Refused("not_empty", "The database is not empty. Name a new one.")
        yield address
        return
    if connection.vendor != "postgresql":
        _address(manifest, "")
    name = f"{postgres.TRIALS}{int(time.time())}_{os.getpid()}"
    with postgres.passing_database(postgres.address_of(connection), name) as made:
        yield made


@contextmanager
def _staging(into: Path) -> Iterator[Path]:
    """A folder beside the wanted one, until everything in it is whole."""
    folder = into.with_name(f".{into.name}{RESTORING}{os.getpid()}")
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(
    source: Path,
    manifest: Manifest,
    folder: Path,
    address: postgres.Address | None,
    passphrase: str,
) -> None:
    def place(name: str) -> IO[bytes]:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    read_archive(source, passphrase=passphrase, put=place)
    (folder / MANIFEST).write_bytes(manifest.to_json())
    packed = folder / manifest.database
    if address is None:
        with gzip.open(packed) as file, place(SQLITE) as out:
            shutil.copyfileobj(file, out, PIECE)
            out.flush()
            os.fsync(out.fileno())
    else:
        postgres.fill(address, packed, server=postgres.server_of(address))
    packed.unlink()


def _finish(home: Path, address: postgres.Address | None, words: list[str]) -> dict[str, Any]:
    """Do the rest in the restored place, by a process of its own that knows no other place."""
    url = f"sqlite:///{home / SQLITE}" if address is None else postgres.url_of(address)
    environment = {k: v for k, v in os.environ.items() if k != "WARDROOM_REDIS_URL"}
    place = {
        "WARDROOM_HOME": str(home),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "wardroom.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", FINISHING, *words],
        env={**environment, **place},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        why = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[-1]
        raise Refused("not_finished", f"The backup was unpacked, but then: {why[:500]}")
    (home / MANIFEST).unlink(missing_ok=True)
    told: dict[str, Any] = read_json(done.stdout)
    return told
