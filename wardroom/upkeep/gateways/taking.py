"""Making a backup: one moment of the database, then the stored files, into one file."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.crypto import salted_hmac

from wardroom import __version__
from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways.archive import Archive, read_archive
from wardroom.upkeep.gateways.copying import Copy, copy_database
from wardroom.upkeep.gateways.leftovers import HALF, WORKPLACE, sweep
from wardroom.upkeep.gateways.sealing import check_passphrase
from wardroom.upkeep.rules import USUAL, Manifest, file_name, is_member, too_many

SECRETS = ("secret-key", "ledger-key")
PIECE = 1 << 20


@dataclass(frozen=True)
class Made:
    """A backup that was made and read back."""

    path: Path
    manifest: Manifest
    digest: str
    size: int
    sealed: bool
    seconds: float


def back_up(
    target: Path,
    *,
    at: datetime,
    passphrase: str = "",
    series: str = USUAL,
    keep: int = 0,
    tell: Callable[[int], None] = lambda done: None,
) -> Made:
    """Copy all that the house keeps into one file, and read it back.

    The moment of the database comes first: a stored file is complete before the database
    names it, and never changes, so every file that the copy names is there to be copied after
    it. ``target`` is a new file, or a folder; in a folder the newest ``keep`` of the
    series stay. ``tell`` hears how many stored files were copied.
    Refuses: `target_exists`, `weak_passphrase`, `disk_full`, and what the database refuses.
    """
    started = time.monotonic()
    if passphrase:
        check_passphrase(passphrase)
    path = _path_for(target, at, series, sealed=bool(passphrase))
    sweep(path.parent)
    half = path.with_name(f".{path.name}.{os.getpid()}{HALF}")
    try:
        with _workplace() as folder, _new_file(half) as file:
            copied = copy_database(folder)
            manifest = _write(file, copied, at, passphrase, tell)
            file.flush()
            os.fsync(file.fileno())
        checked = read_archive(half, passphrase=passphrase)
        _name(half, path)
        sync_folder(path.parent)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sentence = "The disk is full: no backup was made, and those before it are untouched."
            raise Refused("disk_full", sentence) from error
        raise
    finally:
        half.unlink(missing_ok=True)
    if keep and target.is_dir():
        for name in too_many(os.listdir(target), series=series, keep=keep):
            (target / name).unlink(missing_ok=True)
    seconds = time.monotonic() - started
    return Made(path, manifest, checked.digest, checked.size, checked.sealed, seconds)


def _write(
    file: IO[bytes], copied: Copy, at: datetime, passphrase: str, tell: Callable[[int], None]
) -> Manifest:
    archive = Archive(file, at=at, passphrase=passphrase)
    archive.add(copied.path.name, copied.path)
    missing = []
    for done, (name, path) in enumerate(_stored()):
        try:
            if archive.add(f"files/{name[:2]}/{name}", path).sha256 != name:
                missing.append(name)
        except FileNotFoundError:
            missing.append(name)  # disposed of since the moment of the database
        tell(done + 1)
    for name, path in _beside(sealed=bool(passphrase)):
        archive.add(name, path)
    manifest = Manifest(
        version=__version__,
        taken_at=at,
        kind=copied.kind,
        server=copied.server,
        migrations=copied.told.migrations,
        tables=copied.told.tables,
        lines=copied.told.lines,
        head=copied.told.head,
        missing=tuple(missing),
        members=archive.members,
        key=key_prints()[0],
    )
    archive.finish(manifest)
    return manifest


def key_prints() -> tuple[str, ...]:
    """A print of each secret key of this house, the newest first; it tells nothing of the key."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(salted_hmac(__name__, "print", secret=key).hexdigest()[:16] for key in keys)


def _stored() -> Iterator[tuple[str, Path]]:
    """Every stored file under the hash of its bytes; what is made anew each night is left out."""
    root = Path(settings.FILES_ROOT)
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            if is_member(f"files/{folder.name}/{path.name}"):
                yield path.name, path


def _beside(*, sealed: bool) -> Iterator[tuple[str, Path]]:
    """What stands beside the database. The keys go into no file that anybody can open."""
    home = Path(settings.HOME)
    for name in ("demonstration", *(SECRETS if sealed else ())):
        if (home / name).is_file():
            yield name, home / name
    for path in sorted(Path(settings.WORD_TEMPLATES).glob("*.docx")):
        if is_member(f"word/{path.name}"):
            yield f"word/{path.name}", path


def _path_for(target: Path, at: datetime, series: str, *, sealed: bool) -> Path:
    if target.is_dir():
        for turn in range(1, 1000):
            path = target / file_name(series, at, sealed=sealed, turn=turn)
            if not path.exists():
                return path
    if target.exists():
        raise _taken(target)
    if not target.parent.is_dir():
        raise Refused("no_folder", f"There is no folder {target.parent}.")
    return target


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder for the copy beside the data, which is as open as the data; never at the target."""
    home = Path(settings.HOME)
    with tempfile.TemporaryDirectory(prefix=WORKPLACE, dir=home) as folder:
        yield Path(folder)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file


def _name(half: Path, path: Path) -> None:
    """Give a whole file its name. Refuses: `target_exists` where another came meanwhile."""
    try:
        os.link(half, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a share that knows no links
        if path.exists():
            raise _taken(path) from None
        half.rename(path)


def _taken(path: Path) -> Refused:
    return Refused("target_exists", f"{path} exists already; a backup replaces nothing.")


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
