"""A pass of a phone: for one thing and one observer, until some days after; never a session.

A walk is handed in by one, and so is what was written down at the door of an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import Refused
from wardroom.notices.gateways import key_token
from wardroom.notices.models import Key
from wardroom.notices.queries import open_key


@dataclass(frozen=True)
class PassKind:
    """What a pass is for, and what it opens one of."""

    purpose: str
    noun: str


@dataclass(frozen=True)
class Bearer:
    """Whoever handed a pass in: the observer it was given to, with what they may do today."""

    party: Party
    actor: Actor


def pass_key(thing_id: int, party_id: int) -> str:
    """What a pass opens: one thing, for one observer."""
    return f"{thing_id}:{party_id}"


def open_pass(kind: PassKind, thing_id: int, token: str, *, at: datetime) -> Bearer:
    """Whose pass this is. Refuses: `key_closed` for one that does not open this thing now."""
    key = open_key(token, purpose=kind.purpose, at=at)
    thing, _, party_id = key.key.partition(":")
    party = Party.objects.select_related("user").filter(pk=int(party_id or 0)).first()
    if key.noun != kind.noun or thing != str(thing_id) or party is None:
        raise Refused("key_closed", "This pass opens something else.")
    actor = actor_for(party.user, on=localdate(at))
    if not actor.is_staff:
        raise Refused("key_closed", "Whoever took this along does not work here any longer.")
    return Bearer(party, actor)


def pass_of(
    kind: PassKind, thing_id: int, actor: Actor, *, at: datetime
) -> tuple[str, datetime] | None:
    """The token of the actor's own pass for a thing and when it ends, if one is good."""
    good = _keys(kind, thing_id, actor).filter(revoked_at__isnull=True, expires_at__gt=at)
    key = good.order_by("-pk").first()
    if key is None:
        return None
    return key_token(key.purpose, key.pk, key.nonce), key.expires_at


def passes_of(kind: PassKind, thing_id: int, actor: Actor) -> tuple[str, ...]:
    """The hashes of all passes that the actor ever had for a thing, ended ones too."""
    return tuple(_keys(kind, thing_id, actor).order_by("pk").values_list("digest", flat=True))


def _keys(kind: PassKind, thing_id: int, actor: Actor) -> Any:
    party = get_party_of(actor)
    wanted = pass_key(thing_id, party.pk)
    return Key.objects.filter(noun=kind.noun, key=wanted, purpose=kind.purpose)
