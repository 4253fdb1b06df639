"""A campaign over all wards on one page: each ward's part and how far it is."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.plans.queries import CampaignView, CampaignWard, campaign_view
from wardroom.web.edge import actor_of, today_of
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag

COLUMNS = (Column("Ward"), Column("Part"), Column("Progress"), Column("Next"))


@require_safe
def campaign(request: HttpRequest, matter_id: int) -> HttpResponse:
    """All wards of a campaign; everybody in the office reads how far each is."""
    today = today_of(request)
    view = campaign_view(matter_id, actor_of(request), on=today)
    return page(
        request,
        "initiatives/campaign.html",
        title=view.title,
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Campaigns", f"{reverse('initiatives')}?kind=campaign"),
            Crumb(view.title),
        ),
        view=view,
        table=ward_table(view, today),
    )


def ward_table(view: CampaignView, today: date) -> Table:
    """A row for each ward, those without a part among them."""
    wards = len({row.ward_code for row in view.rows if row.ward_code})
    return table(
        f"{view.taking_part} of {counted(wards, 'ward')} take part",
        COLUMNS,
        [_cells(row, today) for row in view.rows],
        empty="No wards are loaded, and no part is open.",
    )


def _cells(row: CampaignWard, today: date) -> tuple[Cell, ...]:
    ward = Cell(f"Ward {row.ward_code}" if row.ward_code else "Citywide", main=True)
    if row.matter_id is None:
        return (ward, Cell("No part yet"), Cell(), Cell())
    href = reverse("initiative", args=[row.matter_id]) if row.opens else ""
    closed = (state_tag("closed"),) if row.state == "closed" else ()
    late = (Tag(f"{row.asks_late} late", "bad"),) if row.asks_late else ()
    plan = f"plan version {row.plan_version}" if row.plan_version else "no plan yet"
    when = f"{day_text(row.next_on)} ({from_today(row.next_on, today)})" if row.next_on else ""
    return (
        ward,
        Cell(row.title, href=href, sub=f"Led by {row.lead_name}", tags=closed),
        Cell(f"{row.asks_done} of {counted(row.asks, 'ask')} done", sub=plan, tags=late),
        Cell(when or row.outcome_label, sub=row.next_step if row.next_on else ""),
    )
