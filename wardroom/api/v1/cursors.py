"""From where a list goes on: the row that was read last, signed for this one list.

Programs only send back what they were given, so that nothing hostile reaches a query this way.
"""

from __future__ import annotations

import json
from binascii import Error as NoBase64
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer, b64_decode, b64_encode
from django.http import HttpRequest
from ninja.errors import ValidationError

from wardroom.kernel.outside import read_json
from wardroom.kernel.paging import After

SALT = "wardroom.api.v1.cursor"
NO_CURSOR = "This is no cursor of this list. Begin without one, and follow `next`."
NUMBERED = "Pages have no numbers any more. Begin without a cursor, and follow `next`."
INSTANT, DAY = "instant", "day"


def place_in(request: HttpRequest, cursor: str) -> After:
    """The row that a call goes on from. Raises `ValidationError` for no cursor of this list."""
    if not cursor:
        return After()
    try:
        words = _signer(request).unsign(cursor)
    except BadSignature:
        raise no_cursor(NUMBERED if _is_numbered(cursor) else NO_CURSOR) from None
    return After(tuple(_read(value) for value in read_json(b64_decode(words.encode()))))


def no_cursor(sentence: str = NO_CURSOR) -> ValidationError:
    """What a program is told whose cursor leads nowhere."""
    return ValidationError([{"loc": ("query", "cursor"), "type": "cursor", "msg": sentence}])


def cursor_of(request: HttpRequest, place: After) -> str:
    """What stands for a row in an address of this list."""
    words = json.dumps([_written(value) for value in place.key], ensure_ascii=False)
    return _signer(request).sign(b64_encode(words.encode()).decode())


def _signer(request: HttpRequest) -> Signer:
    """A cursor counts for its address and filters alone."""
    given = sorted((name, text) for name, text in request.GET.items() if name != "cursor")
    return Signer(salt=f"{SALT}:{request.path}?{urlencode(given)}")


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return {INSTANT: value.isoformat()}
    return {DAY: value.isoformat()} if isinstance(value, date) else value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if INSTANT in value:
        return datetime.fromisoformat(value[INSTANT])
    return date.fromisoformat(value[DAY])


def _is_numbered(cursor: str) -> bool:
    try:
        return b64_decode(cursor.encode()).startswith(b"p:")
    except (ValueError, NoBase64):
        return False
