"""Which district is where, in which version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from wardroom.city.models import BoundarySet, District

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wardroom.analysis.point_in_polygon import DistrictIndex


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
    rows = BoundarySet.objects.filter(valid_from__lte=on).filter(
        Q(valid_until=None) | Q(valid_until__gte=on)
    )
    return tuple(
        BoundaryNote(b.kind, b.valid_from, b.source, b.schematic) for b in rows.order_by("kind")
    )


def is_schematic() -> bool:
    """Whether any boundary or feed now in force is made up for demonstration."""
    return BoundarySet.objects.filter(schematic=True, valid_until=None).exists()


def dated_indexes(kind: str) -> Sequence[DatedIndex]:
    """Every version of a kind of boundary, oldest first, ready for points in bulk."""
    import numpy as np
    from shapely import from_wkb

    from wardroom.analysis.point_in_polygon import DistrictIndex

    made = []
    for each in BoundarySet.objects.filter(kind=kind).order_by("valid_from"):
        rows = list(District.objects.filter(boundary_set=each).order_by("pk"))
        made.append(
            DatedIndex(
                valid_from=each.valid_from,
                valid_until=each.valid_until,
                district_ids=np.array([d.pk for d in rows], dtype=np.int64),
                codes=tuple(d.code for d in rows),
                index=DistrictIndex.build([from_wkb(bytes(d.shape)) for d in rows]),
            )
        )
    return made


def _sets(kind: str, on: date) -> Any:
    return BoundarySet.objects.filter(kind=kind, valid_from__lte=on).filter(
        Q(valid_until=None) | Q(valid_until__gte=on)
    )


def _in_order(code: str) -> tuple[int, str]:
    return (int(code), "") if code.isdigit() else (10_000, code)
