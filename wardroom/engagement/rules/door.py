"""What a phone at the door of an event may write down, and how long it keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wardroom.kernel.deliveries import can_be_kept, check_body, is_key, read_instant
from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json

HERE, GUEST, UNDO = "here", "guest", "undo"
MOST_DOOR_LINES = 2_000
DOOR_CLOSES = timedelta(hours=6)
UNREADABLE = "This line cannot be read."
TEXTS: Mapping[str, int] = {"name": 120, "phone": 40, "email": 254, "language": 10}


@dataclass(frozen=True)
class DoorWords:
    """One line as it was written down: who is here, or that an earlier line was wrong.

    ``guest`` is the number of somebody on the list, ``of`` the key of the line that is undone.
    """

    kind: str
    seen_at: datetime
    guest: int = 0
    of: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    consent: bool = False


def door_is_over(ends_at: datetime, *, canceled: bool, at: datetime) -> bool:
    """Whether nobody comes in any more, so that phones let go of the list."""
    return canceled or at >= ends_at + DOOR_CLOSES


def read_door_line(body: str) -> DoorWords:
    """What a line says. Refuses: what no phone of ours writes."""
    check_body(body)
    try:
        found = _words(read_json(body))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        found = None
    if found is None:
        raise Refused("bad_line", UNREADABLE)
    return found


def _words(said: Mapping[str, Any]) -> DoorWords | None:
    kind, seen_at = said["kind"], read_instant(said["seen_at"])
    if seen_at is None:
        return None
    if kind == HERE:
        guest = said["guest"]
        good = type(guest) is int and 0 < guest < 1 << 60
        return DoorWords(kind, seen_at, guest=guest) if good else None
    if kind == UNDO:
        return DoorWords(kind, seen_at, of=said["of"]) if is_key(said["of"]) else None
    texts = {name: said[name] for name in TEXTS}
    good = kind == GUEST and type(said["consent"]) is bool
    if not good or not all(_is_text(texts[name], most) for name, most in TEXTS.items()):
        return None
    return DoorWords(GUEST, seen_at, consent=said["consent"], **texts)


def _is_text(given: object, most: int) -> bool:
    return isinstance(given, str) and len(given) <= most and can_be_kept(given)
