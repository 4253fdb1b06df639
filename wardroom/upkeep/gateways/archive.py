"""The file that a backup is: a plain tar with a digest at its end, or the same sealed.

`tar -xf` opens the plain one without Wardroom: an office is never shut out of its own data.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways.sealing import HEAD, Opener, Sealer, damaged, is_sealed
from wardroom.upkeep.rules import MANIFEST, Manifest, Member, is_member

PIECE = 1 << 20
MARK = "\nWARDROOM-BACKUP-1 sha256 {}\n"
MARK_BYTES = len(MARK.format("0" * 64))
MOST_LIST = 512 << 20
Place = Callable[[str], "AbstractContextManager[IO[bytes]] | None"]


class Hashing:
    """Bytes on their way into a file or out of one, counted and hashed."""

    def __init__(self, file: IO[bytes], *, most: int | None = None) -> None:
        self._file, self._left = file, most
        self.sha, self.size = hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        """Pass bytes on."""
        self._file.write(content)
        self._count(content)
        return len(content)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, but none past the most that were asked for."""
        if self._left is not None:
            size = self._left if size < 0 else min(size, self._left)
        content = self._file.read(size)
        if self._left is not None:
            self._left -= len(content)
        self._count(content)
        return content

    def _count(self, content: bytes) -> None:
        self.sha.update(content)
        self.size += len(content)


class Archive:
    """A backup while it is written, part by part; the list of them comes last."""

    def __init__(self, file: IO[bytes], *, at: datetime, passphrase: str = "") -> None:
        self.whole = Hashing(file)
        out = cast("IO[bytes]", self.whole)
        self._sealer = Sealer(out, passphrase) if passphrase else None
        inner = cast("IO[bytes]", self._sealer or self.whole)
        self._tar = tarfile.open(fileobj=inner, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._at = at
        self.members: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> Member:
        """Put a file in; gives what was read of it."""
        with path.open("rb") as file:
            return self._add(name, file, os.fstat(file.fileno()).st_size)

    def finish(self, manifest: Manifest) -> str:
        """Put the list in and close; gives the SHA-256 of the whole file."""
        content = manifest.to_json()
        self._add(MANIFEST, io.BytesIO(content), len(content))
        self._tar.close()
        if self._sealer:
            self._sealer.finish()
        else:
            self.whole.write(MARK.format(self.whole.sha.hexdigest()).encode())
        return self.whole.sha.hexdigest()

    def _add(self, name: str, file: IO[bytes], size: int) -> Member:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(self._at.timestamp()), 0o600
        source = Hashing(file)
        self._tar.addfile(info, cast("IO[bytes]", source))
        member = Member(source.size, source.sha.hexdigest())
        if name != MANIFEST:
            self.members[name] = member
        return member


@dataclass(frozen=True)
class Checked:
    """A backup that was read from its first byte to its last, and is what was written."""

    manifest: Manifest
    digest: str
    size: int
    sealed: bool


def read_archive(path: Path, *, passphrase: str = "", put: Place = lambda name: None) -> Checked:
    """Read a whole backup, and put each part where ``put`` says; nowhere where it says none.

    Refuses: `no_backup` where it is something else; `damaged_backup` where a single byte is not
    as it was written; `needs_passphrase`, `wrong_passphrase`.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        whole = Hashing(file)
        sealed = is_sealed(file.read(HEAD))
        file.seek(0)
        if sealed and not passphrase:
            raise Refused("needs_passphrase", "This backup is sealed; give its passphrase.")
        try:
            if sealed:
                manifest = _read(Opener(cast("IO[bytes]", whole), passphrase), put)
            else:
                manifest = _read_plain(whole, file, size, put)
        except (tarfile.TarError, EOFError, UnicodeError, OverflowError, MemoryError):
            raise damaged() from None
        return Checked(manifest, whole.sha.hexdigest(), size, sealed)


def _read_plain(whole: Hashing, file: IO[bytes], size: int, put: Place) -> Manifest:
    file.seek(max(0, size - MARK_BYTES))
    mark = file.read()
    file.seek(0)
    if not mark.startswith(MARK.partition("{")[0].encode()):
        raise Refused(
            "no_backup", "This is not a backup of Wardroom, or its end is missing or damaged."
        )
    tar = Hashing(cast("IO[bytes]", whole), most=size - MARK_BYTES)
    try:
        manifest = _read(tar, put)
    finally:
        while tar.read(PIECE):
            pass
    whole.read()
    if mark != MARK.format(tar.sha.hexdigest()).encode():
        raise damaged()
    return manifest


def _read(source: Any, put: Place) -> Manifest:
    """Walk the parts, hold each to the list, and read on to the very end."""
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for info in tar:
            part = tar.extractfile(info) if info.isreg() and manifest is None else None
            if part is None:
                raise damaged()
            if info.name == MANIFEST:
                manifest = Manifest.from_json(part.read(MOST_LIST))
            elif is_member(info.name) and info.name not in found:
                found[info.name] = _take(part, put(info.name))
            else:
                raise damaged()
    while source.read(PIECE):
        pass
    if manifest is None or dict(manifest.members) != found:
        raise damaged()
    return manifest


def _take(part: IO[bytes], place: AbstractContextManager[IO[bytes]] | None) -> Member:
    source = Hashing(part)
    if place is None:
        while source.read(PIECE):
            pass
    else:
        with place as out:
            while content := source.read(PIECE):
                out.write(content)
            out.flush()
            os.fsync(out.fileno())
    return Member(source.size, source.sha.hexdigest())
