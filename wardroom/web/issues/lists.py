"""Issues: the list, its filters, and the boxes to choose many of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.casework.queries import IssueRow, issue_page
from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.web.edge import actor_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import (
    Cell,
    Column,
    Pick,
    Tag,
    address,
    page_number,
    paging,
    table,
)
from wardroom.web.ui.words import counted, day_text, state_tag
from wardroom.web.wards import ward_choices

STATES = [("open", "Open"), ("closed", "Closed"), ("all", "All")]
DATES = [("", "Any date"), ("late", "Past the next date")]
OPENED = [("", "Any day"), ("year", "In the last year")]
YEAR = timedelta(days=364)  # before today, which counts
RETURNS = [("", "All"), ("yes", "Came back after closing")]
COLUMNS = (
    Column("Issue"),
    Column("Topic"),
    Column("Voices", number=True),
    Column("Next", sort="next"),
    Column("Opened", sort="-opened"),
)
FORM = "picked"


@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """The issues within reach, the soonest next date first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    today = today_of(request)
    items = choices(request)
    found = issue_page(
        actor,
        **chosen(items, today),
        sort=request.GET.get("sort", "next"),
        page=page_number(request.GET),
    )
    works = bool(found.rows) and actor.has(Role.DIRECTOR, Role.LIAISON)
    ticked = request.GET.get("tick") == "page"
    return page(
        request,
        "issues/list.html",
        title="Issues",
        crumbs=(Crumb("Home", "/"), Crumb("Issues")),
        filters=filters.bar(request.GET, *items, keep=("sort",)),
        items=items,
        works=works,
        ticked=ticked,
        tick=address(request.GET, tick="" if ticked else "page", page=request.GET.get("page", "")),
        found=found,
        table=table(
            counted(found.total, "issue"),
            COLUMNS,
            [_cells(row, today) for row in found.rows],
            empty="No issue fits these filters. Take a complaint in to start one.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
            picks=[_pick(row, ticked) for row in found.rows] if works else (),
            picks_for=FORM,
        ),
    )


def choices(request: HttpRequest) -> tuple[filters.Choice, ...]:
    """The filters of the list, as the address has them."""
    state = request.GET
    known = [("", "All topics"), *((t.code, t.name) for t in topics())]
    return (
        filters.choice(state, "ward", "Ward", ward_choices(request)),
        filters.choice(state, "state", "State", STATES, default="open"),
        filters.choice(state, "topic", "Topic", known),
        filters.choice(state, "date", "Next date", DATES),
        filters.choice(state, "opened", "Opened", OPENED),
        filters.choice(state, "back", "Came back", RETURNS),
    )


def chosen(items: tuple[filters.Choice, ...], today: date) -> Mapping[str, Any]:
    """The filters in force, as the query takes them."""
    value = {item.name: item.value for item in items}
    return {
        "ward": value["ward"],
        "state": value["state"],
        "topic": value["topic"],
        "came_back": value["back"] == "yes",
        "opened_from": today - YEAR if value["opened"] == "year" else None,
        "late_on": today if value["date"] == "late" else None,
    }


def _pick(row: IssueRow, ticked: bool) -> Pick:
    return Pick(str(row.matter_id), f"W-{row.matter_id}, {row.title}", ticked)


def _cells(row: IssueRow, today: Any) -> tuple[Cell, ...]:
    late = row.next_on is not None and row.next_on < today
    tags = [state_tag("closed")] if row.state == "closed" else []
    tags += [Tag("Came back", "bad")] if row.came_back else []
    return (
        Cell(
            row.title,
            href=reverse("issue", args=[row.matter_id]),
            sub=f"W-{row.matter_id} · Ward {row.ward_code} · {row.owner_name}",
            tags=tuple(tags),
            main=True,
        ),
        Cell(row.topic_name or "-"),
        Cell(f"{row.voices:,}", number=True),
        Cell(
            day_text(row.next_on) or "-",
            tags=(Tag("Overdue", "bad"),) if late else (),
            sub=row.next_step,
        ),
        Cell(day_text(row.opened_on)),
    )
