"""Who can be on duty in some days, and what bears on it: wards, languages, shifts, wishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from wardroom.access.actor import Role
from wardroom.access.models import Grant, User
from wardroom.calendar.policy.shifts import ON_DUTY
from wardroom.office.models import SpokenLanguage, Wish
from wardroom.office.rules.rota import WishSpan

ROLES = (Role.LIAISON, Role.STAFF)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class DutyPerson:
    """Somebody who can be on duty; empty ``wards`` are any, and ``until_on`` is a last day.

    ``between`` has the days from one time here to the next, ``since_on`` the first of all.
    """

    user_id: int
    name: str
    wards: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    from_on: date | None = None
    until_on: date | None = None
    between: tuple[tuple[date, date], ...] = ()
    roles: frozenset[str] = field(default_factory=frozenset)
    since_on: date | None = None

    def here_on(self, day: date) -> bool:
        """Whether they work here on a day."""
        begun = self.from_on is None or self.from_on <= day
        apart = any(first <= day <= last for first, last in self.between)
        return begun and not apart and (self.until_on is None or day <= self.until_on)


def duty_people(from_on: date, until_on: date) -> tuple[DutyPerson, ...]:
    """The liaisons and staff of some days, by name."""
    rows = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=from_on),
        valid_from__lte=until_on,
        role__in=[role.value for role in ROLES],
        user__is_active=True,
        cover=False,
    ).select_related("user")
    held: dict[int, list[Grant]] = {}
    for grant in rows.order_by("user__name", "user", "pk"):
        held.setdefault(grant.user_id, []).append(grant)
    spoken = languages_of(held)
    return tuple(
        _person(grants, from_on, until_on, spoken[user_id]) for user_id, grants in held.items()
    )


def languages_of(user_ids: Iterable[int]) -> Mapping[int, frozenset[str]]:
    """What each of these people speaks on duty beside English."""
    found: dict[int, set[str]] = {user_id: set() for user_id in user_ids}
    rows = SpokenLanguage.objects.filter(user__in=list(found), ended_at=None).order_by("pk")
    for user_id, language in rows.values_list("user", "language"):
        found[user_id].add(language)
    return {user_id: frozenset(spoken) for user_id, spoken in found.items()}


def others_here(user_ids: Iterable[int], from_on: date, until_on: date) -> frozenset[int]:
    """Of these people those of the office on some day, a director too."""
    rows = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=from_on),
        valid_from__lte=until_on,
        user__in=list(user_ids),
        user__is_active=True,
        role__in=[role.value for role in ON_DUTY],
    )
    return frozenset(rows.order_by("user").values_list("user", flat=True))


def wishes_of(user_ids: Iterable[int], from_on: date, until_on: date) -> Mapping[int, list[Wish]]:
    """The wishes that stand for some days, by person."""
    found: dict[int, list[Wish]] = {user_id: [] for user_id in user_ids}
    rows = Wish.objects.filter(
        user__in=list(found),
        withdrawn_at__isnull=True,
        from_on__lte=until_on,
        until_on__gte=from_on,
    )
    for wish in rows.select_related("user").order_by("from_on", "pk"):
        found[wish.user_id].append(wish)
    return found


def span_of(wish: Wish) -> WishSpan:
    """A wish as the rules read it."""
    return WishSpan(wish.kind, wish.from_on, wish.until_on)


def _person(
    grants: list[Grant], from_on: date, until_on: date, spoken: frozenset[str]
) -> DutyPerson:
    user: User = grants[0].user
    liaison = all(grant.role == Role.LIAISON.value for grant in grants)
    wards = frozenset(grant.ward_code for grant in grants) - {""} if liaison else frozenset()
    first = min(grant.valid_from for grant in grants)
    ends = [grant.valid_until for grant in grants]
    last = max((end for end in ends if end), default=None) if None not in ends else None
    return DutyPerson(
        user.pk,
        user.name,
        wards,
        spoken,
        first if first > from_on else None,
        last if last is not None and last < until_on else None,
        _between(grants, from_on, until_on),
        frozenset(grant.role for grant in grants),
        first,
    )


def _between(grants: list[Grant], from_on: date, until_on: date) -> tuple[tuple[date, date], ...]:
    """The days from one time here to the next, where they touch the days asked about."""
    found: list[tuple[date, date]] = []
    here: date | None = None
    for grant in sorted(grants, key=lambda grant: grant.valid_from):
        if here is not None and grant.valid_from > here + DAY:
            found.append((here + DAY, grant.valid_from - DAY))
        if grant.valid_until is None:
            break
        here = max(filter(None, (here, grant.valid_until)))
    return tuple((a, b) for a, b in found if a <= until_on and from_on <= b)
