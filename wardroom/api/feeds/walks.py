"""Walks as GeoJSON: numbered stops, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.api.feeds.views import LARGEST, as_geojson, stamp_of_feed
from wardroom.fieldwork.queries import walk_file, walk_view
from wardroom.kernel.errors import NotAllowed, NotFound

SEEN, OPEN, SIZE = "refuse", "undecided", 20


@require_safe
def of_round(request: HttpRequest, round_id: int, walk: int) -> JsonResponse:
    """One walk of a round of spot checks; those looked at are gray."""
    if max(round_id, walk) > LARGEST:
        raise NotFound(f"no round {round_id}")
    view = walk_view(round_id, walk, stamp_of_feed(request).actor)
    stops = [
        _stop(
            (stop.longitude, stop.latitude),
            rank=stop.position,
            label=stop.label,
            summary=stop.kind_name,
            state=SEEN if stop.check else OPEN,
            href=reverse("round_stop", args=[round_id, stop.id]),
        )
        for stop in view.stops
    ]
    return as_geojson(_walk(stops), keep_for=0)


@require_safe
def of_ward(request: HttpRequest) -> JsonResponse:
    """A walk past what is open and waits for a look, with the filters of its page."""
    from wardroom.fieldwork.gateways.walking import places_in_order

    stamp = stamp_of_feed(request)
    if not stamp.actor.is_staff:
        raise NotAllowed
    found = places_in_order(
        stamp.actor,
        on=timezone.localdate(stamp.at),
        ward=request.GET.get("ward") or None,
        due=request.GET.get("due") == "due",
    )
    stops = [
        _stop(
            (stop.longitude, stop.latitude),
            rank=number,
            label=stop.title,
            summary=stop.next_step,
            state=OPEN,
            href=_address(stop.kind, stop.matter_id),
        )
        for number, stop in enumerate(found.stops, start=1)
    ]
    return as_geojson(_walk(stops), keep_for=0)


@require_safe
def of_walk(request: HttpRequest, walk_id: int) -> JsonResponse:
    """One walk that was drawn; stops where somebody was are gray."""
    if walk_id > LARGEST:
        raise NotFound(f"no walk {walk_id}")
    file = walk_file(walk_id, stamp_of_feed(request).actor)
    stops = [
        _stop(
            (stop.longitude, stop.latitude),
            rank=stop.position,
            label=stop.label,
            summary=stop.reason_label,
            state=SEEN if stop.lines or stop.troubles else OPEN,
            href=f"{reverse('outing', args=[walk_id])}#stop-{stop.id}",
        )
        for stop in file.stops
    ]
    return as_geojson(_walk(stops), keep_for=0)


def _address(kind: str, matter_id: int) -> str:
    return reverse("location" if kind == "persistent_location" else "issue", args=[matter_id])


def _stop(at: tuple[float, float], **properties: Any) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": list(at)}
    properties["episodes"] = SIZE
    return {"type": "Feature", "geometry": point, "properties": properties}


def _walk(stops: Sequence[dict[str, Any]]) -> dict[str, Any]:
    points = [stop["geometry"]["coordinates"] for stop in stops]
    way: list[dict[str, Any]] = []
    if len(points) > 1:
        line = {"type": "LineString", "coordinates": points}
        way.append({"type": "Feature", "geometry": line, "properties": {}})
    return {"type": "FeatureCollection", "features": [*way, *stops]}
