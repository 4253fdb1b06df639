"""What is known already while somebody is still talking: the place, the people, the ground."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.actions.intake import reporter_name
from wardroom.casework.models import Complaint
from wardroom.casework.queries.people import seen_party_ids
from wardroom.city.models import Place
from wardroom.city.queries import (
    GroundHere,
    PlaceRow,
    PlacesFound,
    find_places,
    ground_at,
    place_at,
    place_row,
    places_near,
)
from wardroom.directory.queries import PersonHint, people_like
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.service_requests import policy as requests_policy
from wardroom.service_requests.models import ServiceRequest

NEAR_METRES = 100.0
FEW = 6
YEAR = timedelta(days=366)
UNFINISHED = ("open", "in_progress")


@dataclass(frozen=True)
class NearRow:
    """A matter at the place or within 100 metres of it."""

    matter_id: int
    kind: str
    title: str
    state: str
    place_label: str
    metres: int
    on: date
    same_place: bool


@dataclass(frozen=True)
class CallerRow:
    """Somebody who reported something at this place before."""

    name: str
    party_id: int | None
    said: str
    on: date
    matter_id: int


@dataclass(frozen=True)
class KnownHere:
    """All that the intake can say before the form is long."""

    danger: str
    found: PlacesFound
    place: PlaceRow | None
    ground: GroundHere | None
    near: tuple[NearRow, ...]
    callers: tuple[CallerRow, ...]
    people: tuple[PersonHint, ...]
    open_requests: int
    place_key: int | None


def known_here(
    actor: Actor,
    *,
    at: datetime,
    place_text: str = "",
    place_id: int | None = None,
    point: tuple[float, float] | None = None,
    label: str = "",
    said: str = "",
    name: str = "",
    phone: str = "",
    email: str = "",
) -> KnownHere:
    """What is known of a place and a caller, for whoever takes a complaint in; staff only.

    ``point`` is a place that nobody has noted yet, latitude first, with its ``label``.
    Without a place chosen, it suggests places for what is typed.
    """
    today = localdate(at)
    may = policy.may_take_complaint(actor, None)
    place = place_row(actor, place_id, on=today) if may and place_id is not None else None
    if may and point is not None:
        here = place_at(actor, *point, on=today).place
        place = here if here.place_id is not None else replace(here, label=label or here.label)
    known = place.place_id if place is not None else None
    chosen = Place.objects.filter(pk=known).first() if known is not None else None
    found = PlacesFound(())
    if may and place is None and place_text.strip():
        found = find_places(actor, place_text, on=today)
    return KnownHere(
        danger=rules.danger_in(said),
        found=found,
        place=place,
        ground=_ground(place, today),
        near=_near(actor, place, today) if place is not None else (),
        callers=_callers(actor, chosen, at) if chosen is not None else (),
        people=_people(actor, name, phone, email) if may else (),
        open_requests=_open_requests(actor, chosen),
        place_key=chosen.key if chosen is not None else None,
    )


def _people(actor: Actor, name: str, phone: str, email: str) -> tuple[PersonHint, ...]:
    """Who the caller may be, of those whom the actor may see at all."""
    hints = people_like(actor, name=name, phone=phone, email=email)
    seen = seen_party_ids(actor, [hint.party_id for hint in hints])
    return tuple(hint for hint in hints if hint.party_id in seen)


def _ground(place: PlaceRow | None, today: date) -> GroundHere | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return ground_at(place.latitude, place.longitude, today)


def _near(actor: Actor, place: PlaceRow, today: date) -> tuple[NearRow, ...]:
    away = {place.place_id: 0.0} if place.place_id is not None else {}
    if place.latitude is not None and place.longitude is not None:
        rows = places_near(
            actor, place.latitude, place.longitude, metres=NEAR_METRES, on=today, limit=200
        )
        away |= {r.place_id: r.metres or 0.0 for r in rows if r.place_id is not None}
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(place_id__in=away)
    recent = list(seen.filter(merged_into=None).select_related("place").order_by("-id")[:60])
    made = [
        NearRow(
            matter_id=m.pk,
            kind=m.kind,
            title=m.title,
            state=m.state,
            place_label=m.place.label if m.place else "",
            metres=round(away.get(m.place_id or 0, 0.0)),
            on=localdate(m.closed_at or m.opened_at),
            same_place=m.place_id == place.place_id,
        )
        for m in recent
    ]
    made.sort(key=lambda r: (r.state != "open", r.metres, -r.on.toordinal()))
    return tuple(made[:FEW])


def _callers(actor: Actor, place: Place, at: datetime) -> tuple[CallerRow, ...]:
    rows = Complaint.objects.within(policy.reach(actor)).filter(
        matter__place=place, received_at__gte=at - YEAR
    )
    return tuple(
        CallerRow(
            name=reporter_name(c),
            party_id=c.reporter_id,
            said=c.said[:140],
            on=localdate(c.received_at),
            matter_id=c.matter_id,
        )
        for c in rows.select_related("reporter").order_by("-received_at")[:FEW]
    )


def _open_requests(actor: Actor, place: Place | None) -> int:
    if place is None:
        return 0
    rows = ServiceRequest.objects.within(requests_policy.reach(actor))
    return rows.filter(place_key=place.key, status__in=UNFINISHED).count()
