"""Where a subscription lies: its point and its district, each in the version of the boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.access.actor import SYSTEM
from wardroom.city.models import District
from wardroom.city.queries import areas_named, find_places, get_districts_at
from wardroom.city.rules import corner_plainly, is_block, normal_address
from wardroom.engagement.queries.wards import ward_of
from wardroom.engagement.rules.subscriptions import AROUND, CITY, DISTRICTS, NAMED, Wanted
from wardroom.kernel.errors import Refused
from wardroom.service_requests.queries import address_reported, spot_in_block


@dataclass(frozen=True)
class Located:
    """An area that was found: its district, its ward, and for an address its point."""

    district: District | None = None
    kind: str = ""
    ward_code: str = ""
    where: str = ""
    latitude: float | None = None
    longitude: float | None = None


def located(wanted: Wanted, *, on: date) -> Located:
    """Find the area that somebody means, in the boundaries in force on a day.

    Refuses: an address that is not known, or outside; a district that is none.
    """
    if wanted.area == CITY:
        return Located()
    if wanted.area == NAMED:
        return _named(wanted.code, on)
    where, latitude, longitude = _point(wanted.where, on)
    districts = get_districts_at(latitude, longitude, on)
    district = None if wanted.area == AROUND else districts.get(wanted.kind)
    if wanted.area != AROUND and district is None:
        raise _unknown_place()
    return Located(
        district=district,
        kind="" if wanted.area == AROUND else wanted.kind,
        ward_code=districts["ward"].code if "ward" in districts else "",
        where=where,
        latitude=latitude,
        longitude=longitude,
    )


def _named(code: str, on: date) -> Located:
    text = " ".join(code.split())
    found = [area for area in areas_named(text, on=on) if area.kind in DISTRICTS]
    if len(found) != 1:
        raise Refused(
            "unknown_district",
            "There is no district of this name. Write it like 5C07, ANC 5C or Ward 5.",
            field="code",
        )
    district = District.objects.defer("shape", "outline").get(pk=found[0].district_id)
    return Located(district=district, kind=found[0].kind, ward_code=ward_of(district, on))


def _point(where: str, on: date) -> tuple[str, float, float]:
    """An address that is known, with its point; nothing is guessed."""
    plainly = corner_plainly(where)
    meant = normal_address(plainly)
    for row in find_places(SYSTEM, plainly, on=on).rows:
        known = row.latitude is not None and row.longitude is not None
        if known and normal_address(row.label) == meant:
            assert row.latitude is not None
            assert row.longitude is not None
            return row.label, row.latitude, row.longitude
    reported = address_reported(SYSTEM, where)
    if reported is not None:
        return reported
    block = spot_in_block(where) if is_block(where) else None
    if block is None:
        raise _unknown_place()
    return " ".join(where.split()), block.latitude, block.longitude


def _unknown_place() -> Refused:
    return Refused(
        "unknown_place",
        "We do not know this address. Write its quadrant, or name a district.",
        field="where",
    )
