"""Reading a message as it came: any bytes give a `Mail`, and nothing in them is believed."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any, TypeAlias

from wardroom.notices.gateways.mail_parts import Parts, decoded, read_parts
from wardroom.notices.rules import one_line
from wardroom.notices.rules.reading import (
    MOST_BYTES,
    MOST_HEADER,
    MOST_HEADERS,
    MOST_LINES,
    MOST_PARTS,
    TOO_LARGE,
    ids_in,
)
from wardroom.notices.rules.receiving import Mail, Returned

Raw: TypeAlias = "Message[Any, Any]"
MOST_HEAD = 256 * 1024
MOST_ADDRESSES = 50
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@\\]{1,64}@[A-Za-z0-9.-]{1,189}")
DELIVERED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To")
ODD = "It is built in a way that cannot be taken apart; only its head was read."


def read_mail(raw: bytes, *, recipient: str = "", sender: str | None = None) -> Mail:
    """What a message says, within strict limits; it never raises, whatever the bytes are.

    ``recipient`` and ``sender`` are those of the envelope, where the mail server tells them;
    an empty sender means a notice of a mail server.
    """
    head = _head(raw)
    mail = _parsed(head) or Message()
    body, note = _body(raw)
    whole = _parsed(raw) if not note else None
    parts = read_parts(whole) if whole is not None else Parts()
    if note or whole is None or parts.broken:
        parts.left_out.append(note or ODD)
    names = _addresses(mail, "From")[:1] or [("", "")]
    first = _header(mail, "Message-ID")
    path = _header(mail, "Return-Path").strip()
    return Mail(
        fingerprint=_fingerprint(mail, body),
        size=len(raw),
        message_id=next(iter(ids_in(first)), one_line(first, most=240)),
        from_name=one_line(names[0][0], most=200),
        from_address=names[0][1],
        to_addresses=_recipients(mail, recipient),
        subject=one_line(_header(mail, "Subject")),
        said_at=_when(_header(mail, "Date")),
        text=parts.text,
        in_reply_to=next(iter(ids_in(_header(mail, "In-Reply-To"))), ""),
        references=ids_in(_header(mail, "References")),
        auto_submitted=_word(mail, "Auto-Submitted"),
        precedence=_word(mail, "Precedence") or ("list" if _has(mail, "X-Autoreply") else ""),
        suppressed=_word(mail, "X-Auto-Response-Suppress") not in ("", "none"),
        loops=tuple(v.strip().casefold() for v in _headers(mail, "X-Loop")),
        listed=_has(mail, "List-Id") or _has(mail, "List-Post"),
        null_sender=path == "<>" or (sender is not None and not sender.strip("<> ")),
        report=_is_report(mail),
        returned=_returned(parts.report),
        returned_id=parts.returned_id,
        files=tuple(parts.files),
        left_out=tuple(dict.fromkeys(parts.left_out)),
    )


def raw_headers(raw: bytes) -> str:
    """The head of a message as it came, for a person who wants to see it."""
    return decoded(_head(raw)[:20_000], "utf-8").replace("\r\n", "\n")


def _head(raw: bytes) -> bytes:
    cut = raw[:MOST_HEAD]
    ends = [at for at in (cut.find(b"\r\n\r\n"), cut.find(b"\n\n")) if at >= 0]
    return cut[: min(ends)] + b"\r\n\r\n" if ends else cut


def _body(raw: bytes) -> tuple[bytes, str]:
    """What follows the head, and why it is not taken apart, where it is not."""
    body = raw[len(_head(raw)) - 4 :].replace(b"\r\n", b"\n").strip()
    low = raw[: MOST_BYTES + 1].lower()
    parts = low.count(b"boundary") + low.count(b"message/rfc822")
    if len(raw) > MOST_BYTES:
        return body, TOO_LARGE
    return body, ODD if parts > MOST_PARTS or raw.count(b"\n") > MOST_LINES else ""


def _parsed(raw: bytes) -> Raw | None:
    try:
        return message_from_bytes(raw)
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _headers(mail: Raw, name: str) -> list[str]:
    """The values of a header as readable text, whatever stands in it."""
    found = [value for key, value in mail.raw_items() if key.lower() == name.lower()]
    return [_readable(str(value)[:MOST_HEADER]) for value in found[:MOST_HEADERS]]


def _header(mail: Raw, name: str) -> str:
    return next(iter(_headers(mail, name)), "")


def _has(mail: Raw, name: str) -> bool:
    return bool(_header(mail, name).strip())


def _word(mail: Raw, name: str) -> str:
    """The first word of a header, in small letters."""
    return re.split(r"[\s;,(]", _header(mail, name).strip().casefold(), maxsplit=1)[0][:40]


def _readable(value: str) -> str:
    text = decoded(value.encode("utf-8", "surrogateescape"), "utf-8")
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (ValueError, MessageError, LookupError, RecursionError):
        return text
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    return decoded(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")


def _addresses(mail: Raw, *names: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name in names:
        raws = [str(v)[:MOST_HEADER] for k, v in mail.raw_items() if k.lower() == name.lower()]
        for value in raws[:20]:
            flat = one_line(
                value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
                most=MOST_HEADER,
            )
            found += _pairs(flat)
    return found[:MOST_ADDRESSES]


def _pairs(value: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([value])
    except (ValueError, IndexError, RecursionError, AttributeError):
        pairs = []
    good = [(_readable(name), found[0]) for name, a in pairs if (found := ADDRESS.findall(a))]
    return good or [("", address) for address in ADDRESS.findall(value)]


def _recipients(mail: Raw, recipient: str) -> tuple[str, ...]:
    named = [address for _, address in _addresses(mail, *DELIVERED)]
    envelope = ADDRESS.findall(one_line(recipient))
    return tuple(dict.fromkeys([*envelope, *named]))[:MOST_ADDRESSES]


def _when(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(one_line(value, most=100))
        return at if at.tzinfo and 1990 <= at.year <= 2200 else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _is_report(mail: Raw) -> bool:
    kind = one_line(_header(mail, "Content-Type"), most=500).casefold()
    return kind.startswith("multipart/report") and "disposition-notification" not in kind


def _returned(fields: list[dict[str, str]]) -> tuple[Returned, ...]:
    return tuple(
        Returned(
            address=_typed(row.get("final-recipient", "")),
            original=_typed(row.get("original-recipient", "")),
            action=one_line(row.get("action", ""), most=20).casefold(),
            status=one_line(row.get("status", ""), most=20),
            reason=one_line(row.get("diagnostic-code", "").partition(";")[2], most=300),
        )
        for row in fields
        if "action" in row
    )


def _typed(value: str) -> str:
    """The address of a field such as rfc822;desk@dpw.example."""
    return next(iter(ADDRESS.findall(one_line(value.partition(";")[2] or value))), "")


def _fingerprint(mail: Raw, body: bytes) -> str:
    """What tells this message from any other, by whatever way and however often it came."""
    own = [_header(mail, name) for name in ("Message-ID", "From", "Date", "Subject")]
    words = json.dumps([*own, hashlib.sha256(body).hexdigest()])
    return hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()
