"""What the city's own system says, limited to the asker's wards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.access.queries.lists import part_of
from wardroom.city.models import District, Place
from wardroom.city.rules import address_key, corner_both_ways, corner_plainly, normal_address
from wardroom.directory.models import Service
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import After
from wardroom.service_requests import policy
from wardroom.service_requests.models import (
    Feed,
    RequestQuerySet,
    ServiceRequest,
)
from wardroom.service_requests.rules import KINDS, LIVE, NOT_MEASURED, OPEN, STANDINGS

PAGE, FEW, LONGEST_NUMBER = 25, 5, 40
SORTS = {
    "opened": "opened_at",
    "closed": "closed_at",
    "due": "due_at",
    "service": "service__name",
    "status": "status",
    "address": "address",
    "agency": "agency_code",
}


@dataclass(frozen=True)
class RequestRow:
    """A service request as lists show it."""

    id: int
    external_id: str
    service_name: str
    agency_code: str
    status: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    address: str
    ward_code: str
    place_key: int | None


@dataclass(frozen=True)
class RequestFilters:
    """Which requests are wanted; days are the city's, the last day included.

    ``place`` is a place that the office has noted, by its number; ``area`` an ANC or SMD, such
    as ``anc:5D``. With ``as_of`` every span ends there at the latest. ``standing`` is
    unfinished, for requests still open at that instant, measured, for those that count as
    on time or late, or a word of `RequestQuerySet.standing`.
    """

    place_key: int | None = None
    place: int | None = None
    ward: str | None = None
    area: str | None = None
    topic: str | None = None
    service: str | None = None
    agency: str | None = None
    status: str | None = None
    opened_from: date | None = None
    opened_until: date | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    due_from: date | None = None
    due_until: date | None = None
    standing: str | None = None
    as_of: datetime | None = None


@dataclass(frozen=True)
class RequestPage:
    """One page of requests."""

    rows: tuple[RequestRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    following: After | None = None


@dataclass(frozen=True)
class ClosedSpot:
    """Where and when a request was closed, for somebody who is to look without knowing more."""

    place_key: int
    address: str
    latitude: float
    longitude: float
    ward_code: str
    agency_code: str
    closed_at: datetime


@dataclass(frozen=True)
class StatusLine:
    """A change of status that the feed showed."""

    before: str
    after: str
    seen_at: datetime


@dataclass(frozen=True)
class RequestFile:
    """Everything we mirror of one request."""

    row: RequestRow
    status_given: str
    zip_code: str
    anc: str
    smd: str
    ward_given: str
    priority: str
    calls: int
    channel: str
    parent_id_given: str
    feed_name: str
    latitude: float | None
    longitude: float | None
    changes: tuple[StatusLine, ...]
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class _Days:
    """The city's days as instants."""

    zone: str = field(default_factory=lambda: settings.TIME_ZONE)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def start(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone)

    def end(self, day: date) -> datetime:
        return self.start(day + timedelta(days=1))


def requests_behind(
    actor: Actor,
    filters: RequestFilters = RequestFilters(),
    *,
    sort: str = "-opened",
    page: int | After = 1,
) -> RequestPage:
    """The requests behind a number, newest first unless said otherwise, 25 a page."""
    rows = matching(ServiceRequest.objects.within(policy.reach(actor)), filters)
    name = sort.removeprefix("-")
    if name not in SORTS:
        sort, name = "-opened", "opened"
    order = ("-" if sort.startswith("-") else "") + SORTS[name]
    told = rows.select_related("service")
    part = part_of(rows, (order, "-id"), page=page, size=PAGE, shown=told)
    shown = tuple(_row(row) for row in part.rows)
    return RequestPage(shown, part.total, part.page, part.pages, sort, part.following)


def matching(rows: RequestQuerySet, filters: RequestFilters) -> RequestQuerySet:
    """The rows that the filters let through; the one place that says what each filter means."""
    days = _Days()
    f = filters
    equal = {
        "place_key": f.place_key,
        "ward_code": f.ward,
        "agency_code": f.agency,
        "service__code": f.service,
    }
    rows = rows.filter(**{k: v for k, v in equal.items() if v not in (None, "")})
    if f.topic:
        in_topic = Service.objects.filter(topic_service__topic__code=f.topic).values("pk")
        rows = rows.filter(service__in=in_topic)
    if f.place is not None:
        rows = rows.filter(place_key__in=_keys_of(f.place))
    if f.area:
        rows = rows.filter(_in_area(f.area))
    if f.status == "open":
        rows = rows.filter(status__in=OPEN)
    elif f.status == "live":
        rows = rows.filter(status__in=sorted(LIVE))
    elif f.status:
        rows = rows.filter(status=f.status)
    spans: Mapping[str, tuple[date | None, date | None]] = {
        "opened_at": (f.opened_from, f.opened_until),
        "closed_at": (f.closed_from, f.closed_until),
        "due_at": (f.due_from, f.due_until),
    }
    for column, (first, last) in spans.items():
        if first:
            rows = rows.filter(**{f"{column}__gte": days.start(first)})
        if last:
            rows = rows.filter(**{f"{column}__lt": days.end(last)})
        if f.as_of and (first or last):
            rows = rows.filter(**{f"{column}__lt": f.as_of})
    if f.standing == "measured":
        rows = rows.exclude(status__in=NOT_MEASURED)
    if f.standing == "unfinished" and f.as_of:
        rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=f.as_of))
        rows = rows.filter(opened_at__lt=f.as_of, status__in=(*OPEN, "closed"))
    if f.standing and f.standing in STANDINGS and f.as_of:
        rows = rows.standing(f.standing, at=f.as_of)
    return rows


