"""A photograph without what its file tells beside the picture: above all, where it was taken.

The container is written anew from what is known to be harmless; the picture in it stays as it
was, byte for byte. What is not known stays out.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Literal

from wardroom.kernel.errors import Refused

Order = Literal["<", ">"]
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
SHORT_TEXT = 64
EXIF_IFD = 0x8769
# Maker, model, which side is up, resolution, and the camera's clock.
FIRST_TAGS = frozenset({0x010F, 0x0110, 0x0112, 0x011A, 0x011B, 0x0128, 0x0132, 0x0213})
# Exposure, the time and its zone, lens and light, colors and size.
EXIF_TAGS = frozenset(
    {0x829A, 0x829D, 0x8822, 0x8827, 0x9000, 0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9101}
    | {0x9201, 0x9202, 0x9203, 0x9204, 0x9207, 0x9209, 0x920A, 0x9290, 0x9291, 0x9292}
    | {0xA001, 0xA002, 0xA003, 0xA402, 0xA403, 0xA405, 0xA406}
)
EXIF_HEAD = b"Exif\0\0"
ENDS, SCAN = 0xD9, 0xDA
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
JPEG_KEPT = {0xE0: (b"JFIF\0",), 0xE2: (b"ICC_PROFILE\0",), 0xEE: (b"Adobe",)}
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs tIME"
    b" acTL fcTL fdAT".split()
)
WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
SAYS_EXIF, SAYS_XMP = 0x08, 0x04
UNREADABLE = "This picture cannot be read to its end, so where it was taken cannot be taken out."
NO_WAY = (
    "Where this picture was taken cannot be taken out of it. Send a JPEG, PNG or WebP, or let"
    " photographs say where they were taken."
)


def without_place(content: bytes) -> bytes:
    """The same picture without where it was taken, and without texts and second pictures.

    Refuses: a picture that cannot be read to its end, or of another kind than JPEG, PNG, WebP.
    """
    try:
        if content[:2] == b"\xff\xd8":
            return b"".join(_jpeg(content))
        if content[:8] == PNG_HEAD:
            return b"".join(_png(content))
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError, ValueError):
        raise Refused("bad_picture", UNREADABLE) from None
    raise Refused("place_stays", NO_WAY)


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The segments that make the picture; whatever stands behind its end is left out."""
    yield content[:2]
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == ENDS:
            yield content[at : at + 2]
            return
        if mark in ALONE:
            yield content[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content) or end < at + 4:
            raise ValueError("no end")
        yield _segment(mark, content[at:end])
        at = _after_scan(content, end) if mark == SCAN else end
        if mark == SCAN:
            yield content[end:at]


def _segment(mark: int, segment: bytes) -> bytes:
    body = segment[4:]
    if mark == 0xE1 and body[:6] == EXIF_HEAD:
        bare = bare_exif(body[6:])
        return b"\xff\xe1" + struct.pack(">H", len(bare) + 8) + EXIF_HEAD + bare if bare else b""
    if mark >= 0xE0 and not body.startswith(JPEG_KEPT.get(mark, ())):
        return b""
    return segment


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that ends a run of coded pixels."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] != 0xFF and content[at + 1] not in ALONE:
            return at
        at += 1 if content[at + 1] == 0xFF else 2


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG_HEAD
    at = len(PNG_HEAD)
    while True:
        size = struct.unpack_from(">I", content, at)[0]
        name, end = content[at + 4 : at + 8], at + 12 + size
        if end > len(content):
            raise ValueError("no end")
        if name in PNG_KEPT:
            yield content[at:end]
        elif name == b"eXIf" and (bare := bare_exif(content[at + 8 : end - 4])):
            yield struct.pack(">I", len(bare)) + name + bare
            yield struct.pack(">I", zlib.crc32(name + bare))
        if name == b"IEND":
            return
        at = end


