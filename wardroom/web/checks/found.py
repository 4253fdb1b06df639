"""What the office found of an agency's work, for those who sign in for that agency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.fieldwork.actions import dispute_finding
from wardroom.fieldwork.queries import (
    FoundRow,
    found_file,
    found_page,
    get_finding,
    reads_findings,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.web.checks.forms import DisputeForm
from wardroom.web.checks.showing import DISPUTES
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

STATES = [
    ("all", "All"),
    ("none", "Not disputed"),
    ("open", "Disputed, not settled yet"),
    ("settled", "Settled"),
]
COLUMNS = (Column("Place"), Column("Closed"), Column("Found"), Column("Your answer"))
EMPTY = (
    "Nothing here. When the office looks at what your agency closed and finds it partly or not"
    " fixed, it is listed, and you may dispute it."
)


@require_safe
def found_list(request: HttpRequest) -> HttpResponse:
    """What was found partly or not fixed of what the agency closed."""
    actor = actor_of(request)
    if not reads_findings(actor):
        raise NotAllowed
    state = filters.choice(request.GET, "state", "Dispute", STATES, default="all")
    found = found_page(
        actor, at=stamp_of(request).at, state=state.value, page=page_number(request.GET)
    )
    return page(
        request,
        "checks/found.html",
        title="Found not fixed",
        crumbs=(Crumb("Home", "/"), Crumb("Found not fixed")),
        filters=filters.bar(request.GET, state),
        table=table(
            counted(found.total, "finding"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def found_one(request: HttpRequest, stop_id: int) -> HttpResponse:
    """One finding: what was seen, until when it can be disputed, and the answer."""
    stamp = stamp_of(request)
    row = found_file(stop_id, stamp.actor, at=stamp.at)
    if request.method != "POST":
        return _page(request, row, DisputeForm())
    form, check = DisputeForm(request.POST), get_finding(stop_id, stamp.actor)
    if submit(form, lambda given: dispute_finding(check, **given, stamp=stamp)) is None:
        return _page(request, row, form)
    said = "It is disputed. Somebody of the office who did not look there answers here."
    return go_on(request, reverse("found_one", args=[stop_id]), said)


def _page(request: HttpRequest, row: FoundRow, form: DisputeForm) -> HttpResponse:
    return page(
        request,
        "checks/found_one.html",
        title=row.label,
        crumbs=(Crumb("Found not fixed", reverse("found")), Crumb(row.label)),
        status=form.status,
        form=form,
        row=row,
        state=DISPUTES[row.dispute.state] if row.dispute else None,
    )


def _cells(row: FoundRow) -> tuple[Cell, ...]:
    return (
        Cell(
            row.label,
            href=reverse("found_one", args=[row.stop_id]),
            sub=f"Ward {row.ward_code} \u00b7 {row.kind_name}",
            main=True,
        ),
        Cell(day_text(row.closed_on)),
        Cell(row.finding_label, sub=f"Looked at on {day_text(row.seen_on)}"),
        _answer(row),
    )


def _answer(row: FoundRow) -> Cell:
    if row.dispute is not None:
        return Cell("", tags=(DISPUTES[row.dispute.state],))
    until = day_text(row.until.due_on)
    if row.allowed:
        return Cell(f"You may dispute it until {until}")
    return Cell("Not disputed", sub=f"It could be until {until}")
