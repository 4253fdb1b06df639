"""What is inside a Word file that came from outside, looked at before anything opens it."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from typing import Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.oxml import parse_xml

from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import TORN
from wardroom.reporting.gateways.word_fields import check_fields
from wardroom.reporting.rules.kinds import MOST_BYTES

MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_TIMES = 200
MACROS = re.compile(r"vbaproject|vbadata|macroenabled", re.IGNORECASE)
PROGRAMS = re.compile(r"embeddings/|activex|customui|\.(?:bin|exe|dll|js|vbs|ocx)$", re.IGNORECASE)
BROUGHT_IN = re.compile(r"/(?:oleObject|aFChunk|attachedTemplate|package|control)$")
HEAD = 30
BLANKS = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)[\"']")
DAMAGED = "This file is damaged, or is not a Word document."
MACRO_WORDS = "This file can hold macros, which are programs. Save it in Word as .docx, without."


def check_archive(name: str, content: bytes) -> None:
    """Refuses what is no plain Word document, is far too large, or reaches out of itself."""
    if not content:
        refuse("empty_file", "The file is empty.")
    if len(content) > MOST_BYTES:
        refuse("too_large", "A template may have 5 MB at most.")
    if name.lower().endswith((".docm", ".dotm")):
        refuse("has_macros", MACRO_WORDS)
    if not name.lower().endswith(".docx"):
        refuse("bad_type", "Choose a Word file that ends in .docx.")
    try:
        with ZipFile(BytesIO(content)) as packed:
            _check_size(packed, len(content))
            for part in packed.infolist():
                _check_part(part.filename, _unpacked(content, part))
    except TORN:
        refuse("bad_type", DAMAGED)


def check_made(content: bytes) -> None:
    """Refuses a file that was filled and then reaches out of itself."""
    with ZipFile(BytesIO(content)) as packed:
        for part in packed.infolist():
            _check_part(part.filename, packed.read(part))


def _check_size(packed: ZipFile, size: int) -> None:
    parts = packed.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or whole > MOST_TIMES * size:
        refuse("too_large", "Unpacked, this file is far too large for a template.")
    if "word/document.xml" not in packed.namelist():
        refuse("bad_type", "This is not a Word document.")


def _unpacked(content: bytes, part: ZipInfo) -> bytes:
    """A part as plain bytes, and never more of them than it says it has.

    Python's own reader unpacks all that is there and then cuts off what was not declared.
    """
    head = content[part.header_offset :][:HEAD]
    if len(head) < HEAD or head[:4] != b"PK\3\4" or part.flag_bits & 1:
        raise ValueError("no such part")
    start = part.header_offset + HEAD + sum(struct.unpack("<HH", head[26:]))
    packed = content[start : start + part.compress_size]
    if part.compress_type == ZIP_STORED:
        plain, over = packed, False
    elif part.compress_type == ZIP_DEFLATED:
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        plain = reader.decompress(packed, part.file_size + 1)
        over = not reader.eof or bool(reader.unused_data)
    else:
        raise ValueError("packed in an unusual way")
    if over or len(plain) != part.file_size:
        raise ValueError("another length than it says")
    return plain


def _check_part(name: str, content: bytes) -> None:
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        refuse("bad_type", DAMAGED)
    kinds = content.decode("utf-8", "replace") if name == "[Content_Types].xml" else ""
    if MACROS.search(name) or MACROS.search(kinds):
        refuse("has_macros", MACRO_WORDS)
    if PROGRAMS.search(name):
        refuse("has_objects", f"The file holds something that is not text: {name}. Take it out.")
    if not name.lower().endswith((".xml", ".rels")) and not _is_xml(content):
        return
    tree = _tree(content)
    _check_links(tree)
    check_fields(tree)


def _is_xml(content: bytes) -> bool:
    """Whether a part of any name begins as XML does, in whatever letters."""
    return content[:64].lstrip(BLANKS).startswith(b"<")


def _tree(content: bytes) -> Any:
    """A part as a tree; none with its own definitions, or in letters that could hide them."""
    said = ENCODING.search(content[:200])
    plain = said is None or said[1].lower() in (b"utf-8", b"us-ascii")
    try:
        content.decode("utf-8")
        if not plain or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ValueError
        return parse_xml(content)
    except (ValueError, SyntaxError):
        refuse("bad_type", DAMAGED)


def _check_links(tree: Any) -> None:
    for link in tree.iter("{*}Relationship"):
        outside = link.get("TargetMode", "").lower() == "external"
        if outside or BROUGHT_IN.search(link.get("Type", "")):
            where = link.get("Target", "somewhere else")[:80]
            refuse(
                "reaches_outside",
                f"The file points outside itself, to “{where}”. Take the link or picture out, and"
                " write an address as plain text.",
            )


def refuse(code: str, sentence: str) -> NoReturn:
    """Say at the file what is wrong with it."""
    raise Refused(code, sentence, field="file")