def _webp(content: bytes) -> bytes:
    whole = 8 + struct.unpack_from("<I", content, 4)[0]
    if whole > len(content):
        raise ValueError("no end")
    kept: list[tuple[bytes, bytes]] = []
    at = 12
    while at + 8 <= whole:
        name, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        body = content[at + 8 : at + 8 + size]
        if at + 8 + size > whole:
            raise ValueError("no end")
        if name in WEBP_KEPT:
            kept.append((name, body))
        elif name == b"EXIF" and (bare := bare_exif(body.removeprefix(EXIF_HEAD))):
            kept.append((name, bare))
        at += 8 + size + size % 2
    has_exif = any(name == b"EXIF" for name, _ in kept)
    out = b"".join(_riff(name, _flags(name, body, has_exif)) for name, body in kept)
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + out


def _flags(name: bytes, body: bytes, has_exif: bool) -> bytes:
    """What a WebP says at its beginning that it holds."""
    if name != b"VP8X":
        return body
    said = body[0] & ~(SAYS_EXIF | SAYS_XMP) | (SAYS_EXIF if has_exif else 0)
    return bytes([said]) + body[1:]


def _riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def bare_exif(tiff: bytes) -> bytes:
    """Exif data written anew with the camera's own words alone; empty where there are none.

    Data that cannot be read are left out, since they cannot be told apart from a position.
    """
    order: Order = "<" if tiff[:2] == b"II" else ">"
    try:
        if struct.unpack_from(f"{order}H", tiff, 2)[0] != 42:
            return b""
        first = _tags(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0])
        inner = _tags(tiff, order, _pointer(first, order))
    except struct.error:
        return b""
    kept = {tag: entry for tag, entry in first.items() if tag in FIRST_TAGS}
    deeper = {tag: entry for tag, entry in inner.items() if tag in EXIF_TAGS}
    if not kept and not deeper:
        return b""
    return _written(order, kept, deeper)


Entries = dict[int, tuple[int, int, bytes]]


def _tags(tiff: bytes, order: Order, at: int) -> Entries:
    """The entries of one directory: their kind, how many, and their bytes."""
    found: Entries = {}
    if not at:
        return found
    for n in range(struct.unpack_from(f"{order}H", tiff, at)[0]):
        entry = at + 2 + 12 * n
        tag, kind, count = struct.unpack_from(f"{order}HHI", tiff, entry)
        size = SIZES.get(kind, 0) * count
        where = entry + 8 if size <= 4 else struct.unpack_from(f"{order}I", tiff, entry + 8)[0]
        value = tiff[where : where + size]
        if 0 < size <= SHORT_TEXT and len(value) == size:
            found.setdefault(tag, (kind, count, value))
    return found


def _pointer(entries: Entries, order: Order) -> int:
    kind, count, value = entries.get(EXIF_IFD, (0, 0, b""))
    return int(struct.unpack(f"{order}I", value)[0]) if (kind, count) == (4, 1) else 0


def _written(order: Order, first: Entries, inner: Entries) -> bytes:
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    if not inner:
        return head + _directory(order, first, 8)
    first = {**first, EXIF_IFD: (4, 1, b"\0\0\0\0")}
    behind = 8 + len(_directory(order, first, 8))
    first[EXIF_IFD] = (4, 1, struct.pack(f"{order}I", behind))
    return head + _directory(order, first, 8) + _directory(order, inner, behind)


def _directory(order: Order, entries: Entries, at: int) -> bytes:
    """One directory that stands at this offset, its longer values right behind it."""
    rows, values = b"", b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, (kind, count, value) in sorted(entries.items()):
        rows += struct.pack(f"{order}HHI", tag, kind, count)
        if len(value) <= 4:
            rows += value.ljust(4, b"\0")
            continue
        rows += struct.pack(f"{order}I", behind + len(values))
        values += value + b"\0" * (len(value) % 2)
    return struct.pack(f"{order}H", len(entries)) + rows + b"\0\0\0\0" + values
