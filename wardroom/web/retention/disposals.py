"""The disposals: their list, one whole with what stands on it, and its certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.retention import actions, rules
from wardroom.retention.queries.disposals import (
    DisposalFile,
    DisposalLine,
    RowOnList,
    certificate_bytes,
    disposal_file,
    disposals,
    get_disposal,
)
from wardroom.web.edge import actor_of
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.reports.rows import sent
from wardroom.web.retention.views import check_reader, crumbs
from wardroom.web.ui.forms import PlainForm
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("Disposal"), Column("Prepared"), Column("Records"), Column("State"))
ROWS = (Column("Record"), Column("Ended"), Column("Due"), Column("What becomes of it"))
TONES: Mapping[str, str] = {
    rules.PREPARED: "warn", rules.APPROVED: "accent", rules.DONE: "good",
    rules.LISTED: "accent", rules.DESTROYED: "bad", rules.HELD: "warn",
}  # fmt: skip
PAGES: Mapping[str, str] = {"records_request": "records_request", "matter": "issue"}

MOVES: Mapping[str, Move] = {
    "approve": Move(
        "approve_disposal",
        "Approve: destroy what stands on the list",
        as_filled_in(actions.approve_disposal),
        "It is approved. The records are destroyed one by one; then the certificate is here.",
    ),
    "drop": Move(
        "drop_disposal",
        "Drop the list",
        as_filled_in(actions.drop_disposal),
        "The list is dropped. Nothing went.",
    ),
}


@require_safe
def disposal_list(request: HttpRequest) -> HttpResponse:
    """The disposals, the newest first."""
    check_reader(request)
    found = disposals(actor_of(request), page=page_number(request.GET))
    words = ListWords(
        title="Disposals",
        noun="disposal",
        empty="Nothing was disposed of yet. A list is put together on the page of a class.",
        crumbs=(*crumbs(), Crumb("Disposals")),
    )
    return list_page(
        request,
        "retention/disposals.html",
        words,
        found,
        chosen=(),
        columns=COLUMNS,
        cells=_cells,
    )


@require_safe
def one_disposal(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """One disposal: what stands on it, who agreed to it, and what became of each record."""
    return _page(request, _file(request, disposal_id))


@takes_move(MOVES)
@needs_proof
def disposal_move(request: HttpRequest, disposal_id: int, verb: str) -> HttpResponse:
    """Approve a list as the second person, or drop it."""
    return make(
        request,
        MOVES[verb],
        get_disposal(disposal_id, actor_of(request)),
        PlainForm(request.POST),
        address=reverse("disposal", args=[disposal_id]),
        again=lambda form: _page(request, _file(request, disposal_id), failed={verb: form}),
    )


@require_safe
def certificate(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """The certificate of a disposal, as it is on file."""
    name, content = certificate_bytes(disposal_id, actor_of(request))
    return sent(name, content, "application/pdf")


def _file(request: HttpRequest, disposal_id: int) -> DisposalFile:
    return disposal_file(disposal_id, actor_of(request), page=page_number(request.GET))


def _page(
    request: HttpRequest, found: DisposalFile, *, failed: Failed | None = None
) -> HttpResponse:
    line, state = found.line, request.GET
    return page(
        request,
        "retention/disposal.html",
        title=f"Disposal {line.id}",
        crumbs=(*crumbs(), Crumb("Disposals", reverse("disposals")), Crumb(f"{line.id}")),
        found=found,
        line=line,
        months=rules.how_long(found.months).lower(),
        state=Tag(rules.STATES[line.state], TONES.get(line.state, "")),
        waits=line.state == rules.PREPARED,
        table=table(
            counted(found.total, "record"),
            ROWS,
            [_row(row) for row in found.rows],
            empty="No record stands on it.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
        moves=[
            (*offer, reverse("disposal_move", args=[line.id, offer[0]]))
            for offer in offered(MOVES, found.allowed, failed or {})
        ],
        **outcome(failed),
    )


def _cells(row: DisposalLine) -> tuple[Cell, ...]:
    held = f"{row.kept} kept" if row.kept else ""
    return (
        Cell(f"{row.id}. {row.class_name}", href=reverse("disposal", args=[row.id]), main=True),
        Cell(day_text(row.prepared_at.date()), sub=row.prepared_name),
        Cell(counted(row.listed + row.destroyed, "record"), sub=held),
        Cell(tags=(Tag(rules.STATES[row.state], TONES.get(row.state, "")),)),
    )


def _row(row: RowOnList) -> tuple[Cell, ...]:
    is_gone = row.state == rules.DESTROYED
    what: dict[str, Any] = {"tags": (Tag(rules.ROW_STATES[row.state], TONES.get(row.state, "")),)}
    if row.hold_id is not None:
        what["sub"] = f"Legal hold {row.hold_id}"
    elif is_gone:
        what["sub"] = f"SHA-256 {row.digest[:16]}…"
    href = "" if is_gone else reverse(PAGES[row.noun], args=[row.key])
    return (
        Cell(row.title, href=href, main=True),
        Cell(day_text(row.ended_on)),
        Cell(day_text(row.due_on)),
        Cell(**what),
    )
