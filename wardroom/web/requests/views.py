"""Service requests: the rows behind the numbers, and one request with its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.service_requests import queries
from wardroom.service_requests.queries import RequestFilters, RequestRow
from wardroom.service_requests.rules import STANDINGS
from wardroom.web.edge import actor_of
from wardroom.web.rows import AS_OF, as_of_given, as_of_words, number_meant, takes_in
from wardroom.web.ui import filters
from wardroom.web.ui.map import point_map
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import day_text, state_tag
from wardroom.web.wards import ward_choices

MOST_LETTERS = 20
NOWHERE = 0
MOST_KEY = 2**63 - 1
STATES = [
    ("", "Any state"),
    ("open", "Open or in progress"),
    ("closed", "Closed"),
    ("duplicate_open", "Duplicate, open"),
    ("duplicate_closed", "Duplicate, closed"),
    ("transferred", "Transferred"),
    ("incomplete", "Incomplete"),
    ("cancelled", "Canceled"),
]
STANDING = {
    **STANDINGS,
    "unfinished": "Still open at that time",
    "measured": "Without duplicates, transferred and canceled ones",
}
COLUMNS = (
    Column("Request"),
    Column("Where"),
    Column("Opened", sort="-opened"),
    Column("Closed", sort="-closed"),
    Column("State"),
)
DAYS = ("opened_from", "opened_until", "closed_from", "closed_until", "due_from", "due_until")


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """Service requests within reach, limited by the filters in the address."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    given = request.GET
    ward = filters.choice(given, "ward", "Ward", ward_choices(request))
    topic = filters.choice(
        given, "topic", "Trouble", [("", "Any trouble"), *((t.code, t.name) for t in topics())]
    )
    status = filters.choice(given, "status", "State", STATES)
    key, place = _place_meant(given.get("place_key", ""), given.get("place", ""))
    area = given.get("area", "")
    as_of = as_of_given(given)
    standing = given.get("standing", "")
    if standing in STANDINGS and as_of is None:
        standing = ""
    agency = given.get("agency", "")[:MOST_LETTERS]
    days: dict[str, Any] = {name: filters.as_day(given.get(name, "")) for name in DAYS}
    found = queries.requests_behind(
        actor,
        RequestFilters(
            place_key=key,
            place=place,
            area=area[:MOST_LETTERS] or None,
            ward=ward.value or None,
            agency=agency or None,
            topic=topic.value or None,
            status=status.value or None,
            standing=standing if standing in STANDING else None,
            as_of=as_of,
            **days,
        ),
        sort=given.get("sort", "-opened"),
        page=page_number(given),
    )
    bar = filters.bar(
        given,
        ward,
        topic,
        status,
        filters.day(given, "opened_from", "Opened from"),
        filters.day(given, "opened_until", "Opened until"),
        keep=(
            *(
                "place_key",
                "place",
                "area",
                "agency",
                "closed_from",
                "closed_until",
                "due_from",
                "due_until",
                "sort",
            ),
            *("standing", AS_OF),
        ),
    )
    return page(
        request,
        "requests/list.html",
        title="Service requests",
        crumbs=(Crumb("Home", "/"), Crumb("Requests")),
        filters=bar,
        limits=[
            *([f"Of {agency} only"] if agency else []),
            *_limits(place if key is None else key, area, days, standing),
        ],
        table=table(
            f"{found.total:,} requests{as_of_words(as_of)}",
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="No request fits these filters.",
            state=given,
            sort=found.sort,
            paging=paging(given, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def service_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request as the city's system has it, with the changes we saw."""
    file = queries.request_file(request_id, actor_of(request))
    row = file.row
    where = None
    if file.latitude is not None and file.longitude is not None:
        where = point_map(file.latitude, file.longitude, row.address or "This request")
    return page(
        request,
        "requests/file.html",
        title=row.service_name,
        crumbs=(Crumb("Requests", "/requests/"), Crumb(row.external_id)),
        file=file,
        row=row,
        map=where,
        takes_in=takes_in(actor_of(request)),
        vanished_at=queries.vanished_since(request_id, actor_of(request)),
    )


def _cells(row: RequestRow) -> tuple[Cell, ...]:
    return (
        Cell(
            row.service_name,
            href=reverse("request", args=[row.id]),
            sub=f"{row.external_id} · {row.agency_code}" if row.agency_code else row.external_id,
            main=True,
        ),
        Cell(row.address or "-", sub=f"Ward {row.ward_code}" if row.ward_code else ""),
        Cell(_on(row.opened_at)),
        Cell(_on(row.closed_at) or "-"),
        Cell(tags=(state_tag(row.status),)),
    )


def _on(at: datetime | None) -> str:
    return day_text(timezone.localdate(at)) if at else ""


def _limits(place: int | None, area: str, days: dict[str, Any], standing: str) -> list[str]:
    said = ["At one place only"] if place else []
    said += ["At a place that we do not know"] if place == NOWHERE else []
    said += [f"In {area.replace(':', ' ').upper()} only"] if area else []
    said += [STANDING[standing]] if standing in STANDING else []
    if days["closed_from"] or days["closed_until"]:
        said.append(f"Closed {days['closed_from'] or '...'} to {days['closed_until'] or '...'}")
    if days["due_from"] or days["due_until"]:
        said.append(f"Due {days['due_from'] or '...'} to {days['due_until'] or '...'}")
    return said


def _whole(text: str) -> int | None:
    digits = text.removeprefix("-")
    readable = digits.isascii() and digits.isdigit() and len(digits) <= 19
    return int(text) if readable and abs(int(text)) <= MOST_KEY else None


def _place_meant(key_typed: str, typed: str) -> tuple[int | None, int | None]:
    """The key and the number of the one place wanted; a place that cannot be read is nowhere."""
    key, place = _whole(key_typed), number_meant(typed)
    if (key_typed and key is None) or (typed and place is None):
        return None, NOWHERE
    return key, place
