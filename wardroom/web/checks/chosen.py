"""Looks that somebody chose to take, apart from the spot checks that a lot drew."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.fieldwork.queries import ChosenRow, chosen_checks
from wardroom.fieldwork.rules import FINDINGS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of
from wardroom.web.rows import matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, instant_text
from wardroom.web.wards import ward_choices

COLUMNS = (Column("Place"), Column("Seen"), Column("Found"), Column("How"))
STATES = [("all", "All findings"), *FINDINGS.items()]
EMPTY = (
    "Nothing here. Write down what you see on the page of an issue or a location, or take it on"
    " a walk, and it is listed."
)


@require_safe
def chosen_list(request: HttpRequest) -> HttpResponse:
    """The looks that somebody chose, one by one: they are in no share and in no plan."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "Found", STATES, default="all")
    found = chosen_checks(
        actor, ward=ward.value or None, finding=state.value, page=page_number(request.GET)
    )
    return page(
        request,
        "checks/chosen.html",
        title="Looks by choice",
        crumbs=(Crumb("Spot checks", reverse("rounds")), Crumb("Looks by choice")),
        filters=filters.bar(request.GET, ward, state),
        table=table(
            counted(found.total, "look"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _cells(row: ChosenRow) -> tuple[Cell, ...]:
    rated = f"Rated {row.rating} of 4" if row.rating else ""
    walk = reverse("outing", args=[row.walk_id]) if row.walk_id is not None else ""
    return (
        Cell(
            row.label,
            href=matter_address(row.matter_kind, row.matter_id),
            sub=f"{row.title} · Ward {row.ward_code}",
            main=True,
        ),
        Cell(instant_text(row.seen_at), sub=row.observer_name),
        Cell(row.finding_label, sub=rated),
        Cell("On a walk" if walk else "By hand", href=walk),
    )
