"""Who of the office can be given something, and until when they are here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.directory import policy
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound
from wardroom.kernel.text import long_day

WORKERS = frozenset({Role.DIRECTOR, Role.LIAISON, Role.STAFF})


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office who can be given something; ``until_on`` is a last day to come."""

    party_id: int
    name: str
    until_on: date | None

    @property
    def label(self) -> str:
        """The name, and the last day of whoever leaves."""
        return f"{self.name}, until {long_day(self.until_on)}" if self.until_on else self.name

    def leaves_before(self, due_on: date) -> bool:
        """Whether somebody else has to take over what is due on that day."""
        return self.until_on is not None and self.until_on < due_on


def colleagues(
    actor: Actor,
    *,
    on: date,
    ward_code: str | None = None,
    roles: Collection[Role] = WORKERS,
) -> tuple[Colleague, ...]:
    """Who has one of these roles on a day, by name, the asker first; for the office alone.

    With a ward, only who can open what is in it: its own, those of the whole city, the asker.
    """
    if not policy.may_see_staff(actor):
        return ()
    held = _held(on, roles)
    if ward_code is not None:
        held = held.filter(Q(ward_code__in=["", ward_code]) | Q(user=actor.user_id))
    found: dict[int, tuple[str, int, list[tuple[date, date | None]]]] = {}
    columns = ("user__party__pk", "user__party__name", "user", "valid_from", "valid_until")
    for pk, name, user, first, last in held.values_list(*columns):
        found.setdefault(pk, (name, user, []))[2].append((first, last))
    people = [
        (user != actor.user_id, name, pk, _last_day(days))
        for pk, (name, user, days) in found.items()
        if any(first <= on for first, _ in days)
    ]
    return tuple(Colleague(pk, name, last) for _, name, pk, last in sorted(people, key=_order))


def get_colleague(party_id: int, actor: Actor, *, on: date) -> Party:
    """One of those, to give something to; `NotFound` for anybody else."""
    rows = Party.objects.none()
    if policy.may_see_staff(actor):
        held = _held(on, WORKERS).filter(valid_from__lte=on)
        rows = Party.objects.filter(pk=party_id, user__in=held.values("user"))
    found: Party | None = rows.select_related("user").first()
    if found is None:
        raise NotFound(f"party {party_id} does not work here")
    return found


def _held(on: date, roles: Collection[Role]) -> QuerySet[Grant]:
    return Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        role__in=[role.value for role in roles],
        user__is_active=True,
        user__party__isnull=False,
    )


def _last_day(days: list[tuple[date, date | None]]) -> date | None:
    ends = [last for _, last in days if last is not None]
    return max(ends) if len(ends) == len(days) else None


def _order(person: tuple[bool, str, int, date | None]) -> tuple[bool, str, int]:
    return person[:3]
