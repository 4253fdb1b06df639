"""Seats to act on, people who may be meant, and what commissions the boundaries would make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.city.queries import district_keys
from wardroom.directory import policy, rules
from wardroom.directory.models import Party, Seat, Tenure
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class CommissionsToMake:
    """How many ANCs and seats the boundaries of a day have, and how many seats are there."""

    commissions: int
    seats: int
    there: int

    @property
    def missing(self) -> int:
        """The seats that are still to be made."""
        return max(0, self.seats - self.there)


def commissions_to_make(actor: Actor, *, on: date) -> CommissionsToMake | None:
    """What is still to be made of the boundaries in force; nothing for who may not make it."""
    if not policy.may_make_commissions(actor, None):
        return None
    found = district_keys(("anc", "smd"), on)
    there = Seat.objects.filter(district__in=found["smd"]).count()
    return CommissionsToMake(len(found["anc"]), len(found["smd"]), there)


def get_own_seat(seat_id: int, party_id: int) -> Seat:
    """One seat of an organisation, to act on it; `NotFound` where there is none.

    Seats of liaisons and of core teams are kept elsewhere.
    """
    rows = Seat.objects.filter(pk=seat_id, organisation=party_id)
    rows = rows.exclude(title__in=[rules.LIAISON_SEAT, *rules.CORE_TEAM])
    seat = rows.select_related("organisation").first()
    if seat is None:
        raise NotFound(f"no seat {seat_id} of party {party_id}")
    return seat


def get_people_called(name: str) -> tuple[Party, ...]:
    """The people of this name, at most two: who asks wants one and no other."""
    rows = Party.objects.filter(
        kind=Party.Kind.PERSON,
        name__iexact=" ".join(name.split()),
        merged_into=None,
        withdrawn_at=None,
    )
    return tuple(rows.order_by("pk")[:2])


def get_joined(party_id: int, into_id: int) -> Party:
    """A record that was joined to another one, to part it; `NotFound` where it was not."""
    found = Party.objects.filter(pk=party_id, merged_into=into_id).first()
    if found is None:
        raise NotFound(f"party {party_id} is not joined to {into_id}")
    return found


def vacant_seats(on: date) -> Q:
    """A condition on parties: they have a seat that nobody holds on a day."""
    held = Tenure.objects.filter(seat=OuterRef("pk"), since_on__lte=on)
    held = held.filter(Q(until_on=None) | Q(until_on__gt=on))
    seats = Seat.objects.filter(organisation=OuterRef("pk"), until_on=None)
    return Q(Exists(seats.filter(~Exists(held))))


def in_ward(code: str) -> Q:
    """A condition on parties: their area or a seat is of a ward, or they hold such a seat."""
    seats = Seat.objects.filter(ward_code=code, until_on=None)
    area = Q(area_kind="ward", area_code=code)
    area |= Q(area_kind="smd", area_code__in=seats.exclude(smd_code="").values("smd_code"))
    area |= Q(area_kind="anc", area_code__in=_commissions_of(seats))
    return area | _seated(seats)


def in_anc(code: str) -> Q:
    """A condition on parties: their area is an ANC or in it, or they hold a seat of it."""
    seats = Seat.objects.filter(
        organisation__organisation_kind=rules.ANC, organisation__area_code=code, until_on=None
    )
    area = Q(area_kind="anc", area_code=code)
    area |= Q(area_kind="smd", area_code__in=seats.values("smd_code"))
    return area | _seated(seats)


def _seated(seats: QuerySet[Seat]) -> Q:
    own = seats.filter(organisation=OuterRef("pk"))
    held = Tenure.objects.filter(party=OuterRef("pk"), until_on=None, seat__in=seats.values("pk"))
    return Q(Exists(own)) | Q(Exists(held))


def _commissions_of(seats: QuerySet[Seat]) -> QuerySet[Any]:
    return seats.filter(organisation__organisation_kind=rules.ANC).values("organisation__area_code")
