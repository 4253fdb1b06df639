"""The landing for visitors, and the start page: what waits for me."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.matters.queries import ask_list, worklist
from wardroom.problems.queries import candidate_page, location_page
from wardroom.reporting.queries import WardGlance, ward_glances
from wardroom.web.asks.views import COLUMNS as ASK_COLUMNS
from wardroom.web.asks.views import ask_cells
from wardroom.web.data.alarm import directors_alarms
from wardroom.web.day.rows import FEW_COLUMNS, waiting_cells
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.rows import rows_address
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import day_text, from_today, state_tag

FEW = 5
WARD_COLUMNS = (
    Column("Ward"),
    Column("Undecided", number=True),
    Column("Locations", number=True),
    Column("Next date"),
    Column("Asks waiting", number=True),
    Column("Asks late", number=True),
    Column("This week's report"),
)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the site answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is signed in; for a visitor, what this site is."""
    actor = actor_of(request)
    if actor.user_id is None:
        return page(request, "house/landing.html", title="Welcome")
    if actor.is_staff:
        return page(request, "house/staff.html", title="What waits for you", **_staff(request))
    if actor.has(Role.PARTNER):
        return page(request, "house/partner.html", title="What waits for you", **_partner(request))
    return page(request, "house/nobody.html", title="Nothing waits for you")


def _staff(request: HttpRequest) -> dict[str, Any]:
    actor, at = actor_of(request), stamp_of(request).at
    today = timezone.localdate(at)
    glances = ward_glances(actor, at=at)
    top = candidate_page(actor, on=today)
    late = ask_list(actor, on=today, overdue=True)
    offered = ask_list(actor, on=today, state="countered")
    locations = location_page(actor, on=today)
    waits = worklist(actor, on=today, size=FEW)
    cells = [waiting_cells(row, today, back="/", everybody=False) for row in waits.rows]
    return {
        "directs": actor.has(Role.DIRECTOR),
        "alarms": directors_alarms(request),
        "waits": table(
            "The first things of my day",
            FEW_COLUMNS,
            cells,
            empty="Nothing waits for you by name.",
            caption_hidden=True,
        ),
        "waits_total": waits.total,
        "glances": glances,
        "wards": _ward_table(glances) if len(glances) != 1 else None,
        "mine": glances[0] if len(glances) == 1 else None,
        "top": top.rows[:FEW],
        "top_total": top.total,
        "late": _asks("Asks past their date", late.rows[:FEW], today),
        "late_total": late.total,
        "offered": _asks("Other dates offered", offered.rows[:FEW], today),
        "offered_total": offered.total,
        "locations": [(row, from_today(row.next_on, today)) for row in locations.rows[:FEW]],
        "locations_total": locations.total,
    }


def _partner(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    today = timezone.localdate(stamp_of(request).at)
    waiting = ask_list(actor, on=today, state="requested")
    promised = ask_list(actor, on=today, state="accepted")
    return {
        "waiting": _asks("Asks that wait for your answer", waiting.rows, today),
        "waiting_total": waiting.total,
        "promised": _asks("What you promised", promised.rows, today),
        "promised_total": promised.total,
    }


def _asks(caption: str, rows: Any, today: Any) -> Table:
    columns = [Column(c.label) for c in ASK_COLUMNS]
    cells = [ask_cells(row, today) for row in rows]
    return table(caption, columns, cells, empty="None.", caption_hidden=True)


def _ward_table(glances: tuple[WardGlance, ...]) -> Table:
    return table(
        "All wards side by side",
        WARD_COLUMNS,
        [_ward_cells(g) for g in glances],
        empty="No ward boundaries are loaded yet.",
        caption_hidden=True,
    )


def _ward_cells(glance: WardGlance) -> tuple[Cell, ...]:
    ward = ("ward", glance.ward_code)
    report = (
        Cell(
            "Open",
            href=reverse("report", args=[glance.report_id]),
            tags=(state_tag(glance.report_state),),
        )
        if glance.report_id
        else Cell("not drafted")
    )
    return (
        Cell(glance.ward_name, href=rows_address("candidates", [ward]), main=True),
        Cell(f"{glance.undecided:,}", href=rows_address("candidates", [ward]), number=True),
        Cell(f"{glance.locations:,}", href=rows_address("locations", [ward]), number=True),
        Cell(day_text(glance.next_on) or "-"),
        Cell(
            f"{glance.asks_waiting:,}",
            href=rows_address("asks", [ward, ("state", "requested")]),
            number=True,
        ),
        Cell(
            f"{glance.asks_late:,}",
            href=rows_address("asks", [ward, ("overdue", "1")]),
            number=True,
        ),
        report,
    )
