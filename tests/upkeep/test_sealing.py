"""A sealed backup gives back what was written to whoever has the passphrase, or nothing."""

from __future__ import annotations

import io
import random

import pytest

from wardroom.kernel.errors import Refused
from wardroom.upkeep.gateways import sealing
from wardroom.upkeep.gateways.sealing import Opener, Sealer

WORDS = "a lamp over the corner"


@pytest.fixture(autouse=True)
def small_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many pieces of a small file, and a key that is made at once."""
    monkeypatch.setattr(sealing, "PIECE", 100)
    monkeypatch.setattr(sealing, "COST", 2)


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, WORDS)
    for start in range(0, len(content), 33):
        sealer.write(content[start : start + 33])
    sealer.finish()
    return out.getvalue()


def opened(content: bytes, words: str = WORDS) -> bytes:
    opener = Opener(io.BytesIO(content), words)
    parts = []
    while part := opener.read(77):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 1234])
def test_what_was_written_comes_back(size: int) -> None:
    content = random.Random(size).randbytes(size)
    assert opened(sealed(content)) == content


def test_nothing_of_it_can_be_read() -> None:
    assert b"canary" not in sealed(b"a canary in the text")


def test_wrong_passphrase_opens_nothing() -> None:
    with pytest.raises(Refused) as no:
        opened(sealed(b"x" * 500), "a lamp over the other corner")
    assert no.value.code == "wrong_passphrase"


def test_every_flipped_byte_is_refused() -> None:
    whole = sealed(b"x" * 500)
    for place in range(len(whole)):
        bent = bytearray(whole)
        bent[place] ^= 1
        with pytest.raises(Refused):
            opened(bytes(bent))


def test_every_cut_and_every_lost_or_moved_piece_is_refused() -> None:
    whole, piece = sealed(b"x" * 500), 100 + sealing.TAG
    head, body = whole[: sealing.HEAD], whole[sealing.HEAD :]
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]
    assert len(pieces) == 5
    for off in ([0, 1, 2, 3], [1, 0, 2, 3, 4], [0, 1, 2, 4], [0, 0, 1, 2, 3, 4], []):
        with pytest.raises(Refused):
            opened(head + b"".join(pieces[n] for n in off))
    for cut in range(len(whole)):
        with pytest.raises(Refused):
            opened(whole[:cut])
    with pytest.raises(Refused):
        opened(whole + b"x")


def test_short_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="12 characters"):
        Sealer(io.BytesIO(), "lamp")
