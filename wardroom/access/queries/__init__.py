"""Who is this user, and what may they reach today?"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast

from wardroom.access.actor import NOBODY, Actor, Reach, Role
from wardroom.access.gateways import own_matters
from wardroom.access.models import Grant, Seal, User

CITY_ROLES = frozenset({Role.DIRECTOR, Role.STAFF, Role.RECORDS, Role.AUDITOR})
OPENS_SEALS = frozenset({Role.DIRECTOR, Role.RECORDS, Role.AUDITOR})
ASKED = frozenset({Role.PARTNER})
MAY_RUN = frozenset({Role.DIRECTOR, Role.LIAISON, Role.STAFF})
ANYBODY, ANY_DAY = -1, date.min


def actor_for(user: User | None, *, on: date) -> Actor:
    """The actor behind a signed-in user, with the grants that hold on a day.

    A partner sees nothing but what its agency was asked, so no seal can hide it.
    """
    if user is None or not user.is_let_in(on):
        return NOBODY
    roles: set[Role] = set()
    wards, agencies, covers, sealed = set(), set(), set(), set()
    matters, runs = set(), set()
    for what, first, second, third, cover in _granted_and_sealed(user, on):
        if what == "seal":
            sealed.add(f"{first}:{second}")
            continue
        if what == "own":
            matters.add(int(second))
            if cover:
                runs.add(int(second))
            continue
        role = Role(first)
        roles.add(role)
        if role is Role.LIAISON and second:
            wards.add(second)
            if cover:
                covers.add(second)
        if role is Role.PARTNER:
            agencies.add(third)
    return Actor(
        user_id=user.pk,
        name=user.name,
        roles=frozenset(roles),
        reach=Reach(
            city=bool(roles & CITY_ROLES),
            wards=frozenset(wards),
            agencies=frozenset(agencies),
            covers=frozenset(covers),
            matters=frozenset(matters) if roles - ASKED else frozenset(),
            runs=frozenset(runs) if roles & MAY_RUN else frozenset(),
            sealed=frozenset() if roles & OPENS_SEALS or roles <= ASKED else frozenset(sealed),
        ),
    )


def is_let_in(user: object, *, on: date) -> bool:
    """Whether somebody's sign-in opens anything on a day: not closed, and not ended."""
    return isinstance(user, User) and user.is_let_in(on)


def with_seals_closed(actor: Actor, *, but: str = "") -> Actor:
    """The same actor as somebody to whom nothing restricted is open, ``but`` one noun:key."""
    pairs = Seal.objects.values_list("noun", "key")
    sealed = frozenset(f"{noun}:{key}" for noun, key in pairs) - {but}
    return replace(actor, reach=replace(actor.reach, sealed=sealed))


def _granted_and_sealed(user: User, on: date) -> Sequence[tuple[Any, ...]]:
    """The grants that hold, what is sealed to the user, and what is theirs, in one statement."""
    sql, given = _statement(connection.vendor)
    own = {ANYBODY: user.pk, ANY_DAY: connection.ops.adapt_datefield_value(on)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [own.get(value, value) for value in given])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@functools.cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The words of that statement for anybody on any day: every request asks it again."""
    # A user read a moment ago may have been closed since.
    user, on = ANYBODY, ANY_DAY
    grants = Grant.objects.filter(user=user, user__is_active=True, valid_from__lte=on).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        Q(user__ends_on__isnull=True) | Q(user__ends_on__gte=on),
    )
    seals = Seal.objects.exclude(readers__user=user)
    columns = ("what", "first", "second", "third", "covers")
    held = grants.annotate(
        what=Value("grant"),
        first=F("role"),
        second=F("ward_code"),
        third=F("agency_code"),
        covers=F("cover"),
    )
    closed = seals.annotate(
        what=Value("seal"),
        first=F("noun"),
        second=F("key"),
        third=Value(""),
        covers=Value(False),
    )
    own = [
        rows.annotate(
            what=Value("own"),
            first=Value("matter"),
            second=Cast("key", CharField()),
            third=Value(""),
            covers=F("runs"),
        )
        for rows in own_matters(user)
    ]
    parts = [rows.values_list(*columns) for rows in (closed, *own)]
    every = held.values_list(*columns).union(*parts, all=True)
    sql, given = every.query.sql_with_params()
    written = connection.ops.adapt_datefield_value(on)
    return sql, tuple(ANY_DAY if value == written else value for value in given)
