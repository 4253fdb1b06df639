"""In which order to walk: the stops of a round, and what is to be looked at in a ward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from wardroom.access.actor import Actor
from wardroom.analysis.plane import Plane
from wardroom.analysis.short_walks import short_walk
from wardroom.fieldwork.queries.walks import PlacesToWalk, places_to_walk, with_legs
from wardroom.fieldwork.rules import MOST_STOPS

Point = tuple[float, float]


def walking_order(points: Sequence[Point], *, start: int | None = None) -> list[int]:
    """The order in which to walk past some points, given as latitude and longitude.

    ``start`` is the one to begin at, or any. A page and its map ask for the same order.
    """
    return list(_order(tuple(points), start)) if points else []


@lru_cache(maxsize=64)
def _order(points: tuple[Point, ...], start: int | None) -> tuple[int, ...]:
    latitude, longitude = np.array(points, dtype=np.float64).T
    x, y = Plane.around(longitude, latitude).metres(longitude, latitude)
    return tuple(short_walk(x.tolist(), y.tolist(), start=start))


def walks_of(points: Sequence[Point]) -> list[list[int]]:
    """The same for any number of points: walks of at most forty stops, side by side."""
    if not points:
        return []
    spots = np.array(points, dtype=np.float64)
    many = -(-len(points) // MOST_STOPS)
    across = int(np.ptp(spots, axis=0).argmax())
    parts = np.array_split(np.argsort(spots[:, across], kind="stable"), many)
    return [[int(part[n]) for n in walking_order([points[i] for i in part])] for part in parts]


def places_in_order(
    actor: Actor, *, on: date, ward: str | None = None, due: bool = False
) -> PlacesToWalk:
    """What is to be looked at in a ward, in the order of a walk past it."""
    found = places_to_walk(actor, on=on, ward=ward, due=due)
    order = walking_order([(stop.latitude, stop.longitude) for stop in found.stops])
    return with_legs(found, order)
