"""What became of a district when the boundaries were drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.city.models import BoundarySet, District
from wardroom.city.queries.boundaries import touching

LEAST_SHARE = 0.01


@dataclass(frozen=True)
class What:
    """The district of the same code on the same ground, and the codes the old area lies in now.

    ``changed`` says whether its borders moved by more than a hundredth of its area.
    """

    same: District | None
    became: tuple[str, ...]
    changed: bool


def what_became_of(before: District, version: BoundarySet) -> What:
    """Where the area of a district lies in another version of the boundaries, most of it first."""
    from shapely import from_wkb

    old = from_wkb(bytes(before.shape))
    rows = touching(
        District.objects.filter(boundary_set=version).select_related("boundary_set"),
        before.west,
        before.south,
        before.east,
        before.north,
    )
    shapes = {row: from_wkb(bytes(row.shape)) for row in rows.order_by("code")}
    shares = {row.code: shape.intersection(old).area / old.area for row, shape in shapes.items()}
    became = sorted(
        (code for code, share in shares.items() if share >= LEAST_SHARE),
        key=lambda code: (-round(shares[code], 3), code),
    )
    same = next((row for row in shapes if row.code == before.code and row.code in became), None)
    moved = shapes[same].symmetric_difference(old).area / old.area if same else 1.0
    return What(same, tuple(became), moved > LEAST_SHARE)
