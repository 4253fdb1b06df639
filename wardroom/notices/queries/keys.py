"""What a one-off link opens."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.notices.gateways import key_token, token_digest
from wardroom.notices.models import Key

OPENS_NOTHING = "This link does not open anything. Ask the office for a new one."
LONGEST_TOKEN = 100
MOST_LINKS = 10


@dataclass(frozen=True)
class KeyHeld:
    """What the bearer of a link may do, and whom it was sent to."""

    id: int
    purpose: str
    noun: str
    key: str
    holder: str
    expires_at: datetime


def open_key(token: str, *, purpose: str, at: datetime) -> KeyHeld:
    """What a link opens now; it may be opened any number of times until it is used up.

    Refuses: `key_closed`, with one sentence for unknown, wrong and taken-back links alike;
    only who holds a real link that ran out or was used is told so.
    """
    return held(key_of_token(token, purpose), at=at)


@dataclass(frozen=True)
class LinkRow:
    """A link that was given out, and what became of it."""

    holder: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: str


def links_to(
    noun: str, key: str, actor: Actor, *, purpose: str, at: datetime
) -> tuple[LinkRow, ...]:
    """The links given out to one thing, newest first; for the office, which asked for the thing.

    The caller has asked whether this person sees the thing. A state is live, ran out, or
    taken back.
    """
    if not actor.is_staff:
        return ()
    rows = Key.objects.filter(noun=noun, key=key, purpose=purpose).order_by("-issued_at", "-pk")
    return tuple(
        LinkRow(row.holder, row.issued_at, row.expires_at, row.used_at, _state(row, at))
        for row in rows[:MOST_LINKS]
    )


def live_links(
    noun: str, keys: Collection[str], actor: Actor, *, purpose: str, at: datetime
) -> Mapping[str, LinkRow]:
    """Of these things, by their key, the newest link that is live; for the office, as above."""
    if not actor.is_staff:
        return {}
    rows = Key.objects.filter(noun=noun, key__in=keys, purpose=purpose)
    rows = rows.filter(revoked_at__isnull=True, expires_at__gt=at).order_by("issued_at", "pk")
    return {
        row.key: LinkRow(row.holder, row.issued_at, row.expires_at, row.used_at, "live")
        for row in rows
    }


def _state(row: Key, at: datetime) -> str:
    if row.revoked_at is not None:
        return "taken back"
    return "live" if row.expires_at > at else "ran out"


def has_live_keys(noun: str, key: str, *, purpose: str, at: datetime) -> bool:
    """Whether a link to this thing for this purpose is still good; to take such links back."""
    rows = Key.objects.filter(noun=noun, key=key, purpose=purpose)
    rows = rows.filter(revoked_at__isnull=True, expires_at__gt=at)
    return rows.exclude(single_use=True, uses__gt=0).exists()


def key_of_token(token: str, purpose: str, *, lock: bool = False) -> Key | None:
    """The kept row behind a token; found by its hash, and compared in constant time."""
    rows = Key.objects.select_for_update() if lock else Key.objects.all()
    digest = token_digest(token[:LONGEST_TOKEN])
    row = rows.filter(digest=digest).first()
    wanted = (row.purpose, row.pk, row.nonce) if row else ("", 0, "")
    same = hmac.compare_digest(key_token(*wanted).encode(), token.encode("utf-8", "replace"))
    return row if row and same and row.purpose == purpose else None


def held(row: Key | None, *, at: datetime) -> KeyHeld:
    """The row as its bearer sees it. Refuses: `key_closed`."""
    if row is None or row.revoked_at is not None:
        raise Refused("key_closed", OPENS_NOTHING)
    if row.expires_at <= at:
        day = long_day(localdate(row.expires_at))
        raise Refused("key_closed", f"This link ran out on {day}. Ask the office for a new one.")
    if row.single_use and row.uses:
        raise Refused("key_closed", "This link was used already. It works once.")
    return KeyHeld(row.pk, row.purpose, row.noun, row.key, row.holder, row.expires_at)
