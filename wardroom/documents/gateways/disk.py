"""Files on the disk, each under the hash of its bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 64 * 1024


class DamagedFile(Exception):
    """The bytes on the disk are not the bytes that were kept."""


def hash_of(content: bytes) -> str:
    """The SHA-256 under which bytes are kept."""
    return hashlib.sha256(content).hexdigest()


def write_content(content: bytes) -> str:
    """Keep bytes and return their SHA-256; the same bytes are kept once.

    The file is complete on the disk before its name exists, so a crash leaves no half file.
    """
    digest = hash_of(content)
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return digest


def read_content(digest: str) -> bytes:
    """The bytes kept under a hash; raises `DamagedFile` where they do not match it."""
    content = path_of(digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedFile(f"the file {digest} was changed on the disk")
    return content


def content_pieces(digest: str) -> Iterator[bytes]:
    """The same bytes some at a time, for a file of any length; looked through before the first."""
    file = path_of(digest).open("rb")
    seen = hashlib.file_digest(file, "sha256").hexdigest()
    if seen != digest:
        file.close()
        raise DamagedFile(f"the file {digest} was changed on the disk")
    file.seek(0)
    return _pieces(file)


def remove_content(digest: str) -> None:
    """Take the bytes of a hash off the disk; the caller has seen that nothing else is them."""
    path_of(digest).unlink(missing_ok=True)


def path_of(digest: str) -> Path:
    """Where the bytes of a hash stand."""
    if len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest):
        raise ValueError("not a SHA-256 in small letters")
    return Path(settings.FILES_ROOT) / digest[:2] / digest


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
