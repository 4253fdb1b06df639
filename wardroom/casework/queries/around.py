"""A place or an area on one page: what is open, what came back, and what 311 was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework import policy
from wardroom.casework.models import Issue
from wardroom.city.queries import (
    AreaRow,
    GroundHere,
    PlaceRow,
    area_point,
    area_row,
    ground_at,
    place_row,
    places_in,
    places_near,
)
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.service_requests.queries import RequestFilters, requests_counted
from wardroom.service_requests.rules import KINDS

NEAR_METRES = 100.0
MOST_NEAR, MOST_BACK, MOST_DRAWN = 200, 10, 500
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class OpenHere:
    """An open matter, and how far from the place it is; ``metres`` is none within an area."""

    matter_id: int
    kind: str
    title: str
    place_label: str
    owner_name: str
    next_on: date | None
    next_step: str
    latitude: float | None
    longitude: float | None
    metres: int | None = None


@dataclass(frozen=True)
class CameBack:
    """A matter that was closed and came back, and the matter it came back as."""

    matter_id: int
    kind: str
    title: str
    closed_on: date | None
    came_back_on: date
    again_id: int | None


@dataclass(frozen=True)
class RequestsHere:
    """How many 311 requests were opened here since a day; ``whole`` unless reach hides some."""

    count: int
    since: date
    whole: bool


@dataclass(frozen=True)
class PlaceFile:
    """One place with what is open there and around, its past, its ground and its neighbors."""

    place: PlaceRow
    ground: GroundHere | None
    open: tuple[OpenHere, ...]
    back: tuple[CameBack, ...]
    requests: RequestsHere
    near: tuple[PlaceRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class AreaFile:
    """One area with what came back there; what is open has pages of its own.

    ``requests`` is empty where 311 requests are not placed in areas of this kind, and
    ``point`` where the area is no single piece of ground.
    """

    area: AreaRow
    back: tuple[CameBack, ...]
    requests: RequestsHere | None
    point: tuple[float, float] | None
    allowed: frozenset[str]


def place_file(place_id: int, actor: Actor, *, at: datetime) -> PlaceFile:
    """One place with all that belongs to it; `NotFound` out of reach and for partners."""
    today = localdate(at)
    place = _place(place_id, actor, today)
    near = _near(place, actor, today)
    asked = RequestFilters(place=place_id, opened_from=today - YEAR)
    return PlaceFile(
        place=place,
        ground=ground_at(place.latitude, place.longitude, today)
        if place.latitude is not None and place.longitude is not None
        else None,
        open=_open_at(near, actor),
        back=_came_back(Q(place_id=place_id), actor),
        requests=_requests(actor, asked, today),
        near=tuple(row for row in near if row.place_id != place_id),
        timeline=timeline(actor, refs=[Ref("place", str(place_id))]),
        allowed=_allowed(actor),
    )


def open_around(place_id: int, actor: Actor, *, at: datetime) -> tuple[OpenHere, ...]:
    """What is open at a place and within 100 meters of it; `NotFound` out of reach."""
    today = localdate(at)
    return _open_at(_near(_place(place_id, actor, today), actor, today), actor)


def area_file(kind: str, key: str, actor: Actor, *, at: datetime) -> AreaFile:
    """One area of the city with what came back in it; staff only."""
    today = localdate(at)
    area = _area(kind, key, actor, today)
    asked = RequestFilters(area=f"{kind}:{area.code}", opened_from=today - YEAR)
    if kind == "ward":
        asked = RequestFilters(ward=area.code, opened_from=today - YEAR)
    return AreaFile(
        area=area,
        back=_came_back(places_in(area), actor),
        requests=_requests(actor, asked, today) if kind in KINDS else None,
        point=area_point(area),
        allowed=_allowed(actor),
    )


def open_within(kind: str, key: str, actor: Actor, *, at: datetime) -> tuple[OpenHere, ...]:
    """What is open in an area, for its map, the soonest first; staff only."""
    area = _area(kind, key, actor, localdate(at))
    rows = _seen(actor).filter(places_in(area), state="open", place__latitude__isnull=False)
    chosen = rows.select_related("owner", "place").order_by("next_on", "id")[:MOST_DRAWN]
    return tuple(_open_row(matter) for matter in chosen)


def _place(place_id: int, actor: Actor, today: date) -> PlaceRow:
    row = place_row(actor, place_id, on=today)
    if row is None or not _in_reach(actor, row):
        raise NotFound(f"no place {place_id}")
    return row


def _area(kind: str, key: str, actor: Actor, today: date) -> AreaRow:
    if not actor.is_staff:
        raise NotFound(f"no {kind} {key}")
    return area_row(kind, key, on=today)


def _in_reach(actor: Actor, row: PlaceRow) -> bool:
    return actor.reach.city or not row.ward_code or row.ward_code in actor.reach.wards


def _near(place: PlaceRow, actor: Actor, today: date) -> tuple[PlaceRow, ...]:
    """The place itself and the known places around it that are within reach, nearest first."""
    here = replace(place, metres=0.0)
    if place.latitude is None or place.longitude is None:
        return (here,)
    point = (place.latitude, place.longitude)
    found = places_near(actor, *point, on=today, metres=NEAR_METRES, limit=MOST_NEAR)
    others = (p for p in found if p.place_id != place.place_id and _in_reach(actor, p))
    return (here, *others)


def _open_at(near: Iterable[PlaceRow], actor: Actor) -> tuple[OpenHere, ...]:
    away = {row.place_id: round(row.metres or 0.0) for row in near if row.place_id is not None}
    rows = _seen(actor).filter(place_id__in=away, state="open").select_related("owner", "place")
    made = [_open_row(matter, away[matter.place_id or 0]) for matter in rows.order_by("id")]
    return tuple(sorted(made, key=lambda row: (row.metres or 0, row.next_on or date.max)))


def _open_row(matter: Matter, metres: int | None = None) -> OpenHere:
    place = matter.place
    return OpenHere(
        matter_id=matter.pk,
        kind=matter.kind,
        title=matter.title,
        place_label=place.label if place else "",
        owner_name=matter.owner.name,
        next_on=matter.next_on,
        next_step=matter.next_step,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        metres=metres,
    )


def _came_back(where: Q, actor: Actor) -> tuple[CameBack, ...]:
    """The last matters there that came back; the return that counted is named where it is seen."""
    rows = _seen(actor).filter(where, came_back_at__isnull=False)
    found = list(rows.order_by("-came_back_at", "-id")[:MOST_BACK])
    again = _counted_returns(found, actor)
    return tuple(
        CameBack(
            matter_id=matter.pk,
            kind=matter.kind,
            title=matter.title,
            closed_on=localdate(matter.closed_at) if matter.closed_at else None,
            came_back_on=localdate(matter.came_back_at),
            again_id=again.get(matter.pk),
        )
        for matter in found
    )


def _counted_returns(found: Iterable[Matter], actor: Actor) -> dict[int, int]:
    """By each matter the return that was opened when it came back, not a later one beside it."""
    back_at = {matter.pk: matter.came_back_at for matter in found if matter.came_back_at}
    returns = Issue.objects.filter(return_of__in=back_at)
    returns = returns.annotate(seen=Q(matter__in=_seen(actor).values("pk")))
    rows = returns.values_list("return_of_id", "matter_id", "matter__opened_at", "seen")
    nearest: dict[int, tuple[timedelta, int, bool]] = {}
    for former, again, opened_at, seen in rows:
        here = (abs(opened_at - back_at[former]), again, seen)
        nearest[former] = min(here, nearest.get(former, here))
    return {former: again for former, (_, again, seen) in nearest.items() if seen}


def _requests(actor: Actor, asked: RequestFilters, today: date) -> RequestsHere:
    return RequestsHere(requests_counted(actor, asked), today - YEAR, whole=actor.reach.city)


def _seen(actor: Actor) -> QuerySet[Matter]:
    return Matter.objects.within(matters_policy.reach_inside(actor))


def _allowed(actor: Actor) -> frozenset[str]:
    return frozenset({"take_complaint"} if policy.may_take_complaint(actor, None) else ())
