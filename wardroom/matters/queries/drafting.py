"""What helps to compose asks: what was asked at this place before, and who can be given a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.directory.models import Party
from wardroom.kernel.errors import NotFound
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask, Matter

MOST_DRAFTS = 3
WORKERS = (Role.DIRECTOR, Role.LIAISON, Role.STAFF)


@dataclass(frozen=True)
class AskedBefore:
    """What was asked the last time at a place: the matter, the day, and agency and words."""

    matter_id: int
    on: date
    asks: tuple[tuple[str, str], ...]


def asked_before(matter: Matter, actor: Actor) -> AskedBefore | None:
    """The asks of the newest other matter at the same place within reach; none without any."""
    if matter.place_id is None:
        return None
    rows = Ask.objects.filter(kind=rules.REFERRAL, matter__place_id=matter.place_id)
    rows = rows.within(policy.reach_of_asks(actor)).exclude(matter_id=matter.pk)
    newest = list(rows.exclude(state="withdrawn").order_by("-matter_id", "id")[:20])
    if not newest:
        return None
    same = [ask for ask in newest if ask.matter_id == newest[0].matter_id]
    asks = tuple(dict.fromkeys((ask.agency_code, ask.wording) for ask in same))
    number = newest[0].matter_id
    assert number is not None
    return AskedBefore(number, localdate(same[0].proposed_at), asks[:MOST_DRAFTS])


def colleagues(actor: Actor, *, ward_code: str, on: date) -> tuple[tuple[int, str], ...]:
    """Who of the office can be given something to do in a ward on a day, the asker first.

    Those are the people who can open it there: its own, and those of the whole city.
    """
    if not actor.is_staff:
        return ()
    held = Grant.objects.filter(role__in=[r.value for r in WORKERS], valid_from__lte=on)
    held = held.filter(Q(ward_code__in=["", ward_code]) | Q(user_id=actor.user_id))
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    people = Party.objects.filter(user__in=held.values("user"), user__is_active=True)
    rows = list(people.order_by("name", "pk").values_list("pk", "name", "user_id"))
    rows.sort(key=lambda row: row[2] != actor.user_id)
    return tuple((pk, name) for pk, name, _ in rows)


def get_colleague(party_id: int, actor: Actor) -> Party:
    """One of the office, to give something to; `NotFound` for whoever is not of the office."""
    party = Party.objects.filter(pk=party_id, user__isnull=False) if actor.is_staff else None
    found: Party | None = party.select_related("user").first() if party is not None else None
    if found is None:
        raise NotFound(f"no colleague {party_id}")
    return found