def requests_counted(actor: Actor, filters: RequestFilters) -> int:
    """How many requests within reach the filters let through."""
    return matching(ServiceRequest.objects.within(policy.reach(actor)), filters).count()


def closed_in(actor: Actor, filters: RequestFilters) -> list[tuple[int, str, int]]:
    """Number, ward and service of each closed request within reach that lies somewhere."""
    rows = matching(ServiceRequest.objects.within(policy.reach(actor)), filters)
    rows = rows.filter(status="closed", latitude__isnull=False, place_key__isnull=False)
    rows = rows.exclude(ward_code="").exclude(service__test_only=True).order_by("pk")
    return list(rows.values_list("pk", "ward_code", "service_id"))


def closed_spots(actor: Actor, ids: Iterable[int]) -> Mapping[int, ClosedSpot]:
    """Where these closed requests lie and when they were closed; nothing of what came of them."""
    rows = ServiceRequest.objects.within(policy.reach(actor)).filter(pk__among=list(ids))
    shown = rows.only("pk", *(f for f in ClosedSpot.__annotations__)).order_by("pk")
    return {
        r.pk: ClosedSpot(
            r.place_key, r.address, r.latitude, r.longitude, r.ward_code, r.agency_code, r.closed_at
        )
        for r in shown
    }


def _keys_of(place_id: int) -> tuple[int, ...]:
    """The keys under which requests point to a noted place.

    Its own, and those of the city's address ids that go with the same words.
    """
    place = Place.objects.filter(pk=place_id).only("key", "label").first()
    if place is None:
        return ()
    written = {place.label.upper(), normal_address(place.label)[1]}
    same = ServiceRequest.objects.filter(address__in=written, address_id__isnull=False)
    keys = same.order_by().values_list("place_key", flat=True).distinct()[:FEW]
    return (place.key, *(key for key in keys if key is not None))


def _in_area(area: str) -> Q:
    """The requests of an ANC or SMD; none for any other kind of area."""
    kind, _, code = area.partition(":")
    if kind not in KINDS:
        return Q(pk__in=())
    found = District.objects.filter(boundary_set__kind=kind, code__iexact=code)
    return Q(**{f"{kind}__in": list(found.order_by("pk").values_list("pk", flat=True))})


def request_file(request_id: int, actor: Actor) -> RequestFile:
    """One request with the history of its status; `NotFound` out of reach."""
    rows = ServiceRequest.objects.within(policy.reach(actor))
    r = (
        rows.select_related("service", "feed", "anc", "smd", "first_run", "last_run")
        .filter(pk=request_id)
        .first()
    )
    if r is None:
        raise NotFound(f"no request {request_id}")
    changes = r.status_changes.order_by("seen_at", "pk")
    return RequestFile(
        row=_row(r),
        status_given=r.status_given,
        zip_code=r.zip_code,
        anc=r.anc.code if r.anc else "",
        smd=r.smd.code if r.smd else "",
        ward_given=r.ward_given,
        priority=r.priority,
        calls=r.calls,
        channel=r.channel,
        parent_id_given=r.parent_id_given,
        feed_name=r.feed.name,
        latitude=r.latitude,
        longitude=r.longitude,
        changes=tuple(StatusLine(c.before, c.after, c.seen_at) for c in changes),
        first_seen_at=r.first_run.started_at,
        last_seen_at=r.last_run.started_at,
    )


def requests_numbered(actor: Actor, number: str) -> tuple[RequestRow, ...]:
    """The requests within reach that bear exactly this number in the city's own system."""
    if not number or len(number) > LONGEST_NUMBER:
        return ()
    rows = ServiceRequest.objects.within(policy.reach(actor)).select_related("service")
    rows = rows.filter(feed__in=Feed.objects.all(), external_id=number)
    return tuple(_row(r) for r in rows.order_by("pk")[:FEW])


def requests_wait_for(kind: str) -> bool:
    """Whether any request has a point and no district of a kind that requests are placed in."""
    if kind not in KINDS:
        return False
    waiting = ServiceRequest.objects.filter(latitude__isnull=False)
    return waiting.filter(**{f"{kind}__isnull": True}).exists()


def _row(r: ServiceRequest) -> RequestRow:
    return RequestRow(
        id=r.pk,
        external_id=r.external_id,
        service_name=r.service.name,
        agency_code=r.agency_code,
        status=r.status,
        opened_at=r.opened_at,
        closed_at=r.closed_at,
        due_at=r.due_at,
        address=r.address,
        ward_code=r.ward_code,
        place_key=r.place_key,
    )


def address_reported(actor: Actor, typed: str) -> tuple[str, float, float] | None:
    """A typed address as 311 requests within reach know it, with its point.

    Found by the key of the address as it is written, or, where the city files it under an id
    of its own, by its words; both have an index.
    """
    typed = corner_plainly(typed)
    key = address_key(typed)
    if key is None:
        return None
    seen = ServiceRequest.objects.within(policy.reach(actor)).filter(latitude__isnull=False)
    spelled = {" ".join(typed.upper().split()), normal_address(typed)[1]}
    spelled |= set(corner_both_ways(typed))
    row = _latest(seen.filter(place_key=key)) or _latest(
        seen.filter(address__in=spelled, address_id__isnull=False)
    )
    if row is None or row.latitude is None or row.longitude is None:
        return None
    return row.address, row.latitude, row.longitude


def _latest(rows: RequestQuerySet) -> ServiceRequest | None:
    columns = ("address", "latitude", "longitude")
    row: ServiceRequest | None = rows.only(*columns).order_by("-opened_at").first()
    return row
