"""A place: what happened there, what is near, and whose ground it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.city.queries import PlaceRow, ground_at, place_row, places_near
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import timeline
from wardroom.web.edge import actor_of, today_of
from wardroom.web.ui.page import Crumb, page


@require_safe
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One place with its timeline."""
    actor, today = actor_of(request), today_of(request)
    row = place_row(actor, place_id, on=today)
    if row is None or not _in_reach(actor, row):
        raise NotFound(f"no place {place_id}")
    near: tuple[PlaceRow, ...] = ()
    ground = None
    if row.latitude is not None and row.longitude is not None:
        found = places_near(actor, row.latitude, row.longitude, on=today, limit=8)
        near = tuple(p for p in found if p.place_id != place_id and _in_reach(actor, p))
        ground = ground_at(row.latitude, row.longitude, today)
    return page(
        request,
        "people/place.html",
        title=row.label,
        crumbs=(Crumb("Search", reverse("search")), Crumb(row.label)),
        row=row,
        near=near,
        ground=ground,
        lines=timeline(actor, refs=[Ref("place", str(place_id))]),
    )


def _in_reach(actor: Actor, row: PlaceRow) -> bool:
    return actor.reach.city or not row.ward_code or row.ward_code in actor.reach.wards
