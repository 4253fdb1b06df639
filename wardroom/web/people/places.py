"""A place: what is open there and around, what came back, and whose ground it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import PlaceFile, place_file
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.people.around import came_back_table, open_table, requests_address
from wardroom.web.ui.map import open_map
from wardroom.web.ui.page import Crumb, page


@require_safe
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """One place with its map, what is open, and its timeline."""
    file = place_file(place_id, actor_of(request), at=stamp_of(request).at)
    row = file.place
    return page(
        request,
        "people/place.html",
        title=row.label,
        crumbs=(Crumb("Search", reverse("search")), Crumb(row.label)),
        file=file,
        row=row,
        map=_map(file, place_id),
        open=open_table("Open here and within 100 meters", file.open),
        back=came_back_table("Came back here", file.back),
        behind=requests_address(file.requests, place=str(place_id)),
    )


def _map(file: PlaceFile, place_id: int) -> object:
    row = file.place
    if row.latitude is None or row.longitude is None:
        return None
    points = reverse("feed_place", args=[place_id])
    return open_map(points, row.label, point=(row.latitude, row.longitude))
