"""Contacts on their way out: one card, or all of a filtered list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from wardroom.access.actor import Actor
from wardroom.access.models import holds_any
from wardroom.casework.queries.people import PeopleFilters, get_party_seen, people_listed
from wardroom.directory import rules
from wardroom.directory.models import ContactPoint, Party, Tenure
from wardroom.directory.rules import CardPoint, ContactCard
from wardroom.kernel.errors import NotAllowed

MOST_CARDS = 2000
UID = "urn:x-wardroom:party:"


def card_of(party_id: int, actor: Actor, *, page: Callable[[int], str]) -> ContactCard:
    """The card of one party; `NotFound` out of reach. ``page`` gives the address of a party."""
    party = get_party_seen(party_id, actor)
    return _cards([party], page)[0]


def cards_listed(
    actor: Actor, filters: PeopleFilters, *, on: date, page: Callable[[int], str]
) -> tuple[ContactCard, ...]:
    """The cards of the first two thousand of a filtered list, by name; staff only."""
    if not actor.is_staff:
        raise NotAllowed
    rows = people_listed(actor, filters, on=on).order_by("name", "pk")[:MOST_CARDS]
    return tuple(_cards(list(rows), page))


def _cards(parties: list[Party], page: Callable[[int], str]) -> list[ContactCard]:
    ids = [party.pk for party in parties]
    joined = Party.objects.filter(holds_any("merged_into", ids)).values_list("pk", "merged_into_id")
    home = dict(joined)
    points: dict[int, list[CardPoint]] = {}
    rows = ContactPoint.objects.filter(
        holds_any("party", [*ids, *home]), ended_at=None, bounced_at=None
    )
    for point in rows.order_by("pk"):
        made = CardPoint(point.channel, point.match if point.channel == "phone" else point.value)
        held = points.setdefault(home.get(point.party_id, point.party_id), [])
        if made not in held:
            held.append(made)
    seats = _seats(ids)
    members = _members([p.pk for p in parties if p.kind == Party.Kind.ORGANISATION])
    return [
        ContactCard(
            uid=f"{UID}{party.pk}",
            name=party.name,
            is_person=party.kind == Party.Kind.PERSON,
            points=tuple(points.get(party.pk, ())),
            organisation=seats.get(party.pk, ("", ""))[1],
            title=seats.get(party.pk, ("", ""))[0],
            language="" if party.language == "und" else party.language,
            page=page(party.pk),
            members=tuple(members.get(party.pk, ())),
        )
        for party in parties
    ]


def _seats(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The title and the organization of the seat that each holds; of several the latest."""
    rows = Tenure.objects.filter(holds_any("party", ids), until_on=None)
    rows = rows.select_related("seat__organisation").order_by("since_on", "pk")
    return {
        t.party_id: (_title(t.seat.title, t.seat.smd_code), t.seat.organisation.name)
        for t in rows
        if t.party_id is not None
    }


def _members(ids: Iterable[int]) -> dict[int, list[str]]:
    rows = Tenure.objects.filter(
        holds_any("seat__organisation", ids), until_on=None, seat__until_on=None
    )
    found: dict[int, list[str]] = {}
    for row in rows.exclude(party=None).select_related("seat").order_by("pk"):
        uid = f"{UID}{row.party_id}"
        held = found.setdefault(row.seat.organisation_id, [])
        if uid not in held:
            held.append(uid)
    return found


def _title(title: str, smd: str) -> str:
    return f"{title}, {rules.area_words('smd', smd)}" if smd else title
