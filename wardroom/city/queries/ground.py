"""Who owns the ground at a point, by the version that holds on a day.

Pieces of ground may overlap, such as a building in a park: the smallest one is meant, and of
two of one size the one whose code comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wardroom.city.models import District, Ground
from wardroom.city.queries.boundaries import around_point, districts_on, sets_on, touching
from wardroom.city.rules import GROUND, METRES_PER_DEGREE, OWN_GROUND, box_around, has_point

NEAR_METRES, MOST_METRES, BESIDE = 15.0, 1000.0, 0.01
SPOT_FIELDS = (
    *("code", "name", "shape", "boundary_set__kind", "boundary_set__source"),
    *(f"ground__{f.name}" for f in Ground._meta.concrete_fields),
)
NO_PROMISE = "The city's promised times do not apply on this ground."


@dataclass(frozen=True)
class GroundOwner:
    """A piece of ground, whose it is, and how far from the point it begins."""

    ground_id: int
    code: str
    name: str
    owner_code: str
    owner_name: str
    kind: str
    phone: str
    advice: str
    source: str
    metres: float

    @property
    def answers_to_city(self) -> bool:
        """Whether the owner is an agency of the city, whose promises can be held to."""
        return self.kind == OWN_GROUND

    @property
    def sentence(self) -> str:
        """What the intake says before the form is long."""
        said = f"{self.name}: the ground of {self.owner_name}."
        parts = [said, self.advice, "" if self.answers_to_city else NO_PROMISE]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class GroundHere:
    """Whose the ground at a point is, and whether a border is so near that one must ask."""

    owner: GroundOwner | None
    near: tuple[GroundOwner, ...]

    @property
    def confirm(self) -> bool:
        """Whether the owner is to be confirmed: another's ground begins within some metres."""
        return bool(self.near)

    @property
    def warning(self) -> str:
        """The sentence that asks to confirm, empty where nothing is near."""
        if not self.near:
            return ""
        names = "; ".join(f"{g.owner_name} ({g.name}, {g.metres:.0f} m)" for g in self.near)
        return f"Confirm the owner: a border is near. Also near: {names}."


def owner_at(latitude: float, longitude: float, on: date) -> GroundOwner | None:
    """Whose the ground at a point is on a day; none where it is not known to be anybody's."""
    return ground_at(latitude, longitude, on).owner


def owners_near(
    latitude: float, longitude: float, on: date, metres: float = NEAR_METRES
) -> tuple[GroundOwner, ...]:
    """Every piece of ground that holds the point or begins within so many metres, nearest first.

    The first one is the owner where its distance is 0.
    """
    found = [
        (_owner(d, away), area)
        for d, away, area in _around(latitude, longitude, on, min(metres, MOST_METRES))
    ]
    found.sort(key=lambda row: (row[0].metres, row[1], row[0].code))
    return tuple(owner for owner, _ in found)


def ground_at(
    latitude: float, longitude: float, on: date, metres: float = NEAR_METRES
) -> GroundHere:
    """Whose the ground at a point is, with what of other owners is near."""
    around = owners_near(latitude, longitude, on, metres)
    owner = around[0] if around and around[0].metres == 0 else None
    code = owner.owner_code if owner else ""
    return GroundHere(owner, tuple(g for g in around if g.owner_code != code and g is not owner))


def spot_at(
    latitude: float, longitude: float, on: date
) -> tuple[District | None, GroundOwner | None]:
    """The ward at a point on a day, and whose ground it is, in one statement.

    Nothing is there at a point that is none. Of the ward only its code and name are read.
    """
    if not has_point(latitude, longitude):
        return None, None
    rows = districts_on(on, ("ward", GROUND))
    rows = touching(rows, longitude, latitude, longitude, latitude)
    near = list(_with_owner(rows).only(*SPOT_FIELDS).order_by("boundary_set__kind", "pk"))
    ground = [d for d in near if d.boundary_set.kind == GROUND]
    wards = [d for d in near if d.boundary_set.kind != GROUND]
    here = [d for d, away, _ in _measured(ground, latitude, longitude, BESIDE) if away == 0]
    owner = _owner(here[0], 0.0) if here else None
    return around_point(wards, latitude, longitude).get("ward"), owner


def ground_points(ids: list[int]) -> dict[int, tuple[float, float]]:
    """A point that lies in each of these pieces of ground, as latitude and longitude."""
    from shapely import from_wkb

    found = {}
    for d in District.objects.filter(pk__in=ids).only("pk", "shape").order_by("pk"):
        point = from_wkb(bytes(d.shape)).representative_point()
        found[d.pk] = (point.y, point.x)
    return found


def _around(
    latitude: float, longitude: float, on: date, metres: float
) -> list[tuple[District, float, float]]:
    """Pieces of ground near a point: each with its distance and its area in real metres.

    A point on the border of two pieces lies in exactly one of them, as for all boundaries.
    """
    if not has_point(latitude, longitude):
        return []
    rows = District.objects.filter(boundary_set__in=sets_on(on).filter(kind=GROUND))
    near = _with_owner(touching(rows, *box_around(latitude, longitude, metres)))
    return _measured(near.order_by("pk"), latitude, longitude, metres)


def _with_owner(rows: QuerySet[District]) -> QuerySet[District]:
    return rows.select_related("boundary_set", "ground").defer("outline")


def _measured(
    near: Iterable[District], latitude: float, longitude: float, metres: float
) -> list[tuple[District, float, float]]:
    import numpy as np
    from shapely import from_wkb, transform
    from shapely.geometry import Point

    from wardroom.analysis.point_in_polygon import DistrictIndex

    here = np.array([longitude, latitude])
    scale = METRES_PER_DEGREE * np.array([np.cos(np.radians(latitude)), 1.0])
    found: list[tuple[District, Any, float]] = []
    for d in near:
        shape = transform(from_wkb(bytes(d.shape)), lambda points: (points - here) * scale)
        found.append((d, shape, float(shape.area)))
    found.sort(key=lambda row: (row[2], row[0].code))
    index = DistrictIndex.build([shape for _, shape, _ in found])
    owned = int(index.locate(np.zeros(1), np.zeros(1))[0])
    return [
        (d, 0.0 if n == owned else max(away, BESIDE), area)
        for n, (d, shape, area) in enumerate(found)
        if (away := float(shape.distance(Point(0, 0)))) <= metres
    ]


def _owner(district: District, away: float) -> GroundOwner:
    ground: Ground = district.ground
    return GroundOwner(
        ground_id=district.pk,
        code=district.code,
        name=district.name,
        owner_code=ground.owner_code,
        owner_name=ground.owner_name,
        kind=ground.kind,
        phone=ground.phone,
        advice=ground.advice,
        source=district.boundary_set.source,
        metres=away,
    )
