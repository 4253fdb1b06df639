"""Who is who: the questions others ask of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from wardroom.access.actor import Actor, Role
from wardroom.access.models import Grant
from wardroom.directory import policy, rules
from wardroom.directory.models import Alias, ContactPoint, Party, Service
from wardroom.directory.queries.colleagues import Colleague, colleagues, get_colleague
from wardroom.directory.queries.commissions import commissioners_of, get_commission
from wardroom.directory.queries.organisations import (
    CommissionsToMake,
    commissions_to_make,
    get_joined,
    get_own_seat,
    get_people_called,
    in_anc,
    in_ward,
    vacant_seats,
)
from wardroom.directory.queries.parties import (
    AliasRow,
    HolderRow,
    PartyCard,
    PointRow,
    SeatRow,
    party_card,
)
from wardroom.directory.queries.seats import (
    get_head_of,
    get_liaison_of,
    hold_liaison_of,
    liaison_of,
    noted_on,
)
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at

__all__ = [
    "AgencyRow",
    "AliasRow",
    "Colleague",
    "CommissionsToMake",
    "HolderRow",
    "PartyCard",
    "PersonHint",
    "PersonRow",
    "PointRow",
    "SeatRow",
    "ServiceRow",
    "agencies",
    "agency_named",
    "colleagues",
    "commissioners_of",
    "commissions_to_make",
    "email_addresses",
    "get_agency",
    "get_colleague",
    "get_commission",
    "get_directors",
    "get_grants",
    "get_head_of",
    "get_joined",
    "get_liaison_of",
    "get_own_seat",
    "get_party_of",
    "get_people_called",
    "get_person",
    "hold_liaison_of",
    "in_anc",
    "in_ward",
    "liaison_of",
    "noted_on",
    "party_card",
    "people",
    "people_like",
    "services",
    "vacant_seats",
]


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
    return _holders(Role.DIRECTOR, on)


def get_records_officers(*, on: date) -> tuple[Party, ...]:
    """Whoever keeps the records on a day."""
    return _holders(Role.RECORDS, on)


def _holders(role: Role, on: date) -> tuple[Party, ...]:
    held = Grant.objects.filter(role=role.value, valid_from__lte=on)
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
        party_id=party_id, channel="email", consent=True, bounced_at=None, ended_at=None
    )
    return tuple(points.order_by("pk").values_list("value", flat=True))


def addresses_of_all(party_ids: Iterable[int]) -> dict[int, str]:
    """The first e-mail address that we may use of each of these, where there is one."""
    points = ContactPoint.objects.filter(
        party__in=party_ids, channel="email", consent=True, bounced_at=None, ended_at=None
    )
    return dict(points.order_by("-pk").values_list("party", "value"))


@dataclass(frozen=True)
class PersonHint:
    """Somebody the office may know already, and by what they were found; no channel: by name."""

    party_id: int
    name: str
    found_by: str
    language: str
    interpreter: bool
    found_by_channel: str = ""
    sure: bool = False


def people_like(
    actor: Actor, *, name: str = "", phone: str = "", email: str = "", limit: int = 5
) -> tuple[PersonHint, ...]:
    """Who is in the directory already under this telephone, address or name; staff only.

    Suggests, never decides: a couple may share an address, a shelter its telephone. It is
    ``sure`` of whoever has the same name too.
    """
    if not policy.may_see_people(actor):
        return ()
    found: dict[int, PersonHint] = {}
    called = rules.same_name(name)
    keys = (("phone", rules.phone_key(phone)), ("email", rules.match_key("email", email)))
    for channel, key in keys:
        if key:
            points = ContactPoint.objects.filter(
                channel=channel, match=key, ended_at=None, party__withdrawn_at=None
            ).select_related("party__merged_into")
            for point in points.order_by("-pk")[:limit]:
                party = point.party.merged_into or point.party
                sure = bool(called) and rules.same_name(party.name) == called
                by = f"the same {rules.CHANNELS[channel].lower()}"
                by += " and name" if sure else ""
                _hint(found, party, by, channel=channel, sure=sure)
    if name.strip() and len(found) < limit:
        people = Party.objects.filter(
            kind=Party.Kind.PERSON,
            name__iexact=" ".join(name.split()),
            merged_into=None,
            withdrawn_at=None,
        )
        for party in people.order_by("-pk")[:limit]:
            _hint(found, party, "the same name")
    return tuple(found.values())[:limit]


def _hint(
    found: dict[int, PersonHint], party: Party, by: str, *, channel: str = "", sure: bool = False
) -> None:
    hint = PersonHint(party.pk, party.name, by, party.language, party.interpreter, channel, sure)
    found.setdefault(party.pk, hint)


@dataclass(frozen=True)
class RoleHeld:
    """One role of somebody, with the ward or agency it reaches and its days."""

    grant_id: int
    role: str
    ward_code: str
    agency_code: str
    valid_from: date
    valid_until: date | None
    cover: bool


@dataclass(frozen=True)
class StaffRow:
    """Somebody who can sign in, or could once, with the roles held today and later."""

    party_id: int
    user_id: int
    name: str
    email: str
    signs_in: bool
    roles: tuple[RoleHeld, ...]
    second_factor: bool = False


@dataclass(frozen=True)
class StaffPage:
    """A page of the people who sign in, by name."""

    rows: tuple[StaffRow, ...]
    total: int
    page: int
    pages: int


GROUPS: Mapping[str, str] = {
    "office": "The office",
    "agencies": "Partners in agencies",
    "former": "Without a role now",
    "all": "Everybody",
}
STAFF_ROWS = 50


def staff_page(
    actor: Actor, *, on: date, group: str = "office", ward: str = "", page: int = 1
) -> StaffPage:
    """Who works here, by name, a page at a time; for the office alone."""
    people = Party.objects.filter(user__isnull=False)
    if not policy.may_see_staff(actor):
        people = Party.objects.none()
    held = Grant.objects.filter(user=OuterRef("user")).filter(_not_over(on))
    partner = Q(role=Role.PARTNER.value)
    if group == "office":
        people = people.filter(Exists(held.exclude(partner)))
    elif group == "agencies":
        people = people.filter(Exists(held.filter(partner)))
    elif group == "former":
        people = people.filter(~Exists(held))
    if ward:
        people = people.filter(Exists(held.filter(ward_code=ward)))
    total = people.count()
    page, pages, on_page = page_at(total, page, STAFF_ROWS)
    chosen = people.select_related("user").order_by("name", "pk")
    rows = list(chosen[on_page])
    return StaffPage(_staff_rows(rows, on), total, page, pages)


def staff_member(party_id: int, actor: Actor, *, on: date) -> StaffRow:
    """One of those who sign in; `NotFound` for anybody else, and for whoever may not see it."""
    people = Party.objects.filter(pk=party_id, user__isnull=False).select_related("user")
    rows = _staff_rows(list(people), on) if policy.may_see_staff(actor) else ()
    if not rows:
        raise NotFound(f"nobody signs in as party {party_id}")
    return rows[0]


def get_staff_party(party_id: int, actor: Actor) -> Party:
    """One of those who sign in, to act on; `NotFound` for whoever may not see the staff."""
    rows = Party.objects.filter(pk=party_id, user__isnull=False).select_related("user")
    party = rows.first() if policy.may_see_staff(actor) else None
    if party is None:
        raise NotFound(f"nobody signs in as party {party_id}")
    return party


def get_grant(grant_id: int, party_id: int) -> Grant:
    """One role of somebody, to end it; `NotFound` where it is not theirs."""
    grant = Grant.objects.filter(pk=grant_id, user__party=party_id).first()
    if grant is None:
        raise NotFound(f"no role {grant_id} of party {party_id}")
    return grant


def _not_over(on: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gte=on)


def _staff_rows(people: list[Party], on: date) -> tuple[StaffRow, ...]:
    users = [party.user_id for party in people]
    grants = Grant.objects.filter(_not_over(on), user__in=users).order_by(
        "cover", "role", "ward_code", "agency_code", "pk"
    )
    held: dict[int | None, list[RoleHeld]] = {}
    for g in grants:
        role = RoleHeld(
            g.pk, g.role, g.ward_code, g.agency_code, g.valid_from, g.valid_until, g.cover
        )
        held.setdefault(g.user_id, []).append(role)
    return tuple(
        StaffRow(
            party_id=party.pk,
            user_id=party.user.pk,
            name=party.name,
            email=party.user.email,
            signs_in=party.user.is_active,
            roles=tuple(held.get(party.user_id, ())),
            second_factor=party.user.second_factor,
        )
        for party in people
        if party.user is not None
    )
