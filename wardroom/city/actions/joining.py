"""Which districts places lie in: computed from the point, kept with the boundary's version."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from wardroom.city.models import BoundarySet, Membership, Place
from wardroom.city.queries import districts_at_in, index_of
from wardroom.city.rules import GROUND, has_point


def join_places(places: Iterable[Place], *, sets: Iterable[BoundarySet]) -> None:
    """Keep the district of each place in each of these versions; no point, no district."""
    rows = [p for p in places if has_point(p.latitude, p.longitude)]
    if not rows:
        return
    lon = np.array([p.longitude for p in rows], dtype=np.float64)
    lat = np.array([p.latitude for p in rows], dtype=np.float64)
    if len(rows) == 1:
        _join_one(rows[0], sets)
        return
    around = (lon.min(), lat.min(), lon.max(), lat.max())
    for each in sets:
        if each.kind == GROUND:
            continue
        found = index_of(each, around=around)
        numbers = found.index.locate(lon, lat)
        Membership.objects.bulk_create(
            (
                Membership(place=rows[i], district_id=int(found.district_ids[numbers[i]]))
                for i in np.flatnonzero(numbers >= 0)
            ),
            ignore_conflicts=True,
            batch_size=5000,
        )


def _join_one(place: Place, sets: Iterable[BoundarySet]) -> None:
    """The same for one place: every version is read at once, and kept at once."""
    if place.latitude is None or place.longitude is None:
        return
    found = districts_at_in(sets, place.latitude, place.longitude)
    Membership.objects.bulk_create(
        (Membership(place=place, district=district) for district in found), ignore_conflicts=True
    )
