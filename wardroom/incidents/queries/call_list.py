"""Whom to call about an incident: by seat and boundary, with numbers that may be used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wardroom.city.queries.boundaries import get_districts_at
from wardroom.directory.models import ContactPoint, Party, Tenure
from wardroom.directory.queries.core_team import core_team
from wardroom.directory.rules import COMMISSIONER
from wardroom.incidents.models import Incident
from wardroom.incidents.rules.checklists import AGENCIES_TO_CALL

MOST_TO_CALL = 20
COUNCIL = ("Councilmember", "Councilmember at large", "Chair of the Council")
CHAIR = "Chair"


@dataclass(frozen=True)
class ToCall:
    """Somebody to call: as what, and at which number, where we may use one."""

    party_id: int | None
    name: str
    role_label: str
    phone: str


def people_to_call(incident: Incident, *, on: date) -> tuple[ToCall, ...]:
    """Commissioner, ANC chair, councilmembers, the agencies for its kind, and the core team."""
    found = [*_elected(incident, on), *_agencies(incident.kind_code), *_team(incident, on)]
    found = found[:MOST_TO_CALL]
    phones = phones_of(party for party, *_ in found if party is not None)
    return tuple(
        ToCall(party, name, label, phones.get(party, "") if party is not None else "")
        for party, name, label in found
    )


def to_be_told(incident: Incident, *, on: date) -> tuple[int, ...]:
    """The commissioners and councilmembers of the place, who may be written to."""
    return tuple(dict.fromkeys(party for party, *_ in _elected(incident, on) if party is not None))


def _elected(incident: Incident, on: date) -> list[tuple[int | None, str, str]]:
    codes = _codes(incident, on)
    ward, anc, smd = codes.get("ward", ""), codes.get("anc", ""), codes.get("smd", "")
    held = Tenure.objects.filter(Q(until_on=None) | Q(until_on__gt=on), since_on__lte=on)
    held = held.select_related("seat__organisation", "party").order_by("seat__title", "pk")
    wanted = Q(seat__title__in=COUNCIL, seat__ward_code__in={ward, ""})
    if smd:
        wanted |= Q(seat__title=COMMISSIONER, seat__smd_code=smd)
    if anc:
        of_anc = Q(seat__organisation__organisation_kind="anc", seat__organisation__area_code=anc)
        wanted |= of_anc & Q(seat__title=CHAIR)
    rows = [(row.party_id, row.holder_name, _label(row, ward)) for row in held.filter(wanted)]
    order = {COMMISSIONER: 0, CHAIR: 1}
    return sorted(rows, key=lambda row: order.get(row[2].partition(",")[0], 2))


def _team(incident: Incident, on: date) -> list[tuple[int | None, str, str]]:
    """Who sits on the core team of the ward, or stands in, for each agency."""
    ward = _codes(incident, on).get("ward", "")
    seats = core_team(ward, on=on) if ward else ()
    return [
        (who.party_id, who.name, f"Core team, {seat.agency_code}")
        for seat in seats
        for who in [seat.principal or seat.alternate]
        if who is not None
    ]


def _codes(incident: Incident, on: date) -> dict[str, str]:
    place = incident.matter.place
    if place is None or place.latitude is None or place.longitude is None:
        return {"ward": incident.ward_code} if incident.ward_code else {}
    found = get_districts_at(place.latitude, place.longitude, on)
    return {kind: district.code for kind, district in found.items()}


def _label(row: Tenure, ward: str) -> str:
    seat = row.seat
    if seat.smd_code:
        return f"{seat.title}, SMD {seat.smd_code}"
    if seat.ward_code:
        return f"{seat.title}, Ward {seat.ward_code}"
    organisation: Party = seat.organisation
    return f"{seat.title}, {organisation.name}"


def _agencies(kind_code: str) -> list[tuple[int | None, str, str]]:
    codes = AGENCIES_TO_CALL.get(kind_code, ())
    known = {p.code: p for p in Party.objects.filter(agency=True, code__in=codes)}
    return [
        (known[code].pk, known[code].name, f"Agency, {code}") for code in codes if code in known
    ]


def phones_of(party_ids: Iterable[int]) -> dict[int, str]:
    """The newest phone number of each that may be used; an agency's own needs no consent."""
    usable = Q(consent=True) | Q(party__agency=True)
    points = ContactPoint.objects.filter(
        usable, party__in=list(party_ids), channel="phone", ended_at=None
    )
    return dict(points.order_by("pk").values_list("party", "value"))
