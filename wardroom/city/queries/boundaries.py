"""Which district is where, in which version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from wardroom.city.models import BoundarySet, District
from wardroom.city.rules import GROUND
from wardroom.kernel.errors import NotFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wardroom.analysis.point_in_polygon import DistrictIndex

CITY_KINDS = ("district", "ward")


@dataclass(frozen=True)
class DistrictRow:
    """A district as choices and lists show it."""

    district_id: int
    code: str
    name: str


@dataclass(frozen=True)
class BoundaryNote:
    """Which version of a kind of boundary holds, for the small print."""

    kind: str
    valid_from: date
    source: str
    schematic: bool


@dataclass(frozen=True)
class DatedIndex:
    """One boundary version, ready to answer many points at once."""

    valid_from: date
    valid_until: date | None
    district_ids: NDArray[np.int64]
    codes: tuple[str, ...]
    index: DistrictIndex

    def holds(self, on: date) -> bool:
        """Whether this version is in force on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def districts(kind: str, on: date) -> tuple[DistrictRow, ...]:
    """The districts of a kind that held on a day, by code."""
    rows = District.objects.filter(boundary_set__in=_sets(kind, on)).only("pk", "code", "name")
    found = sorted(rows, key=lambda d: _in_order(d.code))
    return tuple(DistrictRow(d.pk, d.code, d.name) for d in found)


def district_keys(kinds: Iterable[str], on: date) -> dict[str, list[int]]:
    """The keys of the districts of several kinds that held on a day, in one statement."""
    found: dict[str, list[int]] = {kind: [] for kind in kinds}
    held = District.objects.filter(boundary_set__in=sets_on(on).filter(kind__in=found))
    for kind, key in held.values_list("boundary_set__kind", "pk"):
        found[kind].append(key)
    return found


def get_ward(code: str, on: date) -> District:
    """The ward with this code in force on a day, to act on it; `NotFound` where there is none."""
    rows = District.objects.filter(boundary_set__in=_sets("ward", on)).defer("outline")
    ward: District | None = rows.filter(code=code).first()
    if ward is None:
        raise NotFound(f"no ward {code}")
    return ward


def district_outlines(kind: str, on: date) -> dict[str, Any]:
    """The outlines of a kind of district on a day, as GeoJSON for the map."""
    rows = District.objects.filter(boundary_set__in=_sets(kind, on)).only("code", "name", "outline")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": d.code, "name": d.name},
                "geometry": d.outline,
            }
            for d in rows.order_by("code")
        ],
    }


def boundary_notes(on: date) -> tuple[BoundaryNote, ...]:
    """Every boundary version in force on a day."""
    return tuple(
        BoundaryNote(b.kind, b.valid_from, b.source, b.schematic)
        for b in sets_on(on).order_by("kind")
    )


def is_schematic() -> bool:
    """Whether any boundary or feed now in force is made up for demonstration."""
    return BoundarySet.objects.filter(schematic=True, valid_until=None).exists()


def dated_indexes(kind: str) -> Sequence[DatedIndex]:
    """Every version of a kind of boundary, oldest first, ready for points in bulk."""
    sets = BoundarySet.objects.filter(kind=kind).order_by("valid_from")
    return [index_of(each) for each in sets]


def index_of(
    version: BoundarySet, *, around: tuple[float, float, float, float] | None = None
) -> DatedIndex:
    """One version ready for points; with ``around`` only what touches these bounds is read.

    The bounds are west, south, east and north. Where districts overlap the first one wins.
    """
    import numpy as np
    from shapely import from_wkb

    from wardroom.analysis.point_in_polygon import DistrictIndex

    rows = District.objects.filter(boundary_set=version)
    if around is not None:
        rows = touching(rows, *around)
    found = list(rows.order_by("pk").only("pk", "code", "shape"))
    return DatedIndex(
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        district_ids=np.array([d.pk for d in found], dtype=np.int64),
        codes=tuple(d.code for d in found),
        index=DistrictIndex.build([from_wkb(bytes(d.shape)) for d in found]),
    )


def touching(
    rows: QuerySet[District], west: float, south: float, east: float, north: float
) -> QuerySet[District]:
    """The districts whose box touches these bounds."""
    return rows.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)


def codes_at(latitude: float, longitude: float, on: date) -> dict[str, str]:
    """The code of each kind of district that a point lies in on a day; ground is no district."""
    return {kind: d.code for kind, d in get_districts_at(latitude, longitude, on).items()}


