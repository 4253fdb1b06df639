"""The parts of a message: its text, its files, and what a mail server reports in it."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, TypeAlias

from wardroom.notices.rules import one_line
from wardroom.notices.rules.reading import (
    MOST_FILES,
    MOST_LETTERS,
    MOST_PARTS,
    ids_in,
    plain_text,
    text_of_page,
)
from wardroom.notices.rules.receiving import File

DEEPEST = 12
MOST_PAGE = 1_000_000
CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d|windows-12\d\d|cp12\d\d"
    r"|koi8-[ru]|shift_?jis|sjis|euc-?(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|tis-620"
)
Raw: TypeAlias = "Message[Any, Any]"


@dataclass
class Parts:
    """What was found in a message so far, and what was left out, in sentences."""

    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    report: list[dict[str, str]] = field(default_factory=list)
    returned_id: str = ""
    left_out: list[str] = field(default_factory=list)
    broken: bool = False
    seen: int = 0

    @property
    def text(self) -> str:
        """The plain text, or the text of the page where there is none."""
        said = plain_text("\n\n".join(self.plain))
        return said or plain_text("\n\n".join(text_of_page(page) for page in self.pages))


def read_parts(mail: Raw) -> Parts:
    """Walk through the parts of a message, not too many and not too deep."""
    parts = Parts()
    try:
        _walk(mail, parts, 0)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        parts.broken = True
    return parts


def decoded(content: bytes, charset: str) -> str:
    """Bytes as text, under their charset where it is one that people write in."""
    name = one_line(charset, most=40).casefold()
    for wanted in (name if CHARSETS.fullmatch(name) else "utf-8", "utf-8"):
        try:
            return content.decode(wanted)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _walk(part: Raw, parts: Parts, depth: int) -> None:
    parts.seen += 1
    if parts.seen > MOST_PARTS or depth > DEEPEST:
        parts.broken = True
        return
    kind = part.get_content_type()
    if kind == "message/delivery-status":
        _read_report(part, parts)
    elif kind in ("message/rfc822", "text/rfc822-headers", "message/global"):
        _read_enclosed(part, kind, parts)
    elif part.is_multipart():
        for inner in part.get_payload():
            if isinstance(inner, Message):
                _walk(inner, parts, depth + 1)
    else:
        _read_leaf(part, kind, parts)


def _read_leaf(part: Raw, kind: str, parts: Parts) -> None:
    name = _file_name(part)
    content = _content(part)
    shown = (part.get_content_disposition() or "inline") == "inline" and not name
    charset = str(part.get_param("charset", "utf-8"))
    if shown and kind in ("text/plain", "text/enriched"):
        parts.plain.append(decoded(content[: MOST_LETTERS * 4], charset))
    elif shown and kind == "text/html":
        parts.pages.append(decoded(content[:MOST_PAGE], charset))
    elif content and len(parts.files) >= MOST_FILES:
        parts.left_out.append(f"Only the first {MOST_FILES} files were kept.")
    elif content:
        parts.files.append(File(name or one_line(f"file.{kind.partition('/')[2][:20]}"), content))


def _read_enclosed(part: Raw, kind: str, parts: Parts) -> None:
    """A message inside this one: one that came back, or one passed on as a file."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        named = str(inner.get("Message-ID", ""))
        content = inner.as_bytes()
    else:
        content = _content(part)
        found = re.search(rb"(?im)^message-id:\s*(<[^<>\s]{1,240}>)", content[:100_000])
        named = found[1].decode("ascii", "replace") if found else ""
    parts.returned_id = parts.returned_id or next(iter(ids_in(one_line(named, most=2000))), "")
    if kind == "message/rfc822" and not parts.report and len(parts.files) < MOST_FILES:
        parts.files.append(File(f"{_file_name(part) or 'message'}.eml", content))


def _read_report(part: Raw, parts: Parts) -> None:
    payload = part.get_payload()
    for block in payload[:50] if isinstance(payload, list) else []:
        if isinstance(block, Message):
            rows = [(key.lower()[:40], str(value)[:1000]) for key, value in block.raw_items()]
            parts.report.append(dict(rows[:40]))


def _content(part: Raw) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, binascii.Error, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _file_name(part: Raw) -> str:
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        name = "file"
    return one_line(name or "", most=200)
