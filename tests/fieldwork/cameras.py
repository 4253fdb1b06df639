"""Photographs as cameras and programs write them: with their place hidden in many corners."""

from __future__ import annotations

import io
import struct
from functools import cache

from PIL import Image, PngImagePlugin

NEEDLE = b"38.9147N77.0121W"
MAKER, TAKEN_AT = "A maker of cameras", "2026:11:18 10:30:00"
SIZE = (320, 240)


def xmp() -> bytes:
    """What a picture program writes beside the picture, with the place in it."""
    return (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        b' xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="' + NEEDLE + b'"/>'
        b"</rdf:RDF></x:xmpmeta>"
    )


def exif(shade: int = 0) -> bytes:
    """A camera's notes: maker, time, which side is up, the place, and the maker's own notes."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = MAKER, 6
    notes[0x010E] = NEEDLE.decode()
    inner = notes.get_ifd(0x8769)
    inner[0x9003], inner[0x927C] = TAKEN_AT, NEEDLE + bytes([shade % 256])
    place = notes.get_ifd(0x8825)
    place[1], place[2] = "N", (38.0, 54.0, 52.92)
    place[3], place[4] = "W", (77.0, 0.0, 43.56)
    return notes.tobytes()


@cache
def photograph(kind: str, shade: int = 90) -> bytes:
    """A picture of this kind with its place in Exif, XMP and wherever else it can stand."""
    picture = Image.new("RGB", SIZE, (shade % 256, 120, 90))
    picture.paste((20, 20, 20), (40, 40, 120, 90))
    out = io.BytesIO()
    if kind == "JPEG":
        picture.save(out, "JPEG", quality=90, exif=exif(shade), xmp=xmp(), comment=NEEDLE)
        return _with_press_notes(out.getvalue())
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", NEEDLE.decode())
        notes.add_itxt("XML:com.adobe.xmp", xmp().decode())
        picture.save(out, "PNG", exif=exif(shade), pnginfo=notes)
    else:
        picture.save(out, "WEBP", lossless=True, exif=exif(shade), xmp=xmp())
    return out.getvalue()


def _with_press_notes(content: bytes) -> bytes:
    """The notes of newspapers' programs (IPTC), and a second picture behind the first."""
    record = b"\x1c\x02\x5a" + struct.pack(">H", len(NEEDLE)) + NEEDLE
    notes = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    segment = b"\xff\xed" + struct.pack(">H", len(notes) + 2) + notes
    return content[:2] + segment + content[2:] + content
