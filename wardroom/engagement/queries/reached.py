"""Whom a plan reaches: the ANCs, single-member districts and wards, by the boundaries of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.city.models import Place
from wardroom.city.queries import AreaRow, districts, districts_inside, get_districts_at
from wardroom.kernel.errors import Refused

KINDS = ("anc", "smd", "ward")


@dataclass(frozen=True)
class AreaReached:
    """One area that a plan reaches, in the version of the boundaries that holds."""

    kind: str
    code: str
    district_id: int | None


def areas_reached(
    areas: Sequence[AreaRow], place: Place | None, *, on: date
) -> tuple[AreaReached, ...]:
    """Every ANC, SMD and ward that a place or these areas lie in or hold, on a day.

    Refuses: nowhere; a place without a point; areas whose boundaries reach nobody.
    """
    found: set[tuple[str, str]] = set()
    if place is not None and place.latitude is not None and place.longitude is not None:
        here = get_districts_at(place.latitude, place.longitude, on)
        found |= {(kind, here[kind].code) for kind in KINDS if kind in here}
    if areas:
        found |= _around(areas, on)
    if not found:
        raise Refused("nowhere", "Say where: an ANC, an SMD, a ward, or a place.", field="where")
    known = {(kind, row.code): row.district_id for kind in KINDS for row in districts(kind, on)}
    return tuple(AreaReached(kind, code, known.get((kind, code))) for kind, code in sorted(found))


def _around(areas: Sequence[AreaRow], on: date) -> set[tuple[str, str]]:
    """The SMDs inside the areas, with the ANC and the ward of each; the areas themselves too."""
    wanted = {(area.kind, area.code) for area in areas}
    found = {one for one in wanted if one[0] in KINDS}
    for smd in districts_inside("smd", ("anc", "ward"), on):
        lies_in = {("smd", smd.code), *((kind, code) for kind, code in smd.inside.items() if code)}
        if lies_in & wanted:
            found |= lies_in
    return found
