"""Sheets for one's pocket: a briefing memo, an after-action note, and the ledger of a walk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.matters.queries import kinds_of
from wardroom.reporting.queries import sheets
from wardroom.reporting.rules.sheets import LEDGER, MEETING, MEMO, Part, Sheet
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.reports.rows import WORD, sent
from wardroom.web.reports.views import HOME
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, table


@require_safe
def sheet(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """A memo, a note or a ledger on a page, with the same on paper and in Word."""
    found = sheets.sheet(kind, about_id, actor_of(request), at=stamp_of(request).at)
    return page(
        request,
        "reports/sheet.html",
        title=f"{found.kind_label}: {found.title}",
        crumbs=(HOME, Crumb(found.kind_label)),
        found=found,
        parts=[(part, _table(part)) for part in found.shown],
        about=_about(request, found),
    )


@require_safe
def sheet_pdf(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """The same on paper."""
    at = stamp_of(request).at
    name, content = sheets.sheet_pdf(kind, about_id, actor_of(request), at=at)
    return sent(name, content, "application/pdf")


@require_safe
def sheet_word(request: HttpRequest, kind: str, about_id: int) -> HttpResponse:
    """The same as a Word file."""
    at = stamp_of(request).at
    name, content = sheets.sheet_word(kind, about_id, actor_of(request), at=at)
    return sent(name, content, WORD)


def _table(part: Part) -> Table | None:
    if not part.rows:
        return None
    rows = [(Cell(row[0], main=True), *(Cell(cell) for cell in row[1:])) for row in part.rows]
    columns = [Column(word) for word in part.head]
    return table(part.title, columns, rows, empty=part.none, caption_hidden=True)


def _about(request: HttpRequest, found: Sheet) -> str:
    """The page of what the sheet is about."""
    if found.kind == MEMO:
        kinds = kinds_of(actor_of(request), [found.key])
        return matter_address(kinds[found.key], found.key)
    if found.kind == MEETING:
        return reverse("event", args=[found.key])
    return reverse("walk_ledger" if found.kind == LEDGER else "outing", args=[found.key])
