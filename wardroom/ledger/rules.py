"""How a line is chained to the one before, and how often a reaction that fails is tried again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

NO_LINE_YET = "0" * 64

MOST_ATTEMPTS = 8
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 6 * 60 * 60


@dataclass(frozen=True)
class Typed:
    """Somebody or something that a person named in a text, as typed: @kim, #rats, /alley.

    ``sign`` is the mark before it, ``noun`` what it should be; ``key`` is empty for as long
    as nobody knows which one is meant.
    """

    sign: str
    text: str
    noun: str
    key: str = ""


@dataclass(frozen=True)
class Chained:
    """All of a line that its digest covers. ``body`` is JSON as text, ``about`` noun and key."""

    uid: UUID
    at: datetime
    actor_id: int | None
    actor_name: str
    window: str
    kind: str
    audience: str
    ward_code: str
    agency_code: str
    matter_key: str
    sentence: str
    body: str
    about: tuple[tuple[str, str], ...]


def digest_after(previous: str, line: Chained) -> str:
    """The digest of a line that follows the line with this digest: SHA-256, 64 hex figures.

    The form is the same whichever database kept the line: instants in UTC to the
    microsecond, numbers by their value, fields of the body in order of their name. It must
    never change, or every chain ever written would seem broken.
    """
    words = [
        previous,
        line.uid.hex,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor_id,
        line.actor_name,
        line.window,
        line.kind,
        line.audience,
        line.ward_code,
        line.agency_code,
        line.matter_key,
        line.sentence,
        json.loads(line.body, parse_float=_number),
        sorted(line.about),
    ]
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _number(text: str) -> Any:
    """A number by its value: PostgreSQL gives 1e2 back as 100, and 1.50 as 1.50."""
    value = float(text)
    return int(Decimal(text)) if value.is_integer() else value


def wait_after(attempts: int) -> int:
    """Seconds to wait after this many failed attempts: 30 s, 2 min, 8 min, ... at most 6 h."""
    if attempts < 1:
        raise ValueError("nothing has failed yet")
    grown: int = FIRST_WAIT_SECONDS * 4 ** (attempts - 1)
    return min(grown, LONGEST_WAIT_SECONDS)
