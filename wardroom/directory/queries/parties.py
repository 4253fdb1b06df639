"""One person or organization as the directory keeps it: how to reach them, names, seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from wardroom.access.actor import Actor
from wardroom.directory import policy, rules
from wardroom.directory.models import Alias, ContactPoint, Party, PartyMerge, Seat, Tenure
from wardroom.directory.queries.consents import ConsentRow, consents_of
from wardroom.kernel.errors import NotFound

MOST_SEATS = 100


@dataclass(frozen=True)
class PointRow:
    """One way to reach a party: whether we may use it, who said so, and whether it works."""

    point_id: int
    channel: str
    channel_label: str
    value: str
    consent: bool
    consent_at: datetime | None
    consent_by: str
    consent_how: str
    bounced_at: datetime | None
    ended_at: datetime | None
    consents: tuple[ConsentRow, ...] = ()
    said_before: tuple[ConsentRow, ...] = ()
    own: bool = True

    @property
    def refused(self) -> bool:
        """Whether anything was refused for it."""
        return any(row.state == rules.NO for row in self.consents)


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
    tenure_id: int = 0


@dataclass(frozen=True)
class SeatRow:
    """A seat, who holds it today, and who did before; a seat without a holder is vacant."""

    seat_id: int
    title: str
    ward_code: str
    smd_code: str
    organisation_id: int
    organisation: str
    holders: tuple[HolderRow, ...]
    former: tuple[HolderRow, ...]
    since_on: date | None = None
    until_on: date | None = None
    may_keep: bool = False
    anc_code: str = ""

    @property
    def holder(self) -> HolderRow | None:
        """Whoever holds it, the first where several do."""
        return self.holders[0] if self.holders else None

    @property
    def vacant(self) -> bool:
        """Whether it is there and nobody holds it."""
        return not self.holders and self.until_on is None

    @property
    def label(self) -> str:
        """The seat as people say it."""
        return f"{self.title}, SMD {self.smd_code}" if self.smd_code else self.title


@dataclass(frozen=True)
class JoinedRow:
    """A record that was joined to this one: when, by whom, and how they knew."""

    party_id: int
    name: str
    reason: str
    made_at: datetime
    made_by: str


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
    access_needs: str
    organisation_kind: str
    area_kind: str
    area_code: str
    withdrawn_at: datetime | None
    language_code: str
    joined: tuple[JoinedRow, ...]
    points: tuple[PointRow, ...]
    aliases: tuple[AliasRow, ...]
    seats: tuple[SeatRow, ...]
    holds: tuple[SeatRow, ...]

    @property
    def is_person(self) -> bool:
        """Whether this is a person and no organisation."""
        return self.kind == "person"

    @property
    def ids(self) -> tuple[int, ...]:
        """This record and those that were joined to it."""
        return (self.party_id, *(row.party_id for row in self.joined))

    @property
    def kind_label(self) -> str:
        """The kind of organization in words; nothing for a person."""
        return rules.ORGANISATION_KINDS.get(self.organisation_kind, "")

    @property
    def area(self) -> str:
        """The area it stands for, as people say it."""
        return rules.area_words(self.area_kind, self.area_code)

    @property
    def vacancies(self) -> int:
        """How many of its seats nobody holds."""
        return sum(1 for seat in self.seats if seat.vacant)


def party_card(party_id: int, actor: Actor, *, on: date) -> PartyCard:
    """One party; `NotFound` for whoever may not see people. ``on`` is today, for the seats.

    A record that was joined to another one is read there.
    """
    rows = Party.objects.select_related("merged_into")
    found = rows.filter(pk=party_id).first() if policy.may_see_people(actor) else None
    if found is None:
        raise NotFound(f"no party {party_id}")
    party = found.merged_into or found
    joined = _joined(party)
    ids = [party.pk, *(row.party_id for row in joined)]
    return PartyCard(
        party_id=party.pk,
        name=party.name,
        kind=party.kind,
        code=party.code,
        agency=party.agency,
        signs_in=party.user_id is not None,
        language=rules.LANGUAGES.get(party.language, party.language),
        language_code=party.language,
        interpreter=party.interpreter,
        access_needs=party.access_needs,
        organisation_kind=party.organisation_kind,
        area_kind=party.area_kind,
        area_code=party.area_code,
        withdrawn_at=party.withdrawn_at,
        joined=joined,
        points=points_of(ids, own=party.pk),
        aliases=_aliases(ids),
        seats=_seats(party, actor, on),
        holds=_held(ids, on),
    )


def points_of(ids: Iterable[int], *, own: int = 0) -> tuple[PointRow, ...]:
    """The ways to reach some parties, with what each may be used for."""
    rows = list(ContactPoint.objects.filter(party__in=list(ids)).order_by("ended_at", "pk"))
    rows.sort(key=lambda p: p.ended_at is not None)
    said = consents_of(p.pk for p in rows)
    return tuple(
        PointRow(
            point_id=p.pk,
            channel=p.channel,
            channel_label=rules.CHANNELS.get(p.channel, p.channel),
            value=p.value,
            consent=p.consent,
            consent_at=p.consent_at,
            consent_by=p.consent_by,
            consent_how=p.consent_how,
            bounced_at=p.bounced_at,
            ended_at=p.ended_at,
            consents=said[p.pk][0],
            said_before=said[p.pk][1],
            own=p.party_id == own,
        )
        for p in rows
    )


def _joined(party: Party) -> tuple[JoinedRow, ...]:
    rows = PartyMerge.objects.filter(party__merged_into=party, undone_at=None)
    rows = rows.select_related("party").order_by("made_at", "pk")
    return tuple(JoinedRow(r.party_id, r.party.name, r.reason, r.made_at, r.made_by) for r in rows)


def _aliases(ids: Iterable[int]) -> tuple[AliasRow, ...]:
    rows = Alias.objects.filter(party__in=list(ids)).order_by("valid_from", "pk")
    return tuple(AliasRow(a.name, a.valid_from, a.valid_until) for a in rows)


def _seats(party: Party, actor: Actor, on: date) -> tuple[SeatRow, ...]:
    """The seats of an organisation, each with its holders, the newest first."""
    if party.kind == Party.Kind.PERSON:
        return ()
    order = ("until_on", "smd_code", "ward_code", "title", "pk")
    seats = list(Seat.objects.filter(organisation=party).order_by(*order))
    seats.sort(key=lambda seat: seat.until_on is not None)
    tenures = Tenure.objects.filter(seat__in=seats).select_related("party")
    held: dict[int, list[Tenure]] = {}
    for tenure in tenures.order_by("-since_on", "-pk"):
        held.setdefault(tenure.seat_id, []).append(tenure)
    return tuple(
        _seat(seat, party, held.get(seat.pk, []), on, actor) for seat in seats[:MOST_SEATS]
    )


def _held(ids: Iterable[int], on: date) -> tuple[SeatRow, ...]:
    """The seats that a person holds or held."""
    tenures = Tenure.objects.filter(party__in=list(ids))
    rows = tenures.select_related("seat__organisation", "party").order_by("-since_on", "-pk")
    return tuple(_seat(t.seat, t.seat.organisation, [t], on) for t in rows)


def _seat(
    seat: Seat, organisation: Party, tenures: list[Tenure], on: date, actor: Actor | None = None
) -> SeatRow:
    rows = [HolderRow(t.party_id, t.holder_name, t.since_on, t.until_on, t.pk) for t in tenures]
    now = [r for r in rows if r.since_on <= on and (r.until_on is None or r.until_on > on)]
    holders = tuple(now if seat.many else now[:1])
    seat.organisation = organisation
    elsewhere = seat.title in {rules.LIAISON_SEAT, *rules.CORE_TEAM} and bool(seat.ward_code)
    keeps = actor is not None and not elsewhere and policy.may_keep_seat(actor, seat)
    return SeatRow(
        seat_id=seat.pk,
        title=seat.title,
        ward_code=seat.ward_code,
        smd_code=seat.smd_code,
        organisation_id=organisation.pk,
        organisation=organisation.name,
        holders=holders,
        former=tuple(r for r in rows if r not in holders),
        since_on=seat.since_on,
        until_on=seat.until_on,
        may_keep=keeps and seat.until_on is None,
        anc_code=organisation.area_code if organisation.organisation_kind == rules.ANC else "",
    )
