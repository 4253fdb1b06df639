"""What is known already while somebody is still talking: the place, the people, the ground."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework import policy, rules
from wardroom.casework.models import Complaint
from wardroom.casework.queries.callers import known_callers
from wardroom.casework.queries.mirrored import (
    MirroredRequest,
    mirrored_place,
    mirrored_request,
    place_of_request,
)
from wardroom.city.models import Place
from wardroom.city.queries import (
    GroundHere,
    PlaceRow,
    PlacesFound,
    find_places,
    ground_at,
    place_at,
    place_if_known,
    places_near,
    row_of_place,
)
from wardroom.directory.queries import PersonHint
from wardroom.library.queries import ExpectedRow, TopicRow, promise_that_applies, topics
from wardroom.library.rules import topics_spoken_of
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
    """A matter at the place or within 100 meters of it."""

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
class SpotMeant:
    """The place and the 311 request that whoever takes a complaint in means.

    ``known`` is the place itself where its number was given.
    """

    place: PlaceRow | None
    known: Place | None
    found: PlacesFound
    outside: str
    request: MirroredRequest | None
    unknown_number: str


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
    outside: str
    request: MirroredRequest | None
    unknown_number: str
    topics: tuple[TopicRow, ...]
    expected: ExpectedRow | None

    @property
    def other_callers(self) -> tuple[CallerRow, ...]:
        """Who called from here before and is not suggested by telephone, address or name."""
        hinted = {row.party_id for row in self.people}
        once = {row.party_id or row.name: row for row in reversed(self.callers)}
        return tuple(r for r in reversed(once.values()) if r.party_id not in hinted)

    @property
    def asks_who(self) -> bool:
        """Whether somebody has the same telephone or address, so that nothing is taken as said."""
        return any(row.found_by_channel for row in self.people)

    @property
    def sure_of(self) -> int | None:
        """The one known person of this name and telephone or address; none where several are."""
        sure = [row.party_id for row in self.people if row.sure]
        return sure[0] if len(sure) == 1 else None

    @property
    def open_near(self) -> tuple[NearRow, ...]:
        """The issues among them that are open."""
        return tuple(row for row in self.near if row.state == "open")


def known_here(
    actor: Actor,
    *,
    at: datetime,
    place_text: str = "",
    place_id: int | None = None,
    point: tuple[float, float] | None = None,
    label: str = "",
    said: str = "",
    topic_code: str = "",
    request_number: str = "",
    name: str = "",
    phone: str = "",
    email: str = "",
) -> KnownHere:
    """What is known of a place and a caller, for whoever takes a complaint in; staff only.

    ``point`` is a place that nobody has noted yet, latitude first, with its ``label``.
    Without a place chosen, it suggests places for what is typed; a 311 number that is known
    stands for its place and its topic. Topics are suggested by the words, never decided.
    """
    today = localdate(at)
    may = policy.may_take_complaint(actor, None)
    spot = spot_meant(
        actor,
        at=at,
        place_text=place_text,
        place_id=place_id,
        point=point,
        label=label,
        request_number=request_number,
    )
    place, request = spot.place, spot.request
    topic_code = topic_code or (request.topic_code if request is not None else "")
    chosen = spot.known
    if chosen is None and place is not None and place.place_id is not None:
        chosen = place_if_known(place.place_id, actor)
    return KnownHere(
        danger=rules.danger_in(said),
        found=spot.found,
        place=place,
        ground=_ground(place, today),
        near=_near(actor, place, today) if place is not None else (),
        callers=_callers(actor, chosen, at) if chosen is not None else (),
        people=known_callers(actor, name=name, phone=phone, email=email) if may else (),
        open_requests=_open_requests(actor, chosen),
        place_key=chosen.key if chosen is not None else None,
        outside=spot.outside,
        request=request,
        unknown_number=spot.unknown_number,
        topics=_topics(said) if may and not topic_code else (),
        expected=promise_that_applies(topic_code, at) if may and topic_code else None,
    )


def spot_meant(
    actor: Actor,
    *,
    at: datetime,
    place_text: str = "",
    place_id: int | None = None,
    point: tuple[float, float] | None = None,
    label: str = "",
    request_number: str = "",
    districts: bool = True,
) -> SpotMeant:
    """The place that is meant by what was picked, typed, or said by the 311 number; staff only.

    Without ``districts`` nobody asks in which of them a known place lies.
    """
    today = localdate(at)
    may = policy.may_take_complaint(actor, None)
    outside = ""
    number = " ".join(request_number.split())
    request = mirrored_request(actor, number) if may else None
    if request is not None and place_id is None and point is None and not place_text.strip():
        place_id, point, label = request.place_id, request.point, request.address
    day = today if districts else None
    known = place_if_known(place_id, actor) if may and place_id is not None else None
    place = row_of_place(known, on=day) if known is not None else None
    if may and place is None and point is not None:
        found_at = place_at(actor, *point, on=today)
        here, outside = found_at.place, "" if found_at.is_inside else found_at.sentence
        place = here if here.place_id is not None else replace(here, label=label or here.label)
    found = PlacesFound(())
    if may and place is None and place_text.strip():
        found = find_places(actor, place_text, on=today)
        place = _exactly(found, place_text)
        if place is None:
            found = _with_mirrored(actor, found, place_text, request, today)
        found = PlacesFound(()) if place is not None else found
    unknown = number if may and request is None else ""
    return SpotMeant(place, known, found, outside, request, unknown)


def _topics(said: str) -> tuple[TopicRow, ...]:
    """The topics that the words hint at; what people order is no trouble."""
    codes = topics_spoken_of(said)
    if not codes:
        return ()
    known = {row.code: row for row in topics() if not row.routine}
    return tuple(known[code] for code in codes if code in known)


def _with_mirrored(
    actor: Actor, found: PlacesFound, typed: str, request: MirroredRequest | None, on: date
) -> PlacesFound:
    """What was found, and first the points that only the 311 requests know."""
    rows = [mirrored_place(actor, typed, on=on)]
    rows += [place_of_request(request, on=on)] if request is not None else []
    known = {row.label.casefold() for row in found.rows if row.place_id}
    new = {
        row.label.casefold(): row
        for row in rows
        if row is not None and row.label.casefold() not in known
    }
    return replace(found, rows=(*new.values(), *found.rows))


def _exactly(found: PlacesFound, typed: str) -> PlaceRow | None:
    """The one known place whose name was typed in full."""
    words = " ".join(typed.split()).casefold()
    same = [r for r in found.rows if r.place_id is not None and r.label.casefold() == words]
    return same[0] if len(same) == 1 else None


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
            name=c.who,
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
