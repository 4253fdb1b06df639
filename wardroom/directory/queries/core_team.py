"""Which agencies sit on the core team of a ward on a day, and who sits there for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from wardroom.access.actor import Actor, Role
from wardroom.directory import policy, rules
from wardroom.directory.models import ContactPoint, Party, Seat, Tenure
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class TeamHolder:
    """Who holds a seat; ``reachable`` says whether we have an address to write to."""

    seat_id: int
    party_id: int | None
    name: str
    since_on: date
    until_on: date | None
    addresses: tuple[str, ...] = ()

    @property
    def reachable(self) -> bool:
        """Whether mail reaches them."""
        return bool(self.addresses)


@dataclass(frozen=True)
class TeamSeat:
    """One agency's seat: the principal and the alternate of a day, and who held them before."""

    seat_id: int
    agency_id: int
    agency_code: str
    agency_name: str
    principal: TeamHolder | None
    alternate: TeamHolder | None
    former: tuple[TeamHolder, ...] = ()


def core_team(ward_code: str, *, on: date) -> tuple[TeamSeat, ...]:
    """The seats of a ward's core team on a day, by the agencies' names."""
    seats = Seat.objects.filter(ward_code=ward_code, title__in=rules.CORE_TEAM)
    seats = seats.filter(organisation__agency=True).filter(Q(until_on=None) | Q(until_on__gt=on))
    tenures = list(
        Tenure.objects.filter(seat__in=seats).select_related("party").order_by("-since_on", "-pk")
    )
    points = _addresses({t.party_id for t in tenures if t.party_id is not None})
    by_seat: dict[int, list[Tenure]] = {}
    for tenure in tenures:
        by_seat.setdefault(tenure.seat_id, []).append(tenure)
    by_agency: dict[int, list[Seat]] = {}
    for seat in seats.select_related("organisation").order_by("organisation__name", "pk"):
        by_agency.setdefault(seat.organisation_id, []).append(seat)
    return tuple(_team_seat(pair, by_seat, points, on) for pair in by_agency.values())


def team_sizes(ward_codes: Iterable[str], *, on: date) -> dict[str, tuple[int, int]]:
    """How many agencies sit on the core team of each ward, and for how many nobody is named."""
    seats = Seat.objects.filter(ward_code__in=list(ward_codes), title=rules.CORE_TEAM_SEAT)
    seats = seats.filter(Q(until_on=None) | Q(until_on__gt=on), organisation__agency=True)
    held = Tenure.objects.filter(seat=OuterRef("pk"), since_on__lte=on).filter(
        Q(until_on=None) | Q(until_on__gt=on)
    )
    found: dict[str, tuple[int, int]] = {}
    rows = seats.annotate(filled=Exists(held)).order_by("pk").values_list("ward_code", "filled")
    for ward, filled in rows:
        seated, vacant = found.get(ward, (0, 0))
        found[ward] = (seated + 1, vacant + (not filled))
    return found


def wards_of_agencies(agency_codes: Iterable[str], *, on: date) -> dict[str, frozenset[str]]:
    """The wards on whose core team each of these agencies sits on a day."""
    seats = Seat.objects.filter(
        organisation__code__in=list(agency_codes), title=rules.CORE_TEAM_SEAT
    ).filter(Q(until_on=None) | Q(until_on__gt=on))
    found: dict[str, set[str]] = {}
    for code, ward in seats.order_by("pk").values_list("organisation__code", "ward_code"):
        found.setdefault(code, set()).add(ward)
    return {code: frozenset(wards) for code, wards in found.items()}


def people_of_agencies(actor: Actor) -> tuple[str, ...]:
    """The names of those who sign in for an agency, to choose from; for the office alone."""
    if not policy.may_see_people(actor):
        return ()
    rows = Party.objects.filter(user__grants__role=Role.PARTNER.value, user__is_active=True)
    return tuple(rows.distinct().order_by("name").values_list("name", flat=True)[:200])


def may_keep_team(actor: Actor, ward_code: str) -> bool:
    """Whether somebody may change who sits on the core team of a ward."""
    return policy.may_keep_core_team(actor, Seat(ward_code=ward_code))


def get_team_seat(seat_id: int, ward_code: str) -> Seat:
    """One seat of a ward's core team, to act on it; `NotFound` where there is none."""
    rows = Seat.objects.filter(pk=seat_id, ward_code=ward_code, title__in=rules.CORE_TEAM)
    seat = rows.select_related("organisation").first()
    if seat is None:
        raise NotFound(f"no seat {seat_id} on the core team of ward {ward_code}")
    return seat


def _addresses(party_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Where mail reaches each; nobody whose account was closed, or who took their consent back.

    The address that somebody signs in with stands in only where we were given none.
    """
    given = ContactPoint.objects.filter(party__in=party_ids, channel="email", ended_at=None)
    points = given.filter(consent=True, bounced_at=None).exclude(party__user__is_active=False)
    found: dict[int, list[str]] = {}
    for party_id, value in points.order_by("pk").values_list("party_id", "value"):
        found.setdefault(party_id, []).append(value)
    users = Party.objects.filter(pk__in=party_ids, user__is_active=True)
    users = users.exclude(pk__in=given.values("party"))
    for party_id, email in users.values_list("pk", "user__email"):
        found.setdefault(party_id, [email])
    return {party_id: tuple(dict.fromkeys(values)) for party_id, values in found.items()}


def _team_seat(
    pair: list[Seat],
    tenures: dict[int, list[Tenure]],
    points: dict[int, tuple[str, ...]],
    on: date,
) -> TeamSeat:
    held = {seat.title: [_holder(t, points) for t in tenures.get(seat.pk, [])] for seat in pair}
    now = {title: next((h for h in rows if _holds(h, on)), None) for title, rows in held.items()}
    first = next((s for s in pair if s.title == rules.CORE_TEAM_SEAT), pair[0])
    over = [h for rows in held.values() for h in rows if h.until_on and h.until_on <= on]
    return TeamSeat(
        seat_id=first.pk,
        agency_id=first.organisation_id,
        agency_code=first.organisation.code,
        agency_name=first.organisation.name,
        principal=now.get(rules.CORE_TEAM_SEAT),
        alternate=now.get(rules.CORE_TEAM_ALTERNATE),
        former=tuple(sorted(over, key=lambda h: h.since_on, reverse=True)),
    )


def _holder(tenure: Tenure, points: dict[int, tuple[str, ...]]) -> TeamHolder:
    return TeamHolder(
        seat_id=tenure.seat_id,
        party_id=tenure.party_id,
        name=tenure.holder_name,
        since_on=tenure.since_on,
        until_on=tenure.until_on,
        addresses=points.get(tenure.party_id or 0, ()),
    )


def _holds(holder: TeamHolder, on: date) -> bool:
    return holder.since_on <= on and (holder.until_on is None or holder.until_on > on)
