"""Who is who: the questions others ask of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.directory import policy, rules
from wardroom.directory.models import Alias, ContactPoint, Party, Service, Tenure
from wardroom.directory.queries.parties import (
    AliasRow,
    HolderRow,
    PartyCard,
    PointRow,
    SeatRow,
    party_card,
)
from wardroom.kernel.errors import NotFound

__all__ = [
    "AgencyRow",
    "AliasRow",
    "HolderRow",
    "PartyCard",
    "PersonHint",
    "PersonRow",
    "PointRow",
    "SeatRow",
    "ServiceRow",
    "agencies",
    "agency_named",
    "email_addresses",
    "get_agency",
    "get_directors",
    "get_grants",
    "get_head_of",
    "get_liaison_of",
    "get_party_of",
    "get_person",
    "liaison_of",
    "party_card",
    "people",
    "people_like",
    "services",
]
HEAD = "Head"


@dataclass(frozen=True)
class AgencyRow:
    """An agency as lists and choices show it."""

    party_id: int
    code: str
    name: str


@dataclass(frozen=True)
class ServiceRow:
    """A service as lists and choices show it."""

    service_id: int
    code: str
    name: str
    agency_code: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody who can sign in, and one of the roles they hold."""

    email: str
    name: str
    role: str
    ward_code: str
    agency_code: str
    valid_from: date
    valid_until: date | None


def people(actor: Actor, *, on: date) -> tuple[PersonRow, ...]:
    """Who can sign in on a day or later, a line for each role; for those who grant roles."""
    if not policy.may_grant_roles(actor, None):
        return ()
    grants = Grant.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    return tuple(
        PersonRow(
            email=grant.user.email,
            name=grant.user.name,
            role=grant.role,
            ward_code=grant.ward_code,
            agency_code=grant.agency_code,
            valid_from=grant.valid_from,
            valid_until=grant.valid_until,
        )
        for grant in grants.select_related("user").order_by(
            "role", "ward_code", "agency_code", "user__email"
        )
    )


def get_grants(email: str, *, after: date) -> tuple[Grant, ...]:
    """The roles somebody holds beyond a day, to end them; none for an unknown address."""
    held = Grant.objects.filter(user__email__iexact=email.strip())
    return tuple(held.filter(Q(valid_until=None) | Q(valid_until__gt=after)).order_by("pk"))


def get_directors(*, on: date) -> tuple[Party, ...]:
    """Whoever is director on a day."""
    held = Grant.objects.filter(role=Role.DIRECTOR.value, valid_from__lte=on)
    held = held.filter(Q(valid_until=None) | Q(valid_until__gte=on))
    people = Party.objects.filter(user__in=held.values("user"), user__is_active=True)
    return tuple(people.select_related("user").order_by("pk"))


def get_person(email: str) -> Party | None:
    """Whoever signs in with this address, or none."""
    found: Party | None = Party.objects.filter(user__email__iexact=email.strip()).first()
    return found


def agencies(actor: Actor) -> tuple[AgencyRow, ...]:
    """Every agency that can be asked for something, by name; nothing for a stranger."""
    if actor.user_id is None and not actor.is_staff:
        return ()
    rows = Party.objects.filter(agency=True).exclude(code="").order_by("name")
    return tuple(AgencyRow(p.pk, p.code, p.name) for p in rows)


def services(actor: Actor) -> tuple[ServiceRow, ...]:
    """Every service of the city's 311 system, by name."""
    if actor.user_id is None and not actor.is_staff:
        return ()
    rows = Service.objects.select_related("agency").order_by("name")
    return tuple(ServiceRow(s.pk, s.code, s.name, s.agency.code) for s in rows)


def get_agency(code: str) -> Party:
    """The agency with this code; `NotFound` where there is none."""
    party = Party.objects.filter(agency=True, code=code).first()
    if party is None:
        raise NotFound(f"no agency {code}")
    return party


def agency_named(word: str, *, on: date | None = None) -> Party | None:
    """The agency that this code or name means, old names included, on a day or ever."""
    word = word.strip()
    if not word:
        return None
    direct = Party.objects.filter(agency=True).filter(Q(code=word) | Q(name__iexact=word)).first()
    if direct is not None:
        return direct
    alias = Alias.objects.filter(name__iexact=word, party__agency=True)
    if on is not None:
        alias = alias.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(
            Q(valid_until=None) | Q(valid_until__gte=on)
        )
    found = alias.select_related("party").order_by("pk").first()
    return found.party if found else None


def get_party_of(actor: Actor) -> Party:
    """The person behind a signed-in user; `NotFound` for the house itself and strangers."""
    party = Party.objects.filter(user_id=actor.user_id).first() if actor.user_id else None
    if party is None:
        raise NotFound("no party stands behind this actor")
    return party


def email_addresses(party_id: int) -> tuple[str, ...]:
    """The e-mail addresses of a party that we may write to."""
    points = ContactPoint.objects.filter(
        party_id=party_id, channel="email", consent=True, bounced_at=None
    )
    return tuple(points.order_by("pk").values_list("value", flat=True))


@dataclass(frozen=True)
class PersonHint:
    """Somebody the office may know already, and by what they were found."""

    party_id: int
    name: str
    found_by: str
    language: str
    interpreter: bool


def people_like(
    actor: Actor, *, name: str = "", phone: str = "", email: str = "", limit: int = 5
) -> tuple[PersonHint, ...]:
    """Who is in the directory already under this telephone, address or name; staff only.

    Suggests, never decides: a couple may share an address, a shelter its telephone.
    """
    if not policy.may_see_people(actor):
        return ()
    found: dict[int, PersonHint] = {}
    keys = (("phone", rules.phone_key(phone)), ("email", rules.match_key("email", email)))
    for channel, key in keys:
        if key:
            points = ContactPoint.objects.filter(channel=channel, match=key).select_related("party")
            for point in points.order_by("-pk")[:limit]:
                _hint(found, point.party, f"the same {rules.CHANNELS[channel].lower()}")
    if name.strip() and len(found) < limit:
        people = Party.objects.filter(kind=Party.Kind.PERSON, name__iexact=" ".join(name.split()))
        for party in people.order_by("-pk")[:limit]:
            _hint(found, party, "the same name")
    return tuple(found.values())[:limit]


def _hint(found: dict[int, PersonHint], party: Party, by: str) -> None:
    hint = PersonHint(party.pk, party.name, by, party.language, party.interpreter)
    found.setdefault(party.pk, hint)


def liaison_of(ward_code: str, *, on: date) -> str:
    """The name of whoever holds the ward's liaison seat on a day; empty where it is vacant."""
    party = get_liaison_of(ward_code, on=on)
    return party.name if party else ""


def get_liaison_of(ward_code: str, *, on: date) -> Party | None:
    """Whoever holds the ward's liaison seat on a day; none where it is vacant."""
    tenure = (
        Tenure.objects.filter(seat__ward_code=ward_code, since_on__lte=on)
        .filter(Q(until_on=None) | Q(until_on__gt=on))
        .select_related("party__user")
        .order_by("-since_on")
        .first()
    )
    found: Party | None = tenure.party if tenure else None
    return found


def get_head_of(organisation: Party, *, on: date) -> Party | None:
    """Whoever holds the organisation's seat titled Head on a day; none where it is vacant."""
    tenure = (
        Tenure.objects.filter(seat__organisation=organisation, seat__title__iexact=HEAD)
        .filter(Q(until_on=None) | Q(until_on__gt=on), since_on__lte=on)
        .select_related("party__user")
        .order_by("-since_on")
        .first()
    )
    found: Party | None = tenure.party if tenure else None
    return found