def get_districts_at(latitude: float, longitude: float, on: date) -> dict[str, District]:
    """The district of each kind that a point lies in on a day, with its number and code."""
    rows = District.objects.filter(boundary_set__in=sets_on(on)).exclude(boundary_set__kind=GROUND)
    near = touching(rows, longitude, latitude, longitude, latitude)
    near = near.select_related("boundary_set").only("code", "shape", "boundary_set__kind")
    return around_point(near.order_by("boundary_set__kind", "pk"), latitude, longitude)


def around_point(
    near: Iterable[District], latitude: float, longitude: float
) -> dict[str, District]:
    """Which of these districts a point lies in, by their kind; of two of a kind the first."""
    import numpy as np
    from shapely import from_wkb

    from wardroom.analysis.point_in_polygon import DistrictIndex

    by_kind: dict[str, list[District]] = {}
    for district in near:
        by_kind.setdefault(district.boundary_set.kind, []).append(district)
    found = {}
    for kind, some in by_kind.items():
        index = DistrictIndex.build([from_wkb(bytes(d.shape)) for d in some])
        number = int(index.locate(np.array([longitude]), np.array([latitude]))[0])
        if number >= 0:
            found[kind] = some[number]
    return found


def districts_at_in(
    sets: Iterable[BoundarySet], latitude: float, longitude: float
) -> list[District]:
    """The district of each of these boundary versions at a point; ground is no district."""
    rows = District.objects.filter(boundary_set__in=sets).exclude(boundary_set__kind=GROUND)
    near = touching(rows, longitude, latitude, longitude, latitude)
    near = near.select_related("boundary_set").only("shape", "boundary_set__kind")
    found: list[District] = []
    ordered = near.order_by("boundary_set", "pk")
    for _, some in groupby(ordered, key=lambda district: district.boundary_set_id):
        found += around_point(list(some), latitude, longitude).values()
    return found


def is_inside(latitude: float, longitude: float, on: date) -> bool:
    """Whether a point lies in the city on a day; where no boundary says it, any point does."""
    edges = set(sets_on(on).filter(kind__in=CITY_KINDS).values_list("kind", flat=True))
    return not edges or bool(edges & codes_at(latitude, longitude, on).keys())


def sets_on(on: date) -> QuerySet[BoundarySet]:
    """The boundary versions in force on a day."""
    return BoundarySet.objects.filter(_in_force(on))


def districts_on(on: date, kinds: Iterable[str]) -> QuerySet[District]:
    """The districts of these kinds by the versions in force on a day."""
    return District.objects.filter(
        _in_force(on, "boundary_set__"), boundary_set__kind__in=tuple(kinds)
    )


def _in_force(on: date, of: str = "") -> Q:
    begun = Q((f"{of}valid_from__lte", on))
    return begun & (Q((f"{of}valid_until", None)) | Q((f"{of}valid_until__gte", on)))


def _sets(kind: str, on: date) -> Any:
    return sets_on(on).filter(kind=kind)


def _in_order(code: str) -> tuple[int, str]:
    return (int(code), "") if code.isdigit() else (10_000, code)


@dataclass(frozen=True)
class DistrictInside:
    """A district, and which district of each other kind it lies in."""

    district_id: int
    code: str
    valid_from: date
    inside: Mapping[str, str]


def districts_inside(kind: str, of: Iterable[str], on: date) -> tuple[DistrictInside, ...]:
    """The districts of a kind on a day, each with those of other kinds that hold its middle.

    The middle is a point that surely lies in the district, so an ANC may span two wards while
    each of its districts counts for one.
    """
    import numpy as np
    from shapely import from_wkb, get_x, get_y, point_on_surface

    rows = list(
        District.objects.filter(boundary_set__in=_sets(kind, on))
        .select_related("boundary_set")
        .defer("outline")
        .order_by("code")
    )
    middles = point_on_surface([from_wkb(bytes(d.shape)) for d in rows])
    lon, lat = np.atleast_1d(get_x(middles)), np.atleast_1d(get_y(middles))
    inside: list[dict[str, str]] = [{} for _ in rows]
    for other in of:
        version = _sets(other, on).first()
        if version is None or not rows:
            continue
        index = index_of(version)
        for row, number in zip(inside, index.index.locate(lon, lat), strict=True):
            row[other] = index.codes[number] if number >= 0 else ""
    return tuple(
        DistrictInside(d.pk, d.code, d.boundary_set.valid_from, held)
        for d, held in zip(rows, inside, strict=True)
    )
