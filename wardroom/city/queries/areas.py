"""One area of the city by its code, and which places lie in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from wardroom.city.models import District, Membership, Place
from wardroom.city.queries.boundaries import sets_on
from wardroom.city.queries.ground import ground_points
from wardroom.city.rules import GROUND
from wardroom.kernel.errors import NotFound

LABELS: Mapping[str, str] = {"ward": "Ward", "anc": "ANC", "smd": "SMD", "psa": "PSA"}
MOST_ON_GROUND = 5000
_NAMED = re.compile(r"(?:(ward|anc|smd|psa)\s*)?([0-9][0-9a-z/]{0,9})", re.IGNORECASE)


@dataclass(frozen=True)
class AreaRow:
    """An area as a search and a page's title show it; ``key`` is how its address names it."""

    district_id: int
    kind: str
    code: str
    name: str
    key: str
    owner: str = ""
    phone: str = ""
    advice: str = ""

    @property
    def label(self) -> str:
        """The area as people say it: SMD 5C07, or the ground's own name."""
        return f"{LABELS[self.kind]} {self.code}" if self.kind in LABELS else self.name


def area_row(kind: str, key: str, *, on: date) -> AreaRow:
    """The area of this kind and code that holds on a day; ground goes by its number.

    Raises `NotFound` where there is none.
    """
    rows = District.objects.filter(boundary_set__in=sets_on(on), boundary_set__kind=kind)
    if kind == GROUND:
        fits = key.isascii() and key.isdigit() and len(key) <= 18
        rows = rows.filter(pk=int(key)) if fits else rows.none()
    else:
        rows = rows.filter(code__iexact=key)
    found = _rows(rows)
    if not found:
        raise NotFound(f"no {kind} {key}")
    return found[0]


def areas_named(text: str, *, on: date) -> tuple[AreaRow, ...]:
    """The areas that a typed code means: 5C07, ANC 5C, Ward 5. A bare number means none."""
    match = _NAMED.fullmatch(" ".join(text.split()))
    if match is None or (not match[1] and match[2].isdigit()):
        return ()
    rows = District.objects.filter(boundary_set__in=sets_on(on), code__iexact=match[2])
    kinds = [match[1].lower()] if match[1] else list(LABELS)
    return _rows(rows.filter(boundary_set__kind__in=kinds))


def places_in(area: AreaRow) -> Q:
    """The places that lie in an area, as a condition on rows that have a ``place``."""
    if area.kind == GROUND:
        return Q(place__in=_on_ground(area.district_id))
    members = Membership.objects.filter(district_id=area.district_id)
    return Q(place__in=members.values("place_id"))


def area_outline(area: AreaRow) -> dict[str, Any]:
    """The outline of an area, as a GeoJSON geometry for the map."""
    found: dict[str, Any] = District.objects.values_list("outline", flat=True).get(
        pk=area.district_id
    )
    return found


def area_point(area: AreaRow) -> tuple[float, float] | None:
    """A point inside a piece of ground, latitude first; other areas are too wide for one."""
    return ground_points([area.district_id]).get(area.district_id) if area.kind == GROUND else None


def _rows(rows: QuerySet[District]) -> tuple[AreaRow, ...]:
    found = rows.select_related("boundary_set", "ground").defer("shape", "outline")
    return tuple(
        AreaRow(
            district_id=d.pk,
            kind=d.boundary_set.kind,
            code=d.code,
            name=d.name,
            key=str(d.pk) if d.boundary_set.kind == GROUND else d.code,
            owner=d.ground.owner_name if hasattr(d, "ground") else "",
            phone=d.ground.phone if hasattr(d, "ground") else "",
            advice=d.ground.advice if hasattr(d, "ground") else "",
        )
        for d in found.order_by("boundary_set__kind", "code")
    )


def _on_ground(district_id: int) -> list[int]:
    """The numbers of the places on a piece of ground, which keeps no list of them."""
    from shapely import contains_xy, from_wkb

    d = District.objects.get(pk=district_id)
    near = Place.objects.filter(
        longitude__gte=d.west, longitude__lte=d.east, latitude__gte=d.south, latitude__lte=d.north
    )
    rows = near.order_by("pk").values_list("pk", "longitude", "latitude")[:MOST_ON_GROUND]
    shape = from_wkb(bytes(d.shape))
    return [pk for pk, x, y in rows if x is not None and y is not None and contains_xy(shape, x, y)]
