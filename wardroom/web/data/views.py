"""The data behind the pages: what was read, and what was sent out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.city.queries import boundary_notes
from wardroom.kernel.errors import NotAllowed
from wardroom.notices.actions import retry_message
from wardroom.notices.queries import get_message, outbox_page
from wardroom.service_requests.queries import RunRow, import_runs
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import day_text, state_tag

RUN_COLUMNS = (
    Column("File"),
    Column("Read"),
    Column("Rows", number=True),
    Column("New", number=True),
    Column("Changed", number=True),
    Column("Same", number=True),
    Column("Rejected", number=True),
    Column("State"),
)
BOUNDARY_COLUMNS = (Column("Boundary"), Column("In force since"), Column("Source"))
STATES = [("", "Any state"), ("queued", "Waiting"), ("sent", "Sent"), ("failed", "Failed")]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What was imported, and which boundaries hold."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    notes = boundary_notes(timezone.localdate(stamp_of(request).at))
    return page(
        request,
        "data/overview.html",
        title="Data",
        crumbs=(Crumb("Home", "/"), Crumb("Data")),
        runs=table(
            "Files that were read, the newest first",
            RUN_COLUMNS,
            [_run(row) for row in import_runs(actor)],
            empty="Nothing was imported yet. The shell reads files: wardroom import requests FILE.",
        ),
        boundaries=table(
            "Boundaries in force",
            BOUNDARY_COLUMNS,
            [
                (
                    Cell(note.kind.upper() if len(note.kind) < 4 else note.kind.title(), main=True),
                    Cell(day_text(note.valid_from)),
                    Cell(note.source, sub="schematic" if note.schematic else ""),
                )
                for note in notes
            ],
            empty="No boundaries are loaded: wardroom import boundaries FILE.",
        ),
    )


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message out, with its delivery state."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = filters.choice(request.GET, "state", "State", STATES)
    found = outbox_page(actor, state=state.value or None, page=page_number(request.GET))
    return page(
        request,
        "data/outbox.html",
        title="Messages out",
        crumbs=(Crumb("Data", "/data/"), Crumb("Messages out")),
        filters=filters.bar(request.GET, state),
        found=found,
        paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        rows=[(row, state_tag(row.state)) for row in found.rows],
    )


@takes_form(steps_up=2)
def retry(request: HttpRequest, message_id: int) -> HttpResponse:
    """Try a message again that could not be delivered."""
    retry_message(get_message(message_id, actor_of(request)), stamp=stamp_of(request))
    return go_on(request, reverse("outbox"), "The message will be tried again.")


def _run(row: RunRow) -> tuple[Cell, ...]:
    return (
        Cell(row.file_name, sub=f"{row.feed_name} · {row.layout}", main=True),
        Cell(
            day_text(timezone.localdate(row.started_at)),
            sub=f"data as of {day_text(timezone.localdate(row.data_as_of))}"
            if row.data_as_of
            else "",
        ),
        *(
            Cell(f"{n:,}", number=True)
            for n in (
                row.rows_read,
                row.rows_new,
                row.rows_changed,
                row.rows_same,
                row.rows_rejected,
            )
        ),
        Cell(tags=(state_tag("read" if row.state == "done" else row.state),)),
    )
