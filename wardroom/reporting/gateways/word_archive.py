"""What is inside a Word file that came from outside, looked at before anything opens it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NoReturn
from zipfile import BadZipFile, ZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from wardroom.kernel.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
MOST_TIMES = 200
MACROS = re.compile(r"vbaproject|vbadata|macroenabled", re.IGNORECASE)
PROGRAMS = re.compile(r"embeddings/|activex|customui|\.(?:bin|exe|dll|js|vbs|ocx)$", re.IGNORECASE)
BROUGHT_IN = re.compile(r"/(?:oleObject|aFChunk|attachedTemplate|package|control)$")
FETCHING = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b",
    re.IGNORECASE,
)
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
                _check_part(part.filename, packed.read(part))
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        refuse("bad_type", DAMAGED)


def _check_size(packed: ZipFile, size: int) -> None:
    parts = packed.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or whole > MOST_TIMES * size:
        refuse("too_large", "Unpacked, this file is far too large for a template.")
    if "word/document.xml" not in packed.namelist():
        refuse("bad_type", "This is not a Word document.")


def _check_part(name: str, content: bytes) -> None:
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
        refuse("bad_type", DAMAGED)
    kinds = content.decode("utf-8", "replace") if name == "[Content_Types].xml" else ""
    if MACROS.search(name) or MACROS.search(kinds):
        refuse("has_macros", MACRO_WORDS)
    if PROGRAMS.search(name):
        refuse("has_objects", f"The file holds something that is not text: {name}. Take it out.")
    if not name.lower().endswith((".xml", ".rels")):
        return
    tree = _tree(content)
    if name.lower().endswith(".rels"):
        _check_links(tree)
    _check_fields(tree)


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


def _check_fields(tree: Any) -> None:
    """No field of Word fetches anything; a field may be written in several pieces."""
    fields = [one.get(qn("w:instr"), "") for one in tree.iter(qn("w:fldSimple"))]
    fields += [
        "".join(one.text or "" for one in paragraph.iter(qn("w:instrText")))
        for paragraph in tree.iter(qn("w:p"))
    ]
    for field in fields:
        if FETCHING.search(field):
            refuse(
                "reaches_outside",
                f"The field “{field.strip()[:60]}” fetches something from outside. Take it out.",
            )


def refuse(code: str, sentence: str) -> NoReturn:
    """Say at the file what is wrong with it."""
    raise Refused(code, sentence, field="file")
