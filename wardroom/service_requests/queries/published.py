"""The mirror as everybody may read it: the newest requests of a span, a box or a service.

It is read from indexes only, so that five million requests are as quick as fifty thousand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from wardroom.city.rules import to_block
from wardroom.directory.models import Service
from wardroom.kernel.addresses import block_of
from wardroom.service_requests.models import (
    CELLS_A_DEGREE,
    ROW_STEP,
    STILL_OPEN,
    Cell,
    Endpoint,
    Feed,
    ImportRun,
    ServiceRequest,
)

METRES_PER_DEGREE = 111_320.0
# Points are told to the block: three places behind the point, about 100 meters.
BLOCKS_A_DEGREE = 1000
# Beyond so many cells a box is most of the city, and holds what is newest anyway.
MOST_CELLS = 36
NO_CELL = -(10**15)
NO_SERVICE = -1
_ELSEWHERE = Q(
    pk__in=Endpoint.objects.filter(own_codes=True, feed__isnull=False).order_by().values("feed")
)
COLUMNS = (
    "id",
    "external_id",
    "service_id",
    "agency_code",
    "status",
    "status_given",
    "opened_at",
    "closed_at",
    "due_at",
    "edited_at",
    "address",
    "zip_code",
    "latitude",
    "longitude",
    "ward_code",
    "channel",
    "priority",
    "parent_id_given",
)


@dataclass(frozen=True)
class Box:
    """A piece of the map: west, south, east and north; with a circle, what is inside of that."""

    west: float
    south: float
    east: float
    north: float
    circle: tuple[float, float, float] | None = None

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a point is inside."""
        if latitude is None or longitude is None:
            return False
        if not (self.south <= latitude <= self.north and self.west <= longitude <= self.east):
            return False
        if self.circle is None:
            return True
        mid_latitude, mid_longitude, metres = self.circle
        up = (latitude - mid_latitude) * METRES_PER_DEGREE
        across = (longitude - mid_longitude) * METRES_PER_DEGREE
        return math.hypot(up, across * math.cos(math.radians(mid_latitude))) <= metres


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which requests are asked for; what is empty asks for all.

    ``statuses`` are open and closed; ``feeds`` the codes of feeds, ``jurisdictions`` those of
    our own reports. ``words`` all stand in what is public of a request: the name of its service,
    and what an app's user wrote for everybody. ``changed_after`` and ``changed_before`` are
    about when a request was opened, closed or edited last.
    """

    numbers: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    statuses: frozenset[str] = frozenset()
    services: tuple[str, ...] = ()
    agency: str = ""
    box: Box | None = None
    changed_after: datetime | None = None
    changed_before: datetime | None = None
    feeds: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRequest:
    """A request as everybody may read it, mirrored or our own."""

    number: str
    is_open: bool
    notes: str
    service_name: str
    service_code: str
    said: str
    agency: str
    requested_at: datetime
    updated_at: datetime
    expected_at: datetime | None
    address: str
    address_id: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    media_url: str
    look_on: date | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def mirrored_requests(wanted: Wanted, *, most: int) -> list[PublishedRequest]:
    """The newest requests of the mirror that are wanted, so many at most."""
    if wanted.box is not None:
        wanted = replace(wanted, box=to_blocks(wanted.box))
    matching = _matching(wanted)
    ids = None
    if wanted.box is not None and not wanted.numbers:
        ids = _newest_in_cells(matching, wanted.box, most)
    which = matching if ids is None else Q(pk__in=ids)
    return _told(which, most=most)


def _told(which: Q, *, most: int | None = None) -> list[PublishedRequest]:
    rows = ServiceRequest.objects.filter(which).order_by("-opened_at", "-id")
    found = list(rows.values(*COLUMNS)[:most])
    services = _services({row["service_id"] for row in found})
    return [_published(row, services[row["service_id"]]) for row in found]


def to_blocks(box: Box) -> Box:
    """The box of exact points that, to the block, lie in this one; nobody finds a house by it."""
    half = 0.5 / BLOCKS_A_DEGREE
    low = (math.ceil(x * BLOCKS_A_DEGREE) / BLOCKS_A_DEGREE for x in (box.west, box.south))
    high = (math.floor(x * BLOCKS_A_DEGREE) / BLOCKS_A_DEGREE for x in (box.east, box.north))
    (west, south), (east, north) = low, high
    return Box(west - half, south - half, east + half, north + half)


def mirrored_instants(wanted: Wanted, *, most: int) -> list[tuple[datetime, int]]:
    """When the newest of these were opened, and their rows: what a deep page is found by."""
    if wanted.box is not None:
        wanted = replace(wanted, box=to_blocks(wanted.box))
    rows = ServiceRequest.objects.filter(_matching(wanted)).order_by("-opened_at", "-id")
    return list(rows.values_list("opened_at", "pk")[:most])


def mirrored_rows(ids: Sequence[int]) -> list[PublishedRequest]:
    """These requests of the mirror, the newest first."""
    return _told(Q(pk__in=ids))


def _matching(wanted: Wanted) -> Q:
    if wanted.numbers:
        which = Q(feed__in=_feeds(wanted.feeds), external_id__in=wanted.numbers)
        return which & ~Q(service__in=_test_services())
    # Said so, no database takes the feed for the way to find the newest.
    which = ~Q(feed__in=_feeds_beside(wanted.feeds))
    if wanted.since is not None:
        which &= Q(opened_at__gte=wanted.since)
    if wanted.until is not None:
        which &= Q(opened_at__lte=wanted.until)
    if wanted.statuses == {"open"}:
        which &= Q(status__in=STILL_OPEN)
    elif wanted.statuses == {"closed"}:
        which &= ~Q(status__in=STILL_OPEN)
    if wanted.services:
        named = Service.objects.filter(code__in=wanted.services, test_only=False)
        which &= _of_services(named)
    else:
        which &= ~Q(service__in=_test_services())
    if wanted.words:
        which &= _of_services(Service.objects.filter(*(Q(name__icontains=w) for w in wanted.words)))
    if wanted.agency:
        which &= Q(agency_code__iexact=wanted.agency) | Q(
            service__agency__name__iexact=wanted.agency
        )
    if wanted.box is not None:
        which &= _in_box(wanted.box)
    return which & _changed(wanted)


def _of_services(named: QuerySet[Service]) -> Q:
    """The requests of these services; a number that is none, where there are none of them."""
    return Q(service__in=list(named.order_by("pk").values_list("pk", flat=True)) or [NO_SERVICE])


def _changed(wanted: Wanted) -> Q:
    which = Q()
    columns = ("opened_at", "closed_at", "edited_at")
    if wanted.changed_after is not None:
        since = [Q(**{f"{column}__gte": wanted.changed_after}) for column in columns]
        which &= since[0] | since[1] | since[2]
    if wanted.changed_before is not None:
        for column in columns:
            late = Q(**{f"{column}__gt": wanted.changed_before})
            which &= ~late | Q(**{f"{column}__isnull": True})
    return which


def _feeds(codes: Sequence[str]) -> list[int]:
    rows = Feed.objects.filter(code__in=codes) if codes else Feed.objects.exclude(_ELSEWHERE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _feeds_beside(codes: Sequence[str]) -> list[int]:
    """The feeds that are not meant; where none is named, those of other cities' servers.

    A server that speaks of services by the city's own codes is the city's, however it is read.
    """
    rows = Feed.objects.exclude(code__in=codes) if codes else Feed.objects.filter(_ELSEWHERE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _test_services() -> list[int]:
    rows = Service.objects.filter(test_only=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _newest_in_cells(matching: Q, box: Box, most: int) -> list[int] | None:
    """The newest requests in a box, found cell by cell; None where these are too many.

    Each cell gives its own newest few from its index, and the newest of them all are kept.
    """
    cells = _cells(box)
    if len(cells) > MOST_CELLS:
        return None
    if not cells:
        return []
    rows = ServiceRequest.objects.annotate(cell=Cell("latitude", "longitude"))
    inner = rows.filter(matching, cell=NO_CELL).order_by("-opened_at", "-id")
    sql, given = inner.values_list("opened_at", "id")[:most].query.sql_with_params()
    at = given.index(NO_CELL)
    parts = [f"SELECT * FROM ({sql}) AS c{n}" for n, _ in enumerate(cells)]  # noqa: S608
    every = " UNION ALL ".join(parts)
    words = [part for cell in cells for part in (*given[:at], cell, *given[at + 1 :])]
    with connection.cursor() as cursor:
        cursor.execute(f"{every} ORDER BY 1 DESC, 2 DESC LIMIT {int(most)}", words)
        return [row[1] for row in cursor.fetchall()]


def _cells(box: Box) -> list[int]:
    """The cells of a box in which there is anything at all."""
    to_cell = round if connection.vendor == "postgresql" else int
    south, north, west, east = (
        to_cell(max(-180.0, min(180.0, edge)) * CELLS_A_DEGREE)
        for edge in (box.south, box.north, box.west, box.east)
    )
    running = Count("pk", filter=Q(state=ImportRun.State.RUNNING))
    runs = ImportRun.objects.aggregate(last=Max("pk"), running=running)
    known = _read_cells() if runs["running"] else _known_cells(runs["last"] or 0)
    if (north - south + 1) * (east - west + 1) <= len(known):
        wanted = (
            row * ROW_STEP + column
            for row in range(south, north + 1)
            for column in range(west, east + 1)
        )
        return [cell for cell in wanted if cell in known]
    return [cell for cell in known if _is_among(cell, south, north, west, east)]


def _is_among(cell: int, south: int, north: int, west: int, east: int) -> bool:
    row = round(cell / ROW_STEP)
    return south <= row <= north and west <= cell - row * ROW_STEP <= east


@lru_cache(maxsize=4)
def _known_cells(last_run: int) -> frozenset[int]:
    """Every cell with a request in it, as of a reading that has come to its end."""
    return _read_cells()


def _read_cells() -> frozenset[int]:
    """Every cell with a request in it: one look into the index for each."""
    row, column = (f"CAST({x} * {CELLS_A_DEGREE} AS bigint)" for x in ("latitude", "longitude"))
    cell = f"({row} * {ROW_STEP} + {column})"
    table = connection.ops.quote_name(ServiceRequest._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE known(cell) AS (SELECT min({cell}) FROM {table} UNION ALL "  # noqa: S608
            f"SELECT (SELECT min({cell}) FROM {table} WHERE {cell} > known.cell) FROM known "
            "WHERE known.cell IS NOT NULL) SELECT cell FROM known WHERE cell IS NOT NULL"
        )
        return frozenset(int(row[0]) for row in cursor.fetchall())


def _in_box(box: Box) -> Q:
    which = Q(latitude__gte=box.south, latitude__lt=box.north)
    return which & Q(longitude__gte=box.west, longitude__lt=box.east)


def _services(ids: Iterable[int]) -> dict[int, tuple[str, str, str]]:
    """Code, name and agency of each of these services."""
    rows = Service.objects.filter(pk__in=list(ids)).order_by("pk")
    return {
        pk: (code, name, agency)
        for pk, code, name, agency in rows.values_list("pk", "code", "name", "agency__name")
    }


def _published(row: Mapping[str, Any], service: tuple[str, str, str]) -> PublishedRequest:
    is_open = row["status"] in STILL_OPEN
    ended = None if is_open else row["closed_at"]
    code, name, agency = service
    more = {
        "ward": row["ward_code"],
        "channel": row["channel"],
        "priority": row["priority"],
        "agency_code": row["agency_code"],
        "parent_service_request_id": row["parent_id_given"],
        "duplicate": "true" if row["status"].startswith("duplicate") else "",
    }
    return PublishedRequest(
        number=row["external_id"],
        is_open=is_open,
        notes=row["status_given"],
        service_name=name,
        service_code=code,
        said="",
        agency=agency,
        requested_at=row["opened_at"],
        updated_at=ended or row["edited_at"] or row["opened_at"],
        expected_at=row["due_at"],
        address=block_of(row["address"]),
        address_id="",
        zip_code=row["zip_code"],
        latitude=to_block(row["latitude"]),
        longitude=to_block(row["longitude"]),
        media_url="",
        more={name: said for name, said in more.items() if said},
    )


@dataclass(frozen=True)
class MirroredService:
    """A service of the mirror, as everybody may read it."""

    code: str
    name: str
    agency: str
    topic_code: str


def mirrored_services(feeds: Sequence[str] = ()) -> tuple[MirroredService, ...]:
    """The services that the mirror knows, by name; none that is only for tests.

    Of other cities' only those of the ``feeds`` that are named.
    """
    return _known(Q(), feeds)


def mirrored_service(code: str, feeds: Sequence[str] = ()) -> MirroredService | None:
    """The service of the mirror with this code, or none."""
    return next(iter(_known(Q(code=code), feeds)), None)


def _known(which: Q, feeds: Sequence[str]) -> tuple[MirroredService, ...]:
    for other in Endpoint.objects.filter(own_codes=True).exclude(feed__code__in=feeds):
        which &= ~Q(code__startswith=other.prefix)
    rows = Service.objects.filter(which, test_only=False).order_by("name", "pk")
    columns = ("code", "name", "agency__name", "topic_service__topic__code")
    return tuple(
        MirroredService(code, name, agency, topic or "")
        for code, name, agency, topic in rows.values_list(*columns)
    )
