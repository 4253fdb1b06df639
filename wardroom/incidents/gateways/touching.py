"""Which districts an alert touches, from its shapes and codes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from shapely import from_wkb, make_valid, union_all
from shapely.affinity import scale
from shapely.geometry import Point, Polygon, mapping

from wardroom.city.models import District
from wardroom.city.queries.boundaries import sets_on, touching
from wardroom.city.rules import METRES_PER_DEGREE
from wardroom.incidents.rules import CITY, Area, meanings

KINDS = ("ward", "anc", "smd")
LEAST_METRES = 20.0
LEAST_SQUARE_METRES = 1_000.0
LEAST_SHARE = 0.1


def touched_by(areas: Sequence[Area], on: date) -> tuple[District, ...]:
    """The wards, ANCs and SMDs of a day that an alert holds in, by kind and code.

    Where a part is drawn, its outline counts and its codes do not: a warning for three blocks
    names the whole city by its code. A border that is only grazed is not touched.
    """
    found: dict[int, District] = {}
    shape = outline_of(areas)
    if shape is not None:
        found.update((d.pk, d) for d in _under(shape, on))
    codes = meanings(code for area in areas if not area.drawn for code in area.codes)
    if codes:
        found.update((d.pk, d) for d in _coded(codes, on))
    return tuple(sorted(found.values(), key=lambda d: (KINDS.index(d.boundary_set.kind), d.code)))


def outline_of(areas: Iterable[Area]) -> Any | None:
    """Everything that is drawn as one shape, longitude first; none where nothing is."""
    shapes: list[Any] = []
    for area in areas:
        shapes += [make_valid(Polygon([(lon, lat) for lat, lon in p])) for p in area.polygons]
        shapes += [_disk(*circle) for circle in area.circles]
    return union_all(shapes) if shapes else None


def drawn_outline(areas: Iterable[Area]) -> dict[str, Any] | None:
    """The same as a GeoJSON geometry, to be kept and drawn."""
    shape = outline_of(areas)
    return dict(mapping(shape)) if shape is not None and not shape.is_empty else None


def _disk(latitude: float, longitude: float, km: float) -> Any:
    """A circle on the ground; one without a radius is a small one around its point."""
    north = max(km * 1000, LEAST_METRES) / METRES_PER_DEGREE
    east = 1 / max(0.01, math.cos(math.radians(latitude)))
    return scale(Point(longitude, latitude).buffer(north), xfact=east, yfact=1.0)


def _under(shape: Any, on: date) -> list[District]:
    """The districts that more than a sliver of a shape lies in."""
    west, south, east, north = shape.bounds
    rows = touching(_districts(on), west, south, east, north)
    least = min(LEAST_SQUARE_METRES, LEAST_SHARE * _square_metres(shape))
    return [d for d in rows if _square_metres(shape.intersection(from_wkb(bytes(d.shape)))) > least]


def _square_metres(shape: Any) -> float:
    middle = shape.centroid.y if not shape.is_empty else 0.0
    return float(shape.area * METRES_PER_DEGREE**2 * math.cos(math.radians(middle)))


def _coded(codes: Iterable[Any], on: date) -> list[District]:
    rows = _districts(on).defer("shape")
    if any(code.kind == CITY for code in codes):
        return list(rows)
    wanted = {(code.kind, code.code.upper()) for code in codes}
    return [d for d in rows if (d.boundary_set.kind, d.code.upper()) in wanted]


def _districts(on: date) -> Any:
    rows = District.objects.filter(boundary_set__in=sets_on(on), boundary_set__kind__in=KINDS)
    return rows.select_related("boundary_set").defer("outline").order_by("pk")
