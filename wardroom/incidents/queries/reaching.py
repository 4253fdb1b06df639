"""Where somebody is reached when on call: for the directors and that person alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.directory.models import Party
from wardroom.directory.queries import colleagues, get_party_of
from wardroom.incidents import policy, rules
from wardroom.incidents.models import CallAddress
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class Reached:
    """One address to call somebody at; ``pk`` is 0 for the one they sign in with."""

    pk: int
    kind: str
    value: str


@dataclass(frozen=True)
class AddressRow:
    """One call address as its page shows it."""

    id: int
    kind: str
    label: str
    value: str
    added_at: datetime


@dataclass(frozen=True)
class PersonReached:
    """Somebody who may be called, and where."""

    party_id: int
    name: str
    own: bool
    rows: tuple[AddressRow, ...]


def get_addresses(party: Party) -> tuple[Reached, ...]:
    """Where to call somebody: the call addresses, else the one they sign in with.

    Nobody is called whose sign-in is closed, at any address.
    """
    if party.user is not None and not party.user.is_active:
        return ()
    rows = CallAddress.objects.filter(party=party, ended_at=None).order_by("pk")
    found = tuple(Reached(row.pk, row.kind, row.value) for row in rows)
    if not found and party.user is not None:
        return (Reached(0, "email", party.user.email),)
    return found


def reached_page(actor: Actor, *, at: datetime) -> tuple[PersonReached, ...]:
    """The call addresses that the actor may see: the own, and for a director everybody's."""
    me = get_party_of(actor)
    people = {me.pk: me.name}
    if policy.may_see_addresses(actor, None):
        found = colleagues(actor, on=localdate(at), ward_code=None, roles=policy.CALLED_ROLES)
        people |= {person.party_id: person.name for person in found}
    held: dict[int, list[AddressRow]] = {}
    for row in CallAddress.objects.filter(party__in=people, ended_at=None).order_by("pk"):
        made = AddressRow(row.pk, row.kind, rules.ADDRESS_KINDS[row.kind], row.value, row.added_at)
        held.setdefault(row.party_id, []).append(made)
    return tuple(
        PersonReached(pk, name, pk == me.pk, tuple(held.get(pk, ()))) for pk, name in people.items()
    )


def without_address(actor: Actor, user_ids: Iterable[int]) -> frozenset[int]:
    """Those of these people who are called nowhere but where they sign in.

    A director hears it of everybody, others of themselves.
    """
    asked = set(user_ids)
    if not policy.may_see_addresses(actor, None):
        asked &= {actor.user_id or 0}
    rows = CallAddress.objects.filter(party__user__in=asked, ended_at=None)
    rows = rows.exclude(value__iexact=F("party__user__email"))
    return frozenset(asked - set(rows.values_list("party__user", flat=True)))


def get_address(address_id: int, actor: Actor) -> CallAddress:
    """A call address to act on; `NotFound` for whoever may not see it."""
    row = CallAddress.objects.select_related("party").filter(pk=address_id, ended_at=None).first()
    if row is None or not policy.may_keep_address(actor, row.party):
        raise NotFound(f"no call address {address_id}")
    return row
