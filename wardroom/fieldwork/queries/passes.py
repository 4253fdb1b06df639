"""The pass of a walk: for one walk and one observer, until some days after; never a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.queries import actor_for
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork.models import Walk
from wardroom.kernel.errors import Refused
from wardroom.notices.gateways import key_token
from wardroom.notices.models import Key
from wardroom.notices.queries import open_key

PASS, WALK = "walk", "walk_pass"


@dataclass(frozen=True)
class Bearer:
    """Whoever handed a pass in: the observer it was given to, with what they may do today."""

    party: Party
    actor: Actor


def pass_key(walk_id: int, party_id: int) -> str:
    """What a pass opens: one walk, for one observer."""
    return f"{walk_id}:{party_id}"


def open_pass(walk_id: int, token: str, *, at: datetime) -> Bearer:
    """Whose pass this is. Refuses: `key_closed` for one that does not open this walk now."""
    key = open_key(token, purpose=PASS, at=at)
    walk, _, party_id = key.key.partition(":")
    party = Party.objects.select_related("user").filter(pk=int(party_id or 0)).first()
    if key.noun != WALK or walk != str(walk_id) or party is None:
        raise Refused("key_closed", "This pass opens another walk.")
    actor = actor_for(party.user, on=localdate(at))
    if not actor.is_staff:
        raise Refused("key_closed", "Whoever took this walk along does not work here any longer.")
    return Bearer(party, actor)


def pass_of(walk: Walk, actor: Actor, *, at: datetime) -> tuple[str, datetime] | None:
    """The token of the actor's own pass for a walk and when it ends, if one is good."""
    key = (
        _keys(walk, actor)
        .filter(revoked_at__isnull=True, expires_at__gt=at)
        .order_by("-pk")
        .first()
    )
    if key is None:
        return None
    return key_token(key.purpose, key.pk, key.nonce), key.expires_at


def passes_of(walk: Walk, actor: Actor) -> tuple[str, ...]:
    """The hashes of all passes that the actor ever had for a walk, ended ones too."""
    return tuple(_keys(walk, actor).order_by("pk").values_list("digest", flat=True))


def _keys(walk: Walk, actor: Actor) -> Any:
    party = get_party_of(actor)
    return Key.objects.filter(noun=WALK, key=pass_key(walk.pk, party.pk), purpose=PASS)
