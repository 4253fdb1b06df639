"""Which program is this, and in whose place does it act?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import NO_ROWS, Actor, Role, Scope
from wardroom.access.models import ApiKey, User
from wardroom.access.queries import actor_for
from wardroom.access.rules import in_order, is_token, token_digest
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at

ROWS = 25


@dataclass(frozen=True)
class KeyPresented:
    """A key that is good, as the one who let it in knows it; without ``user_id`` an app's."""

    id: int
    name: str
    user_id: int | None
    scopes: frozenset[str]
    publishes: bool
    jurisdiction: str
    hourly_limit: int
    last_used_on: date | None


@dataclass(frozen=True)
class KeyRow:
    """A key in the list of keys; its token is not there to be shown."""

    id: int
    name: str
    holder: str
    scopes: tuple[str, ...]
    publishes: bool
    hourly_limit: int
    hint: str
    made_at: datetime
    ended_at: datetime | None
    last_used_on: date | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class KeyPage:
    """A page of the keys that somebody may see."""

    rows: tuple[KeyRow, ...]
    total: int
    page: int
    pages: int


def key_presented(token: str, at: datetime) -> KeyPresented | None:
    """The key with this token; none where there is no such key or it is over.

    A key goes with its holder: whoever cannot sign in any more has no key either.
    """
    if not is_token(token):
        return None
    rows = ApiKey.objects.filter(digest=token_digest(token))
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=at))
    rows = rows.exclude(holder__is_active=False).exclude(holder__ends_on__lt=localdate(at))
    row = rows.first()
    return _presented(row) if row is not None else None


def actor_of_key(key: KeyPresented, *, on: date) -> Actor:
    """Who acts with a key: its holder as the house knows them that day, or an app without roles."""
    if key.user_id is None:
        return Actor(user_id=None, name=key.name)
    return actor_for(User.objects.filter(pk=key.user_id).first(), on=on)


def key_page(actor: Actor, *, live: bool = True, page: int = 1) -> KeyPage:
    """The keys that somebody may end, the newest first: a director all, others their own."""
    rows = ApiKey.objects.within(_keys_of(actor)).filter(ended_at__isnull=live)
    total = rows.count()
    page, pages, cut = page_at(total, page, ROWS)
    found = rows.select_related("holder").order_by("-made_at", "-pk")[cut]
    return KeyPage(tuple(_row(row) for row in found), total, page, pages)


def get_key(key_id: int, actor: Actor) -> ApiKey:
    """One key, to end it. `NotFound` outside the asker's reach."""
    row: ApiKey | None = ApiKey.objects.within(_keys_of(actor)).filter(pk=key_id).first()
    if row is None:
        raise NotFound
    return row


def get_holder(actor: Actor) -> User:
    """The user behind an actor, to make a key for them. `NotFound` for who has none."""
    user = User.objects.filter(pk=actor.user_id or 0, is_active=True).first()
    if user is None:
        raise NotFound
    return user


def get_key_holder(email: str) -> User:
    """Whoever signs in with this address, to make a key for them. `NotFound` where nobody does."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise NotFound
    return user


def _keys_of(actor: Actor) -> Scope:
    if actor.has(Role.DIRECTOR, Role.SYSTEM):
        return Scope(everything=True)
    if actor.user_id is None:
        return NO_ROWS
    return Scope(any_of=(("holder", frozenset({actor.user_id})),))


def _presented(row: ApiKey) -> KeyPresented:
    return KeyPresented(
        id=row.pk,
        name=row.name,
        user_id=row.holder_id,
        scopes=frozenset(row.scopes),
        publishes=row.publishes,
        jurisdiction=row.jurisdiction,
        hourly_limit=row.hourly_limit,
        last_used_on=row.last_used_on,
    )


def _row(row: ApiKey) -> KeyRow:
    return KeyRow(
        id=row.pk,
        name=row.name,
        holder=row.holder.name if row.holder else "",
        scopes=in_order(row.scopes),
        publishes=row.publishes,
        hourly_limit=row.hourly_limit,
        hint=row.hint,
        made_at=row.made_at,
        ended_at=row.ended_at,
        last_used_on=row.last_used_on,
        allowed=frozenset() if row.ended_at else frozenset({"end_key"}),
    )
