"""The rows that a number of a report counts, and the report as a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.reporting import queries
from wardroom.reporting.queries.rows_behind import RowBehind
from wardroom.web.edge import actor_of
from wardroom.web.reports.views import HOME
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = {
    "request": (Column("Request"), Column("Address")),
    "matter": (Column("Matter"), Column("Place")),
    "ask": (Column("Ask"), Column("Matter")),
    "decision": (Column("Place"), Column("Decided")),
    "round": (Column("Round of spot checks"), Column("Agency")),
    "report": (Column("Report"), Column("Version")),
}


@require_safe
def rows(request: HttpRequest, edition_id: int, code: str) -> HttpResponse:
    """The frozen rows of one number, each a link to what it is now."""
    found = queries.rows_of_figure(
        edition_id, code, actor_of(request), page=page_number(request.GET)
    )
    return page(
        request,
        "reports/rows.html",
        title=f"{found.figure.label}: {found.title}",
        crumbs=(
            HOME,
            Crumb(found.title, reverse("report", args=[edition_id])),
            Crumb(found.figure.label),
        ),
        found=found,
        table=table(
            f"The rows behind “{found.figure.label}”, as they were counted",
            COLUMNS[found.noun],
            [
                (Cell(row.title, href=_address(row), main=True), Cell(row.about or "-"))
                for row in found.rows
            ],
            empty="This number counted nothing.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_safe
def pdf(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The edition on paper."""
    name, content = queries.report_pdf(edition_id, actor_of(request))
    return sent(name, content, "application/pdf")


@require_safe
def word(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The edition as a Word file."""
    name, content = queries.report_word(edition_id, actor_of(request))
    return sent(name, content, WORD)


def sent(name: str, content: bytes, media_type: str) -> HttpResponse:
    """A file as an answer, for this reader alone."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def streamed(
    request: HttpRequest, name: str, pieces: Iterable[bytes], media_type: str
) -> StreamingHttpResponse:
    """A file of any length as an answer, for this reader alone: sent piece by piece as it is made.

    Who asks for the head alone gets none of it made.
    """
    made = iter(()) if request.method == "HEAD" else pieces
    answer = StreamingHttpResponse(made, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _address(row: RowBehind) -> str:
    if row.kind in ("request", "ask", "round", "report", "candidate", "nomination"):
        return reverse(row.kind, args=[row.key])
    return matter_address(row.kind, row.key)
