"""One person or organization as the directory keeps it: how to reach them, names, seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.directory import policy, rules
from wardroom.directory.models import Alias, ContactPoint, Party, Seat, Tenure
from wardroom.kernel.errors import NotFound

MOST_SEATS = 100


@dataclass(frozen=True)
class PointRow:
    """One way to reach a party: whether we may use it, who said so, and whether it works."""

    channel: str
    channel_label: str
    value: str
    consent: bool
    consent_at: datetime | None
    consent_by: str
    consent_how: str
    bounced_at: datetime | None


@dataclass(frozen=True)
class AliasRow:
    """Another name of a party, and from when to when it was used."""

    name: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class HolderRow:
    """Who holds a seat, or held it, from when to when."""

    party_id: int | None
    name: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class SeatRow:
    """A seat, who holds it today, and who did before; a seat without a holder is vacant."""

    title: str
    ward_code: str
    organisation_id: int
    organisation: str
    holder: HolderRow | None
    former: tuple[HolderRow, ...]


@dataclass(frozen=True)
class PartyCard:
    """A party with all that the directory itself knows of it."""

    party_id: int
    name: str
    kind: str
    code: str
    agency: bool
    signs_in: bool
    language: str
    interpreter: bool
    points: tuple[PointRow, ...]
    aliases: tuple[AliasRow, ...]
    seats: tuple[SeatRow, ...]
    holds: tuple[SeatRow, ...]

    @property
    def is_person(self) -> bool:
        """Whether this is a person and no organisation."""
        return self.kind == "person"


def party_card(party_id: int, actor: Actor, *, on: date) -> PartyCard:
    """One party; `NotFound` for whoever may not see people. ``on`` is today, for the seats."""
    party = Party.objects.filter(pk=party_id).first() if policy.may_see_people(actor) else None
    if party is None:
        raise NotFound(f"no party {party_id}")
    return PartyCard(
        party_id=party.pk,
        name=party.name,
        kind=party.kind,
        code=party.code,
        agency=party.agency,
        signs_in=party.user_id is not None,
        language=rules.LANGUAGES.get(party.language, party.language),
        interpreter=party.interpreter,
        points=_points(party),
        aliases=_aliases(party),
        seats=_seats(party, on),
        holds=_held(party, on),
    )


def _points(party: Party) -> tuple[PointRow, ...]:
    rows = ContactPoint.objects.filter(party=party).order_by("pk")
    return tuple(
        PointRow(
            channel=p.channel,
            channel_label=rules.CHANNELS.get(p.channel, p.channel),
            value=p.value,
            consent=p.consent,
            consent_at=p.consent_at,
            consent_by=p.consent_by,
            consent_how=p.consent_how,
            bounced_at=p.bounced_at,
        )
        for p in rows
    )


def _aliases(party: Party) -> tuple[AliasRow, ...]:
    rows = Alias.objects.filter(party=party).order_by("valid_from", "pk")
    return tuple(AliasRow(a.name, a.valid_from, a.valid_until) for a in rows)


def _seats(party: Party, on: date) -> tuple[SeatRow, ...]:
    """The seats of an organisation, each with its holders, the newest first."""
    if party.kind == Party.Kind.PERSON:
        return ()
    seats = list(Seat.objects.filter(organisation=party).order_by("ward_code", "title", "pk"))
    tenures = Tenure.objects.filter(seat__in=seats).select_related("party")
    held: dict[int, list[Tenure]] = {}
    for tenure in tenures.order_by("-since_on", "-pk"):
        held.setdefault(tenure.seat_id, []).append(tenure)
    return tuple(_seat(seat, party, held.get(seat.pk, []), on) for seat in seats[:MOST_SEATS])


def _held(party: Party, on: date) -> tuple[SeatRow, ...]:
    """The seats that a person holds or held."""
    tenures = Tenure.objects.filter(party=party).select_related("seat__organisation", "party")
    return tuple(
        _seat(t.seat, t.seat.organisation, [t], on) for t in tenures.order_by("-since_on", "-pk")
    )


def _seat(seat: Seat, organisation: Party, tenures: list[Tenure], on: date) -> SeatRow:
    rows = [HolderRow(t.party_id, t.holder_name, t.since_on, t.until_on) for t in tenures]
    now = [r for r in rows if r.since_on <= on and (r.until_on is None or r.until_on > on)]
    return SeatRow(
        title=seat.title,
        ward_code=seat.ward_code,
        organisation_id=organisation.pk,
        organisation=organisation.name,
        holder=now[0] if now else None,
        former=tuple(r for r in rows if r not in now[:1]),
    )
