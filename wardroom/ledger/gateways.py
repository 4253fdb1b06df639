"""What the storeys above tell this one of a line's words, and the key that signs its head."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from wardroom.access.actor import Actor
from wardroom.kernel.errors import Refused
from wardroom.ledger.rules import Head, SignedHead, key_hash, key_line


class Line(Protocol):
    """What a teller reads of a line."""

    pk: int
    kind: str
    body: Any


Teller = Callable[[Sequence[Line], Actor], Mapping[int, str]]
_TELLERS: list[Teller] = []


def tell_lines_with(teller: Teller) -> None:
    """Ask this how lines of its own kinds read to somebody; it names the others not at all."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def told_elsewhere(lines: Sequence[Line], actor: Actor) -> dict[int, str]:
    """The sentences, by a line's number, that are not to be read from the line itself."""
    found: dict[int, str] = {}
    for teller in _TELLERS:
        found.update(teller(lines, actor))
    return found


def origin() -> str:
    """The name of this ledger: the host that people use, and what it is there."""
    return f"{urlsplit(settings.SITE).hostname or 'wardroom'}/ledger"


def signed(head: Head) -> SignedHead:
    """A head with the office's signature, Ed25519."""
    key = _own_key()
    signature = key.sign(head.text.encode())
    public = key.public_key().public_bytes_raw()
    return SignedHead(head, key_hash(head.origin, public), signature)


def public_key_line() -> str:
    """The public half of the key that signs, in one line, for those who check."""
    return key_line(origin(), _own_key().public_key().public_bytes_raw())


def signature_holds(signed_head: SignedHead) -> bool | None:
    """Whether a head was signed by this office's key; None where another key signed it."""
    public = _own_key().public_key().public_bytes_raw()
    if signed_head.key_hash != key_hash(signed_head.head.origin, public):
        return None
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            signed_head.signature, signed_head.head.text.encode()
        )
    except InvalidSignature:
        return False
    return True


def _own_key() -> Ed25519PrivateKey:
    """The key from the setting, else one that is made once and kept beside the data."""
    words = settings.LEDGER_KEY or _kept_key(Path(settings.HOME) / "ledger-key")
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(words))
    except ValueError:
        sentence = "The key of the ledger is not 64 hex figures. See WARDROOM_LEDGER_KEY."
        raise Refused("bad_ledger_key", sentence) from None


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # whole, and only if no other process was first
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return path.read_text().strip()
