"""Locations, events, promises, 311 requests and signed reports: what the office can tell."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Path, Query, Router, Schema

from wardroom.api.v1 import shapes
from wardroom.api.v1.answers import (
    Listed,
    Single,
    answer,
    listed,
    plain,
    read_as,
    single,
    whole,
)
from wardroom.api.v1.bodies import LARGEST, Code, Cursor, Day, Number
from wardroom.api.v1.cursors import place_in
from wardroom.api.v1.door import READ, stamp_of
from wardroom.api.v1.work import staff
from wardroom.calendar.queries import EventRow, event_file, events_between, may_see
from wardroom.city.queries import AreaRow, area_row
from wardroom.engagement.queries.commitments import (
    CommitmentRow,
    commitment_file,
    commitment_page,
)
from wardroom.incidents.queries.alerts import AlertRow, alert_file, alert_page
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.queries import lines_after
from wardroom.library.queries import TopicRow
from wardroom.library.queries import topics as all_topics
from wardroom.problems.queries import LocationRow, location_file, location_page
from wardroom.reporting.queries import EditionRow, report_file, report_page
from wardroom.reporting.rules import MONTHLY, ROLL_UP, SIGNED, WEEKLY
from wardroom.service_requests.queries import (
    RequestFile,
    RequestFilters,
    RequestRow,
    request_file,
    requests_behind,
)

router = Router(tags=["The office's own lists"])


class Followed(Schema):
    """The lines after one. ``end`` is what to ask for with ``after`` the next time."""

    items: list[shapes.LineShape]
    end: int
    next: str | None


LONGEST = timedelta(days=92)
From = Annotated[Day | None, Query(description="The first day, such as 2026-11-30.")]
Until = Annotated[Day | None, Query(description="The last day, at most 92 after the first.")]


@router.get(
    "/locations", auth=READ, response=read_as(Listed[LocationRow]), summary="Persistent locations"
)
def locations(
    request: HttpRequest,
    ward: Code = "",
    state: Literal["open", "relapsed", "on_watch", "sustained", "closed", "all"] = "open",
    cursor: Cursor = "",
) -> HttpResponse:
    """The persistent locations within reach, the soonest next date first."""
    found = location_page(
        staff(request),
        on=localdate(stamp_of(request).at),
        ward=ward or None,
        state=state,
        page=place_in(request, cursor),
    )
    return listed(request, found)


@router.get(
    "/locations/{number}",
    auth=READ,
    response=read_as(Single[shapes.PlaceShape]),
    summary="One persistent location",
)
def location(request: HttpRequest, number: Number) -> HttpResponse:
    """One persistent location: the asks of its plan, what was seen there, what it had lately."""
    stamp = stamp_of(request)
    file = location_file(number, stamp.actor, at=stamp.at)
    links = {
        "self": ("GET", f"/locations/{number}"),
        "matter": ("GET", f"/matters/{number}"),
        "checks": ("GET", f"/matters/{number}/checks"),
    }
    return single(request, shapes.PlaceShape, file, links)


@router.get("/events", auth=READ, response=read_as(Listed[EventRow]), summary="Events")
def events(
    request: HttpRequest,
    ward: Code = "",
    kind: Code = "",
    from_on: From = None,
    until_on: Until = None,
) -> HttpResponse:
    """The events within reach that begin on these days; the next two weeks unless said."""
    stamp = stamp_of(request)
    if not may_see(stamp.actor):
        raise NotAllowed
    first, last = _days(from_on, until_on, localdate(stamp.at))
    rows = events_between(
        stamp.actor, from_on=first, until_on=last, ward_code=ward or None, kind=kind
    )
    return whole(request, rows)


@router.get(
    "/events/{number}", auth=READ, response=read_as(Single[shapes.EventShape]), summary="One event"
)
def event(request: HttpRequest, number: Number) -> HttpResponse:
    """One event and who takes part."""
    stamp = stamp_of(request)
    file = event_file(number, stamp.actor, at=stamp.at)
    return single(request, shapes.EventShape, file, {"self": ("GET", f"/events/{number}")})


@router.get(
    "/commitments",
    auth=READ,
    response=read_as(Listed[CommitmentRow]),
    summary="Promises made in public",
)
def commitments(
    request: HttpRequest,
    ward: Code = "",
    maker: Code = "",
    agency: Code = "",
    state: Code = "open",
    sort: Literal["due", "said", "-said", "silent"] = "due",
    cursor: Cursor = "",
) -> HttpResponse:
    """The promises within reach. ``state`` is open, silent, overdue, all, a stage or an end."""
    found = commitment_page(
        staff(request),
        on=localdate(stamp_of(request).at),
        ward=ward,
        maker=maker,
        agency=agency,
        state="" if state == "all" else state,
        sort=sort,
        page=place_in(request, cursor),
    )
    return listed(request, found)


@router.get(
    "/commitments/{number}",
    auth=READ,
    response=read_as(Single[shapes.CommitmentShape]),
    summary="One promise",
)
def commitment(request: HttpRequest, number: Number) -> HttpResponse:
    """One promise with everything it was before."""
    stamp = stamp_of(request)
    file = commitment_file(number, stamp.actor, on=localdate(stamp.at))
    return single(
        request, shapes.CommitmentShape, file, {"self": ("GET", f"/commitments/{number}")}
    )


@router.get("/alerts", auth=READ, response=read_as(Listed[shapes.AlertHead]), summary="Alerts")
def alerts(
    request: HttpRequest,
    ward: Code = "",
    state: Code = "",
    severity: Code = "",
    sort: Literal["sent", "-sent", "-severity", "ends"] = "-sent",
    cursor: Cursor = "",
) -> HttpResponse:
    """The alerts of other authorities that came in, the newest first."""
    place = place_in(request, cursor)
    found = alert_page(
        staff(request), state=state, ward=ward, severity=severity, sort=sort, page=place
    )
    heads = tuple(_head(row) for row in found.rows)
    return listed(request, replace(found, rows=heads))


@router.get(
    "/alerts/{number}",
    auth=READ,
    response=read_as(Single[shapes.AlertShape]),
    summary="One alert",
)
def alert(request: HttpRequest, number: Number) -> HttpResponse:
    """One alert: its newest message as its sender wrote it, those before it, and the districts."""
    file = alert_file(number, staff(request))
    links = {"self": ("GET", f"/alerts/{number}")}
    if file.matter_seen:
        links["matter"] = ("GET", f"/matters/{file.row.matter_id}")
    return single(request, shapes.AlertShape, replace(file, row=_head(file.row)), links)


@router.get("/requests", auth=READ, response=read_as(Listed[RequestRow]), summary="311 requests")
def requests(
    request: HttpRequest,
    ward: Code = "",
    topic: Code = "",
    service: Code = "",
    agency: Code = "",
    status: Code = "",
    area: Annotated[str, Query(max_length=20, description="Such as anc:5D or smd:5D01.")] = "",
    opened_from: From = None,
    opened_until: Until = None,
    sort: Literal["opened", "-opened", "closed", "-closed", "due", "-due"] = "-opened",
    cursor: Cursor = "",
) -> HttpResponse:
    """The requests of the city's 311 system that the office mirrors, the newest first."""
    filters = RequestFilters(
        ward=ward or None,
        topic=topic or None,
        service=service or None,
        agency=agency or None,
        status=status or None,
        area=area or None,
        opened_from=opened_from,
        opened_until=opened_until,
    )
    found = requests_behind(staff(request), filters, sort=sort, page=place_in(request, cursor))
    return listed(request, found)


