"""Initiatives and campaigns: the list, opening one, and one whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.plans.queries import (
    CITYWIDE,
    InitiativeRow,
    initiative_file,
    initiative_page,
    may_open_initiatives,
    open_campaigns,
)
from wardroom.web.edge import actor_of, today_of
from wardroom.web.initiatives.file import initiative_page_of, opened
from wardroom.web.initiatives.forms import InitiativeForm
from wardroom.web.initiatives.people import leads, wards_to_open
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag
from wardroom.web.wards import ward_choices

KINDS = [("", "Both"), ("initiative", "Initiatives"), ("campaign", "Campaigns")]
STATES = [("open", "Open"), ("closed", "Closed"), ("all", "All")]
COLUMNS = (
    Column("Initiative", sort="title"),
    Column("Where"),
    Column("Next", sort="next"),
    Column("Asks"),
    Column("Plan"),
    Column("Opened", sort="-opened"),
)


@require_safe
def initiative_list(request: HttpRequest) -> HttpResponse:
    """The initiatives and campaigns within reach, the soonest next date first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    today = today_of(request)
    wards = ward_choices(request)
    if actor.reach.city:
        wards = [*wards, (CITYWIDE, "Citywide")]
    kind = filters.choice(request.GET, "kind", "Kind", KINDS)
    ward = filters.choice(request.GET, "ward", "Ward", wards)
    state = filters.choice(request.GET, "state", "State", STATES, default="open")
    found = initiative_page(
        actor,
        on=today,
        kind=kind.value,
        ward=ward.value,
        state=state.value,
        sort=request.GET.get("sort", "next"),
        page=page_number(request.GET),
    )
    return page(
        request,
        "initiatives/list.html",
        title="Initiatives and campaigns",
        campaigns=open_campaigns(actor),
        crumbs=(Crumb("Home", "/"), Crumb("Initiatives")),
        filters=filters.bar(request.GET, kind, ward, state, keep=("sort",)),
        opens=may_open_initiatives(actor),
        table=table(
            counted(found.total, "initiative or campaign", "initiatives and campaigns"),
            COLUMNS,
            [_cells(row, today) for row in found.rows],
            empty="No initiative fits these filters. Open one to plan across agencies.",
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_new(request: HttpRequest) -> HttpResponse:
    """Open an initiative or a campaign, with its ward and its lead."""
    actor = actor_of(request)
    if not may_open_initiatives(actor):
        raise NotAllowed
    form = InitiativeForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": "initiative"},
        wards=wards_to_open(request),
        people=leads(request),
    )
    if request.method == "POST":
        made = opened(request, form)
        if made is not None:
            said = f"{made.title} is open. {made.owner.name} leads it."
            return go_on(request, reverse("initiative", args=[made.pk]), said)
    return page(
        request,
        "initiatives/new.html",
        title="Open an initiative or a campaign",
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Initiatives", reverse("initiatives")),
            Crumb("Open one"),
        ),
        status=form.status,
        form=form,
    )


@require_safe
def initiative(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Where one initiative stands: its plan, its asks, its parts and everything that happened."""
    return initiative_page_of(request, initiative_file(matter_id, actor_of(request)))


def _cells(row: InitiativeRow, today: date) -> tuple[Cell, ...]:
    asks = [Tag(counted(row.asks_open, "open ask"))] if row.asks_open else []
    if row.asks_late:
        asks.append(Tag(f"{row.asks_late} late", "bad"))
    late = row.state == "open" and row.next_on is not None and row.next_on < today
    shown: Any = (state_tag("closed"),) if row.state == "closed" else ()
    return (
        Cell(
            row.title,
            href=reverse("initiative", args=[row.matter_id]),
            sub=f"{row.kind_label} · {row.lead_name}",
            tags=shown,
            main=True,
        ),
        Cell(f"Ward {row.ward_code}" if row.ward_code else "Citywide"),
        Cell(
            row.outcome_label or day_text(row.next_on),
            tags=(Tag("Overdue", "bad"),) if late else (),
            sub="" if row.outcome_label else row.next_step,
        ),
        Cell("" if asks else "none", tags=tuple(asks)),
        Cell(f"Version {row.plan_version}" if row.plan_version else "none yet"),
        Cell(day_text(row.opened_on)),
    )
