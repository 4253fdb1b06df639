"""What the city's own 311 system says of a number: the place, the topic, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.city.models import Place
from wardroom.city.queries import PlaceRow, codes_at
from wardroom.city.rules import address_key
from wardroom.library.models import TopicService
from wardroom.service_requests import policy
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import address_reported

MIRRORED = "311"


@dataclass(frozen=True)
class MirroredRequest:
    """A 311 request that a caller names, as we last saw it."""

    request_id: int
    number: str
    service_name: str
    agency_code: str
    status: str
    opened_on: date
    topic_code: str
    topic_name: str
    place_id: int | None
    point: tuple[float, float] | None
    address: str

    @property
    def sentence(self) -> str:
        """What is written down where a caller gave the number and no words of their own."""
        return f"311 number {self.number}: {self.service_name}."


def mirrored_request(actor: Actor, number: str) -> MirroredRequest | None:
    """The request of this number within reach; none where there is none, or for partners."""
    number = " ".join(number.split())[:40]
    if not number:
        return None
    rows = ServiceRequest.objects.within(policy.reach(actor)).select_related("service")
    row = rows.filter(external_id__in={number, number.upper()}).order_by("-opened_at", "pk").first()
    if row is None:
        return None
    under = TopicService.objects.filter(service_id=row.service_id).select_related("topic").first()
    place = Place.objects.filter(key=row.place_key).only("pk").first() if row.place_key else None
    has_point = row.latitude is not None and row.longitude is not None
    return MirroredRequest(
        request_id=row.pk,
        number=row.external_id,
        service_name=row.service.name,
        agency_code=row.agency_code,
        status=row.status,
        opened_on=localdate(row.opened_at),
        topic_code=under.topic.code if under and not under.topic.routine else "",
        topic_name=under.topic.name if under and not under.topic.routine else "",
        place_id=place.pk if place else None,
        point=(row.latitude, row.longitude) if has_point else None,
        address=row.address,
    )


def mirrored_place(actor: Actor, typed: str, *, on: date) -> PlaceRow | None:
    """The place of a typed address that only 311 requests within reach know, with their point."""
    key = address_key(typed)
    if key is None or Place.objects.filter(key=key).exists():
        return None
    found = address_reported(actor, typed)
    return _as_place(*found, on) if found is not None else None


def place_of_request(request: MirroredRequest, *, on: date) -> PlaceRow | None:
    """The point of a 311 request as a place to choose, where nobody has noted its place yet."""
    if request.point is None or request.place_id is not None:
        return None
    return _as_place(request.address or f"311 number {request.number}", *request.point, on)


def _as_place(
    label: str, latitude: float | None, longitude: float | None, on: date
) -> PlaceRow | None:
    if latitude is None or longitude is None:
        return None
    codes = codes_at(latitude, longitude, on)
    ward, anc, smd = (codes.get(kind, "") for kind in ("ward", "anc", "smd"))
    return PlaceRow(None, label, MIRRORED, latitude, longitude, ward, anc, smd)
