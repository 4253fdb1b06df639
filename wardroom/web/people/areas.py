"""An area of the city: a ward, an ANC, a single-member district, or a piece of ground."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import AreaFile, area_file
from wardroom.matters.queries import OpenRow, open_in
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.people.around import came_back_table, requests_address
from wardroom.web.rows import matter_address
from wardroom.web.ui.map import open_map
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("What is open"), Column("Where"), Column("Next"))


@require_safe
def area(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What is open in an area, as far as the asker sees it; and whose ground it is."""
    actor = actor_of(request)
    file = area_file(kind, key, actor, at=stamp_of(request).at)
    row = file.area
    found = open_in(row, actor, page=page_number(request.GET))
    where = {"ward": row.code} if kind == "ward" else {"area": f"{kind}:{row.code}"}
    return page(
        request,
        "people/area.html",
        title=row.label,
        crumbs=(Crumb("Search", reverse("search")), Crumb(row.label)),
        file=file,
        row=row,
        map=open_map(reverse("feed_area", args=[kind, row.key]), row.label),
        intake=_intake(file),
        back=came_back_table(f"Came back in {row.label}", file.back),
        behind=requests_address(file.requests, **where),
        table=table(
            counted(found.total, "open matter"),
            COLUMNS,
            [_cells(each) for each in found.rows],
            empty="Nothing that you can see is open here.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _intake(file: AreaFile) -> str:
    """The intake with what is known of the place: the point of a piece of ground, or the ward."""
    given = {}
    if file.point is not None:
        latitude, longitude = file.point
        given["spot"] = f"at:{latitude:.6f},{longitude:.6f}|{file.area.label}"
    elif file.area.kind == "ward":
        given["ward_code"] = file.area.code
    return reverse("intake") + (f"?{urlencode(given)}" if given else "")


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