@router.get(
    "/requests/{number}",
    auth=READ,
    response=read_as(Single[RequestFile]),
    summary="One 311 request",
)
def one_request(request: HttpRequest, number: Number) -> HttpResponse:
    """One request of 311 with the history of its status."""
    file = request_file(number, staff(request))
    return single(request, RequestFile, file, {"self": ("GET", f"/requests/{number}")})


@router.get("/reports", auth=READ, response=read_as(Listed[EditionRow]), summary="Signed reports")
def reports(
    request: HttpRequest,
    kind: Literal["weekly", "roll_up", "monthly"] = "weekly",
    ward: Code = "",
    cursor: Cursor = "",
) -> HttpResponse:
    """The reports that were signed, the newest first. Drafts are not given out."""
    kinds = {"weekly": WEEKLY, "roll_up": ROLL_UP, "monthly": MONTHLY}
    found = report_page(
        staff(request),
        report=kinds[kind],
        ward=ward or None,
        signed=True,
        page=place_in(request, cursor),
    )
    return listed(request, found)


@router.get(
    "/reports/{number}",
    auth=READ,
    response=read_as(Single[shapes.ReportShape]),
    summary="One signed report",
)
def report(request: HttpRequest, number: Number) -> HttpResponse:
    """One signed report: its numbers with their definitions, its words and its sources."""
    file = report_file(number, staff(request))
    if file.head.state != SIGNED:
        raise NotFound(f"report {number} is a draft")
    return single(request, shapes.ReportShape, file, {"self": ("GET", f"/reports/{number}")})


@router.get("/lines", auth=READ, response=read_as(Followed), summary="What changed")
def lines(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=LARGEST, description="The last line you know.")] = 0,
) -> HttpResponse:
    """The lines of the ledger that the holder may read, the oldest first, none left out."""
    found = lines_after(stamp_of(request).actor, line=after)
    following = f"{request.path}?after={found.end}" if found.more else None
    rows = [{**plain(row), "about": [ref._asdict() for ref in row.about]} for row in found.rows]
    return answer(request, {"items": rows, "end": found.end, "next": following})


@router.get("/topics", auth=READ, response=read_as(Listed[TopicRow]), summary="Topics")
def topics(request: HttpRequest) -> HttpResponse:
    """What complaints are about, by name."""
    return whole(request, all_topics())


@router.get(
    "/areas/{kind}/{code}",
    auth=READ,
    response=read_as(Single[AreaRow]),
    summary="A ward, an ANC or an SMD",
)
def area(
    request: HttpRequest,
    kind: Literal["ward", "anc", "smd", "psa"],
    code: Annotated[str, Path(max_length=10)],
) -> HttpResponse:
    """One area of the boundaries of today."""
    found = area_row(kind, code, on=localdate(stamp_of(request).at))
    return single(request, AreaRow, found, {"self": ("GET", f"/areas/{kind}/{found.key}")})


def _head(row: AlertRow) -> Any:
    return shapes.AlertHead(**{f.name: getattr(row, f.name) for f in fields(shapes.AlertHead)})


def _days(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    if first is None:
        first = today if last is None else last - timedelta(days=13)
    if last is None:
        last = first + timedelta(days=13)
    if not first <= last <= first + LONGEST:
        raise Refused("bad_days", "Ask for 1 to 93 days, the first one first.", field="until_on")
    return first, last
