"""The real contacts behind a number of the map of silence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.analysis.definitions import REAL_CONTACT
from wardroom.engagement.queries.contacts import ContactRow, contact_page
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.outreach import showing
from wardroom.web.rows import number_meant
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("Who"), Column("When"), Column("How"))


@require_safe
def real_contacts(request: HttpRequest) -> HttpResponse:
    """With whom the office was in touch, when and how."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    found = contact_page(
        actor,
        on=today_of(request),
        by=state.get("by", ""),
        key=state.get("key", "")[:12],
        days=number_meant(state.get("days", "")) or 0,
        page=page_number(state),
    )
    title = f"Real contacts: {found.label}"
    return page(
        request,
        "outreach/contacts.html",
        title=title,
        crumbs=showing.crumbs(Crumb(title)),
        found=found,
        at=stamp_of(request).at,
        definitions=(REAL_CONTACT,),
        table=table(
            f"{counted(found.occasions, 'real contact')} in {counted(found.days, 'day')},"
            f" with {counted(found.total, 'person or group', 'people and groups')} in them",
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="There was no real contact in these days.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


def _cells(row: ContactRow) -> tuple[Cell, ...]:
    where = f"SMD {row.smd_code}" if row.smd_code else f"Ward {row.ward_code}"
    event = reverse("event", args=[row.event_id]) if row.event_id else ""
    return (
        Cell(row.name, href=reverse("party", args=[row.party_id]), sub=where, main=True),
        Cell(day_text(row.on)),
        Cell(row.how, href=event),
    )
