"""Backups that only a passphrase opens: AES-256-GCM over pieces, under a key made by scrypt.

Each piece is bound to its place and to the head of the file, and the last one says that it is
the last: a changed, moved, lost or added byte anywhere is refused. One piece is in memory.
"""

from __future__ import annotations

import os
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from wardroom.kernel.errors import Refused

MAGIC = b"WARDROOM-SEALED-1\n"
PIECE = 1 << 20
TAG = 16
COST, BLOCK, LANES = 1 << 15, 8, 1
SALT, PREFIX = 16, 7
HEAD = len(MAGIC) + SALT + PREFIX
SHORTEST = 12


def check_passphrase(passphrase: str) -> None:
    """Refuses: `weak_passphrase` where one can be guessed by trying."""
    if len(passphrase) < SHORTEST:
        raise Refused(
            "weak_passphrase", f"A passphrase for backups has at least {SHORTEST} characters."
        )


def _key(passphrase: str, salt: bytes) -> AESGCM:
    made = Scrypt(salt=salt, length=32, n=COST, r=BLOCK, p=LANES).derive(passphrase.encode())
    return AESGCM(made)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, last)


class Sealer:
    """A file to write into; what is written comes out sealed."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        check_passphrase(passphrase)
        salt, self._prefix = os.urandom(SALT), os.urandom(PREFIX)
        self._head = MAGIC + salt + self._prefix
        self._key = _key(passphrase, salt)
        self._out, self._held, self._number = out, bytearray(), 0
        out.write(self._head)

    def write(self, content: bytes) -> int:
        """Seal what fills a piece; the rest waits."""
        self._held += content
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(content)

    def finish(self) -> None:
        """Write the last piece, which says that it is the last."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._out.write(self._key.encrypt(nonce, piece, self._head))
        self._number += 1


class Opener:
    """Reads a sealed file piece by piece. Refuses: `wrong_passphrase`, `damaged_backup`."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        self._head = source.read(HEAD)
        if len(self._head) < HEAD:
            raise damaged()
        salt, self._prefix = self._head[len(MAGIC) : -PREFIX], self._head[-PREFIX:]
        self._key = _key(passphrase, salt)
        self._source, self._number = source, 0
        self._next = source.read(PIECE + TAG)
        self._held, self._ended = b"", False

    def read(self, size: int = -1) -> bytes:
        """The next bytes, opened; fewer only at the end."""
        parts, wanted = [], size if size >= 0 else 1 << 62
        while wanted:
            if not self._held:
                if self._ended:
                    break
                self._held = self._open()
                continue
            part, self._held = self._held[:wanted], self._held[wanted:]
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)

    def _open(self) -> bytes:
        sealed, self._next = self._next, self._source.read(PIECE + TAG)
        self._ended = not self._next
        nonce = _nonce(self._prefix, self._number, last=self._ended)
        try:
            piece = self._key.decrypt(nonce, sealed, self._head)
        except InvalidTag:
            raise damaged() if self._number else _not_opened() from None
        self._number += 1
        return piece


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins so is a sealed backup."""
    return head.startswith(MAGIC)


def damaged() -> Refused:
    """The sentence about a backup that is not as it was written."""
    return Refused(
        "damaged_backup",
        "The backup is damaged: it is not what was written. Take another one.",
    )


def _not_opened() -> Refused:
    return Refused(
        "wrong_passphrase",
        "The passphrase does not open this backup, or the backup is damaged at its beginning.",
    )
