"""Who is this user, and what may they reach today?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from wardroom.access.actor import NOBODY, Actor, Reach, Role
from wardroom.access.models import Grant, Seal, User

CITY_ROLES = frozenset({Role.DIRECTOR, Role.STAFF, Role.RECORDS, Role.AUDITOR})
OPENS_SEALS = frozenset({Role.DIRECTOR, Role.RECORDS, Role.AUDITOR})
ASKED = frozenset({Role.PARTNER})


def actor_for(user: User | None, *, on: date) -> Actor:
    """The actor behind a signed-in user, with the grants that hold on a day.

    A partner sees nothing but what its agency was asked, so no seal can hide it.
    """
    if user is None or not user.is_active:
        return NOBODY
    grants = Grant.objects.filter(user=user, valid_from__lte=on).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    )
    roles: set[Role] = set()
    wards, agencies, covers = set(), set(), set()
    for grant in grants:
        role = Role(grant.role)
        roles.add(role)
        if role is Role.LIAISON and grant.ward_code:
            wards.add(grant.ward_code)
            if grant.cover:
                covers.add(grant.ward_code)
        if role is Role.PARTNER:
            agencies.add(grant.agency_code)
    return Actor(
        user_id=user.pk,
        name=user.name,
        roles=frozenset(roles),
        reach=Reach(
            city=bool(roles & CITY_ROLES),
            wards=frozenset(wards),
            agencies=frozenset(agencies),
            covers=frozenset(covers),
            sealed=frozenset() if roles & OPENS_SEALS or roles <= ASKED else sealed_to(user),
        ),
    )


def sealed_to(user: User) -> frozenset[str]:
    """What is restricted and does not name this user, as ``noun:key``."""
    rows = Seal.objects.exclude(readers__user=user)
    return frozenset(f"{noun}:{key}" for noun, key in rows.values_list("noun", "key"))
