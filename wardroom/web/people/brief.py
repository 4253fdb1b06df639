"""The two-minute brief: one phone screen before a call or a visit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import PromiseRow, two_minute_brief
from wardroom.engagement.queries.commitments import commitment_page
from wardroom.engagement.queries.papers import paper_page
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import state_tag

MOST_SHOWN = 5


@require_safe
def brief(request: HttpRequest, party_id: int) -> HttpResponse:
    """What to know of somebody before a call or a visit."""
    found = two_minute_brief(party_id, actor_of(request), at=stamp_of(request).at)
    card = found.card
    if card.party_id != party_id:
        return HttpResponseRedirect(reverse("brief", args=[card.party_id]))
    inside = found.inside
    actor, today = actor_of(request), today_of(request)
    said = commitment_page(actor, on=today, made_to=found.called).rows[:MOST_SHOWN]
    papers = paper_page(actor, anc=found.anc_code).rows[:MOST_SHOWN] if found.anc_code else ()
    return page(
        request,
        "people/brief.html",
        title=f"Brief: {card.name}",
        crumbs=(
            Crumb("People", reverse("people")),
            Crumb(card.name, reverse("party", args=[card.party_id])),
            Crumb("Brief"),
        ),
        brief=found,
        card=card,
        points=[p for p in card.points if not p.ended_at and not p.bounced_at],
        promises=[_row(row) for row in found.promises],
        clocks=[_row(row) for row in found.clocks],
        said=[(row, matter_address("commitment", row.id)) for row in said],
        papers=[(row, matter_address(row.kind, row.id)) for row in papers],
        open_rows=[(m, matter_address(m.kind, m.matter_id)) for m in inside.open.rows]
        if inside
        else [],
    )


def _row(row: PromiseRow) -> tuple[PromiseRow, object, str]:
    return row, state_tag(row.state), matter_address(row.matter_kind, row.matter_id)
