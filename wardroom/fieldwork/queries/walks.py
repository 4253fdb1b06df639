"""What is to be looked at in a ward: open persistent locations, and issues said to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.db.models import F, Q

from wardroom.access.actor import Actor
from wardroom.city.rules import metres_between
from wardroom.fieldwork.rules import DETOUR, MOST_STOPS
from wardroom.matters.models import Matter
from wardroom.matters.policy import reach_inside
from wardroom.matters.rules.steps import LOOK


@dataclass(frozen=True)
class PlaceToWalk:
    """One matter whose place somebody should pass; ``leg`` is the way there in meters."""

    matter_id: int
    kind: str
    title: str
    label: str
    ward_code: str
    next_on: date | None
    next_step: str
    latitude: float
    longitude: float
    leg: float = 0.0


@dataclass(frozen=True)
class PlacesToWalk:
    """At most forty of them, of so many."""

    stops: tuple[PlaceToWalk, ...]
    total: int
    metres: float = 0.0


def places_to_walk(
    actor: Actor, *, on: date, ward: str | None = None, due: bool = False
) -> PlacesToWalk:
    """Open locations and issues that wait for a look, the soonest next date first.

    With ``due`` those alone whose next date has come.
    """
    rows = Matter.objects.within(reach_inside(actor)).filter(
        state="open", place__latitude__isnull=False
    )
    if ward:
        rows = rows.filter(ward_code=ward)
    if due:
        rows = rows.filter(next_on__lte=on)
    located = Q(kind="persistent_location")
    parts = (rows.filter(located), rows.filter(~located, next_step=LOOK))
    shown = Matter.objects.annotate(
        label=F("place__label"), latitude=F("place__latitude"), longitude=F("place__longitude")
    ).page_of(parts, ("next_on", "pk"), start=0, size=MOST_STOPS)
    stops = tuple(
        PlaceToWalk(
            matter_id=m.pk,
            kind=m.kind,
            title=m.title,
            label=m.label,
            ward_code=m.ward_code,
            next_on=m.next_on,
            next_step=m.next_step,
            latitude=m.latitude,
            longitude=m.longitude,
        )
        for m in shown
    )
    total = len(stops) if len(stops) < MOST_STOPS else sum(part.count() for part in parts)
    return PlacesToWalk(stops, total)


def with_legs(found: PlacesToWalk, order: Sequence[int]) -> PlacesToWalk:
    """The stops in this order, with the way from each to the next."""
    stops = [found.stops[n] for n in order]
    legs = legs_of([(stop.latitude, stop.longitude) for stop in stops])
    walked = tuple(replace(stop, leg=leg) for stop, leg in zip(stops, legs, strict=True))
    return replace(found, stops=walked, metres=sum(legs))


def legs_of(points: Sequence[tuple[float, float]]) -> list[float]:
    """The way to each stop from the one before in meters, about as streets make it."""
    if not points:
        return []
    ways = (metres_between(*a, *b) * DETOUR for a, b in pairwise(points))
    return [0.0, *ways]
