"""What GeoReport v2 asks of a server to read: discovery, services, requests and tokens."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.api.described import described_at
from wardroom.api.open311 import schema
from wardroom.api.open311.description import openapi
from wardroom.api.open311.door import LONG, Answered, Call, no_sign_in, resource, told
from wardroom.api.open311.reading import DEEPEST, flag_in, page_in, wanted_in
from wardroom.api.open311.writing import Row
from wardroom.casework.queries.published import (
    OFFICE,
    OfferedService,
    offered_service,
    offered_services,
    published_numbered,
    published_requests,
)
from wardroom.casework.queries.reporting import report_waiting
from wardroom.kernel.text import long_day
from wardroom.library.rules.asking import DATATYPES
from wardroom.service_requests.queries.published import PublishedRequest, Wanted

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = datetime(2026, 11, 1, tzinfo=UTC)
OTHERS = "In an emergency call 911; for city services call 311."


@resource("GET", stem="name", city=False)
def discovery(call: Call, name: str) -> HttpResponse:
    """Which endpoints there are: the one that counts, and the one to try things on."""
    if name != "discovery":
        raise Answered(404, "There is nothing at this address.")
    formats = ("text/xml", "application/json")
    endpoints = [
        (SPECIFICATION, call.request.build_absolute_uri(base), CHANGED, kind, formats)
        for kind, base in (
            ("production", _base("open311:services")),
            ("test", _base("open311:trial_services")),
        )
    ]
    row = (CHANGED, contact(), key_service(call.request), endpoints)
    return call.answer(schema.DISCOVERY, [row], keep=LONG)


def contact() -> str:
    """Who runs this server, and how they are reached where a setting says it."""
    return f"{', '.join(filter(None, (OFFICE, settings.OPEN311_CONTACT)))}. {OTHERS}"


def key_service(request: HttpRequest) -> str:
    """Where one gets a key, by a setting or on our own page."""
    where = settings.OPEN311_KEYS or request.build_absolute_uri(reverse("open311_page"))
    return f"How to get an API key: {where} Reading needs none."


def _base(name: str) -> str:
    """The address that a resource stands under, without its last word."""
    return reverse(name, kwargs={"ending": ".xml"}).rpartition("/")[0]


@resource("GET")
def services(call: Call) -> HttpResponse:
    """Everything that can be reported."""
    rows = [_service(service) for service in offered_services(call.feeds)]
    return call.answer(schema.SERVICES, rows, keep=LONG)


def _service(service: OfferedService) -> Row:
    return (
        service.code,
        service.name,
        service.description,
        bool(service.questions),
        service.kind,
        service.keywords,
        service.group,
    )


@resource("GET", stem="code")
def definition(call: Call, code: str) -> HttpResponse:
    """What is asked about one service; an empty list where nothing is."""
    service = offered_service(code, feeds=call.feeds)
    if service is None:
        raise Answered(404, "service_code was not found.")
    attributes = [
        (
            not asked.shown_only,
            asked.code,
            asked.datatype,
            asked.required,
            asked.help or DATATYPES[asked.datatype],
            order,
            asked.text,
            [(choice.key, choice.name) for choice in asked.choices],
        )
        for order, asked in enumerate(service.questions, start=1)
    ]
    return call.answer(schema.DEFINITION, [(service.code, attributes)], keep=LONG)


def requests_found(call: Call) -> HttpResponse:
    """The requests that are asked for, the newest first."""
    extended = flag_in(call.given, "extensions")
    wanted = wanted_in(call)
    if wanted.numbers:
        found = published_numbered(wanted, most=len(wanted.numbers) * 2, at=call.at)
        return _requests(call, found, extended=extended)
    page = page_in(call)
    found, more = published_requests(wanted, page=page.number, size=page.size, at=call.at)
    if more and page.asked and (page.number + 1) * page.size <= DEEPEST:
        query = call.request.GET.copy()
        query["page"] = str(page.number + 1)
        query.pop("api_key", None)
        here = call.request.build_absolute_uri(call.request.path)
        call.headers["X-Next-Page-URL"] = f"{here}?{query.urlencode()}"
    return _requests(call, found, extended=extended)


@resource("GET", stem="number")
def one_request(call: Call, number: str) -> HttpResponse:
    """One request, as an array of one."""
    wanted = Wanted(numbers=(number,), feeds=call.feeds, jurisdictions=call.jurisdictions)
    found = published_numbered(wanted, most=2, at=call.at)
    if not found:
        raise Answered(404, "service_request_id was not found.")
    return _requests(call, found[:1], extended=flag_in(call.given, "extensions"))


def _requests(call: Call, found: list[PublishedRequest], *, extended: bool) -> HttpResponse:
    shape = schema.REQUESTS_EXTENDED if extended else schema.REQUESTS
    today = localdate(call.at)
    rows = [_request(request, extended=extended, today=today) for request in found]
    return call.answer(shape, rows)


def _request(request: PublishedRequest, *, extended: bool, today: date) -> Row:
    row = (
        request.number,
        "open" if request.is_open else "closed",
        request.notes,
        request.service_name,
        request.service_code,
        request.said,
        request.agency,
        look_notice(request.look_on, today),
        request.requested_at,
        request.updated_at,
        request.expected_at,
        request.address,
        request.address_id,
        request.zip_code,
        request.latitude,
        request.longitude,
        request.media_url,
    )
    return (*row, [_more(request)], _notes(request)) if extended else row


def look_notice(look_on: date | None, today: date) -> str:
    """When the office looks at a report. No day is promised by which it is mended.

    It is the day that whoever reported it reads on the page of their link, and no other.
    """
    return f"We look at it by {long_day(look_on)}." if look_on and look_on >= today else ""


def _more(request: PublishedRequest) -> Row:
    return [request.more.get(column.name, "") for column in schema.EXTENDED.columns]


def _notes(request: PublishedRequest) -> list[Row]:
    notes: list[Row] = [(request.requested_at, "opened", "Opened", "")]
    if not request.is_open:
        notes.append((request.updated_at, "closed", "Closed", request.notes))
    return notes


@resource("GET", stem="token", city=False)
def token_found(call: Call, token: str) -> HttpResponse:
    """The number behind a token, or none yet."""
    known = report_waiting(token)
    if known is None:
        raise Answered(404, "token was not found.")
    waiting, number = known
    return call.answer(schema.TOKENS, [(number, waiting)], keep=0)


@no_sign_in
@described_at
def described(request: HttpRequest) -> JsonResponse:
    """These endpoints as OpenAPI says it."""
    base = request.build_absolute_uri(_base("open311:services"))
    answer = JsonResponse(openapi(base))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@no_sign_in
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Every other address here: nothing, in the format of its ending."""
    no = Answered(404, "There is nothing at this address. See /open311/discovery.xml.")
    answer = told(no, as_xml=not rest.endswith(".json"))
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
