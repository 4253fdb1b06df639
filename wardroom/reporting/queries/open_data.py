"""The rows that anybody may download, a few at a time, and how new they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Sum
from django.utils.timezone import localdate

from wardroom.casework.queries.report_rows import public_report_pieces, public_reports_mark
from wardroom.casework.queries.reporting import PublicReport
from wardroom.city.models import District
from wardroom.directory.models import Service
from wardroom.problems.queries.public_rows import public_location_rows
from wardroom.reporting.rules.open_data import (
    LOCATIONS,
    REPORTS,
    REQUESTS,
    STATUSES,
    VERSION,
    Dataset,
    Row,
    public_address,
    public_place,
)
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest
from wardroom.service_requests.rules import LIVE

CHUNK = 2_000
COLUMNS = (
    *("pk", "external_id", "feed_id", "service_id", "agency_code"),
    *("status", "opened_at", "due_at", "closed_at", "edited_at", "channel", "calls"),
    *("parent_id_given", "address", "ward_code", "anc_id", "smd_id"),
    *("latitude", "longitude", "zip_code"),
)


@dataclass(frozen=True)
class Freshness:
    """How new a file is: a mark that changes with its rows, and when they last did.

    There is no such time where a row can be withdrawn, which makes the newest one older.
    """

    mark: str
    changed_at: datetime | None


def open_rows(dataset: Dataset, *, at: datetime) -> Iterator[list[Row]]:
    """The rows of a file, some thousands at a time; never more than these are held at once."""
    if dataset is LOCATIONS:
        yield [*public_location_rows(on=localdate(at))]
    elif dataset is REPORTS:
        for piece in public_report_pieces(size=CHUNK, at=at):
            yield [_report(report, ward) for report, ward in piece]
    else:
        yield from _requests()


def freshness(dataset: Dataset, *, at: datetime) -> Freshness:
    """How new the rows of a file are, without reading all of them."""
    if dataset is REQUESTS:
        taken = F("rows_new") + F("rows_changed")
        found = ImportRun.objects.aggregate(last=Max("pk"), rows=Sum(taken), at=Max("finished_at"))
        said = f"{found['last']} {found['rows']} {found['at']}"
        return Freshness(_mark(dataset, said), found["at"])
    if dataset is REPORTS:
        return Freshness(_mark(dataset, public_reports_mark(at=at)), None)
    rows = [*public_location_rows(on=localdate(at))]
    return Freshness(_mark(dataset, repr(rows)), None)


def _mark(dataset: Dataset, said: str) -> str:
    text = f"{VERSION} {dataset.code} {said}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _report(report: PublicReport, ward: str) -> Row:
    """A report without its words: in a file of all of them nobody reads over what was written."""
    return (
        report.number,
        report.service_code,
        report.service_name,
        "open" if report.is_open else "closed",
        report.outcome,
        report.received_at,
        report.changed_at,
        report.channel,
        public_address(report.address),
        ward,
        *public_place(report.latitude, report.longitude),
    )


def _requests() -> Iterator[list[Row]]:
    """All requests by their own number; what only tests the 311 system is left out."""
    rows = ServiceRequest.objects.order_by("pk")
    names = _Names()
    last = 0
    while True:
        found = list(rows.filter(pk__gt=last).values_list(*COLUMNS)[:CHUNK])
        if not found:
            return
        last = found[-1][0]
        names.learn(found)
        yield [_request(names, *row[1:]) for row in found if row[3] in names.services]


class _Names:
    """The names of what many rows share, read once each: a join would read them for every row."""

    def __init__(self) -> None:
        self.feeds: dict[int, str] = {}
        self.services: dict[int, tuple[str, str]] = {}
        self.areas: dict[int | None, str] = {None: ""}

    def learn(self, rows: list[Row]) -> None:
        """Read what these rows name and no row before did."""
        feeds = {row[2] for row in rows} - self.feeds.keys()
        services = {row[3] for row in rows} - self.services.keys()
        areas = {area for row in rows for area in row[15:17]} - self.areas.keys()
        if feeds:
            self.feeds.update(Feed.objects.filter(pk__in=feeds).values_list("pk", "code"))
        if services:
            known = Service.objects.filter(pk__in=services, test_only=False)
            self.services.update(
                (pk, (code, name)) for pk, code, name in known.values_list("pk", "code", "name")
            )
        if areas:
            self.areas.update(District.objects.filter(pk__in=areas).values_list("pk", "code"))


def _request(
    names: _Names,
    number: str,
    feed: int,
    service: int,
    agency: str,
    status: str,
    opened_at: datetime,
    due_at: datetime | None,
    closed_at: datetime | None,
    edited_at: datetime | None,
    channel: str,
    calls: int,
    parent: str,
    address: str,
    ward: str,
    anc: int | None,
    smd: int | None,
    latitude: float | None,
    longitude: float | None,
    zip_code: str,
) -> Row:
    return (
        number,
        names.feeds[feed],
        *names.services[service],
        agency,
        "open" if status in LIVE else "closed",
        STATUSES[status],
        opened_at,
        due_at,
        closed_at,
        edited_at,
        channel,
        calls,
        parent,
        public_address(address),
        ward,
        names.areas[anc],
        names.areas[smd],
        *public_place(latitude, longitude),
        zip_code,
    )
