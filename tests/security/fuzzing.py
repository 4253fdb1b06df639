"""Bytes gone wrong on purpose: what the house reads of others, spoiled in ways of chance.

Each reader is given whole files that were spoiled a little or a lot. It may take them or refuse
them in its own words; it may not fall over, and it may not think for more than two seconds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

MOST_SECONDS = 2.0
LONGEST = 65_536
WORDS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b'"', b"'", b",", b";", b"\t", b"{",
    b"}", b"[", b"]", b"<", b">", b"&", b"&lol;", b"<!--", b"]]>", b"null", b"NaN", b"-1", b"1e999",
    b"99999999999999999999", b"0000-00-00", b"9999-12-31T23:59:60Z", b"\xc3\x28", b"\xed\xa0\x80",
    b"=?utf-8?q?=ff?=", b"=?x-unknown?b?////?=", b"--", b"\\u0000", b"\\ud800", b"%00", b"()" * 20,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**30, "", " ", "x" * 5_000, "\x00", "\ud800", [], [[]], {}, {"": 0},
    [None], ["a", 1], {"type": []}, {"coordinates": 5}, "2026-02-30", "9999999999-01-01", "NaN",
)  # fmt: skip
ENTITIES = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
)
SECRET = b"a secret of this machine"


def laughs(root: bytes, path: str) -> Iterator[bytes]:
    """A document whose entities grow without end, and others that ask for files and machines."""
    yield b"<!DOCTYPE x [%s]><%s>&l9;</%s>" % (ENTITIES, root, root)
    for where in (f"file://{path}", "http://127.0.0.1:9/x", path):
        entity = b'<!ENTITY s SYSTEM "%s">' % where.encode()
        yield b"<!DOCTYPE x [%s]><%s>&s;</%s>" % (entity, root, root)
        yield b'<!DOCTYPE x SYSTEM "%s"><%s/>' % (where.encode(), root)
    yield b'<!DOCTYPE x [<!ENTITY %% p SYSTEM "file://%s"> %%p;]><%s/>' % (path.encode(), root)
    depth = 100_000
    yield b"<%s>" % root + b"<a>" * depth + b"</a>" * depth + b"</%s>" % root


@dataclass(frozen=True)
class Reader:
    """Something that reads what others wrote: whole examples, and how it may refuse."""

    name: str
    wholes: tuple[bytes, ...]
    read: Callable[[bytes], object]
    refuses: tuple[type[Exception], ...] = ()

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Fault:
    """A file that a reader did not bear, and what it did."""

    reader: str
    content: bytes
    what: str

    def __repr__(self) -> str:
        return f"{self.reader}: {self.what}: {self.content[:300]!r}"


def spoiled(chance: Random, wholes: tuple[bytes, ...]) -> bytes:
    """One of these files, spoiled: in its shape where it is JSON, in its bytes, or in both."""
    content = chance.choice(wholes)
    if chance.random() < 0.5 and content[:1] in b"{[":
        content = _misshapen(chance, content)
        if chance.random() < 0.7:
            return content
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        content = _bitten(chance, content, wholes)
    return content[:LONGEST]


def _misshapen(chance: Random, content: bytes) -> bytes:
    """JSON of the right form with wrong things in it."""
    try:
        whole: Any = json.loads(content)
    except ValueError:
        return content
    for _ in range(chance.randint(1, 3)):
        at: Any = whole
        for _ in range(chance.randint(0, 8)):
            inner = [*at.values()] if isinstance(at, dict) else at
            going = [one for one in inner if isinstance(one, dict | list) and one]
            if not going:
                break
            at = chance.choice(going)
        if not at:
            continue
        key = chance.choice([*at]) if isinstance(at, dict) else chance.randrange(len(at))
        if chance.random() < 0.2:
            del at[key]
        else:
            at[key] = deepcopy(chance.choice(VALUES))
    return json.dumps(whole).encode("utf-8", "surrogatepass")


def _bitten(chance: Random, content: bytes, wholes: tuple[bytes, ...]) -> bytes:
    """One change of the bytes."""
    at = chance.randint(0, len(content))
    to = min(len(content), at + chance.choice((1, 2, 8, 64, 512)))
    match chance.randrange(7):
        case 0:
            return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        case 1:
            return content[:at] + content[to:]
        case 2:
            return content[:to] + content[at:to] * chance.choice((1, 3, 200)) + content[to:]
        case 3:
            return content[:at] + chance.choice(WORDS) + content[at:]
        case 4:
            return content[:at] + chance.choice(WORDS) * chance.choice((2, 60, 3000)) + content[to:]
        case 5:
            other = chance.choice(wholes)
            return content[:at] + other[chance.randint(0, len(other)) :]
        case _:
            return content[:at]


def faults(
    reader: Reader, chance: Random, *, cases: int, seconds: float = MOST_SECONDS
) -> list[Fault]:
    """What this reader did not bear of so many spoiled files; the first of each kind."""
    found: dict[str, Fault] = {}
    for _ in range(cases):
        content = spoiled(chance, reader.wholes)
        if what := wrong_with(reader, content, seconds=seconds):
            found.setdefault(what.partition(":")[0], Fault(reader.name, content, what))
    return list(found.values())


def wrong_with(reader: Reader, content: bytes, *, seconds: float = MOST_SECONDS) -> str:
    """What a reader does wrong with a file; nothing where it takes or refuses it in time.

    Time is that of the processor in this thread: a busy machine makes no fault.
    """
    begun = time.thread_time()
    try:
        reader.read(content)
    except reader.refuses:
        pass
    except Exception as error:  # whatever it is, it is what is looked for
        return f"{type(error).__name__} {_place_of(error)}: {error}"
    took = time.thread_time() - begun
    return f"slow: {took:.1f} s" if took > seconds else ""


def _place_of(error: Exception) -> str:
    """Where in our own code it broke."""
    at, place = error.__traceback__, ""
    while at:
        file = at.tb_frame.f_code.co_filename
        if "/wardroom/" in file:
            place = f"{file.rpartition('/wardroom/')[2]} line {at.tb_lineno}"
        at = at.tb_next
    return place
