"""An area of the city: a ward, an ANC, a single-member district, or a piece of ground."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.city.queries import area_row
from wardroom.kernel.errors import NotFound
from wardroom.matters.queries import OpenRow, open_in
from wardroom.web.edge import actor_of, today_of
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("What is open"), Column("Where"), Column("Next"))


@require_safe
def area(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is open in an area, as far as the asker sees it; and whose ground it is."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotFound(f"no {kind} {key}")
    row = area_row(kind, key, on=today_of(request))
    found = open_in(row, actor, page=page_number(request.GET))
    return page(
        request,
        "people/area.html",
        title=row.label,
        crumbs=(Crumb("Search", reverse("search")), Crumb(row.label)),
        row=row,
        table=table(
            counted(found.total, "open matter"),
            COLUMNS,
            [_cells(each) for each in found.rows],
            empty="Nothing of yours is open here.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _cells(row: OpenRow) -> tuple[Cell, ...]:
    return (
        Cell(
            row.title,
            href=matter_address(row.kind, row.matter_id),
            sub=f"W-{row.matter_id} · {row.owner_name}",
            main=True,
        ),
        Cell(row.place_label),
        Cell(day_text(row.next_on), sub=row.next_step),
    )
