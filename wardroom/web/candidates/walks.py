"""Where few report: the districts to walk in because requests do not tell."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.problems.queries import WalkPage, WalkRow, walk_page
from wardroom.problems.rules import (
    ALL,
    REPORTING_DEFINITIONS,
    SELDOM,
    SILENT,
    WHY_WALK,
)
from wardroom.web.candidates import lists
from wardroom.web.edge import actor_of
from wardroom.web.rows import rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import ward_choices

WHY = [("", "Worth a walk"), *WHY_WALK.items(), (ALL, "Every district")]
TONES = {SELDOM: "warn", SILENT: ""}
COLUMNS = (
    Column("District", sort="code"),
    Column("Reporting, against the city", sort="rate", number=True),
    Column("Until reported again", sort="-delay", number=True),
    Column("Episodes", number=True),
    Column("Likely unreported", sort="-missing", number=True),
    Column("Last checked by us", sort="checked"),
)
EMPTY = (
    "No district fits these filters. Either people report as readily here as elsewhere, or you"
    " can choose another ward or every district."
)
NOT_COUNTED = (
    "This has not been counted yet. It is counted with the next ranking, once wards, ANCs or"
    " single-member districts are loaded."
)


@require_safe
def walk_list(request: HttpRequest) -> HttpResponse:
    """The districts where few report, for a walk."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    why = filters.choice(request.GET, "why", "Why", WHY)
    found = walk_page(
        actor,
        ward=ward.value or None,
        why=why.value,
        sort=request.GET.get("sort", ""),
        page=page_number(request.GET),
    )
    return page(
        request,
        "candidates/walks.html",
        title="Walk where few report",
        crumbs=(Crumb("Home", "/"), Crumb("Candidates", reverse("candidates")), Crumb(lists.WALKS)),
        filters=filters.bar(request.GET, ward, why, keep=("sort",)),
        tabs=lists.tabs(request.GET, lists.WALKS),
        found=found,
        definitions=REPORTING_DEFINITIONS[1:2],
        table=table(
            _caption(found),
            COLUMNS,
            [_cells(row, found.since) for row in found.rows],
            empty=EMPTY if found.counted else NOT_COUNTED,
            state=request.GET,
            sort=found.sort,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _caption(found: WalkPage) -> str:
    return f"{counted(found.total, 'district')}, of the city's {found.districts}"


def _cells(row: WalkRow, since: date | None) -> tuple[Cell, ...]:
    tags = (Tag(WHY_WALK[row.why], TONES[row.why]),) if row.why else ()
    return (
        Cell(
            row.label,
            href=reverse("area", args=[row.kind, row.code]),
            sub=f"Ward {row.ward_code}" if row.ward_code and row.kind != "ward" else "",
            tags=tags,
            main=True,
        ),
        Cell(
            f"{row.relative:.2f} times",
            sub=f"{row.lower:.2f} to {row.upper:.2f}; {counted(row.repeats, 'repeat')},"
            f" {row.expected:.0f} expected",
            number=True,
        ),
        Cell(_days(row.delay_days), number=True),
        Cell(f"{row.episodes:,}", href=_behind(row, since), number=True),
        _unreported(row),
        Cell(day_text(row.checked_on) or "Not yet"),
    )


def _unreported(row: WalkRow) -> Cell:
    if row.unreported is None or row.unreported_low is None or row.unreported_high is None:
        return Cell("cannot be told" if row.why == SILENT else "no clear sign", number=True)
    between = f"{row.unreported_low:,.0f} to {row.unreported_high:,.0f}"
    return Cell(f"about {row.unreported:,.0f}", sub=between, number=True)


def _days(days: float | None) -> str:
    return "nobody did" if days is None else counted(round(days), "day")


def _behind(row: WalkRow, since: date | None) -> str:
    """The requests of the district in the same 12 months."""
    where = ("ward", row.code) if row.kind == "ward" else ("area", f"{row.kind}:{row.code}")
    since_on = since.isoformat() if since else ""
    return rows_address("requests", [where, ("opened_from", since_on)])
