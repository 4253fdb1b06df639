"""What the map reads as GeoJSON: ward outlines, candidates, and what is open somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.access.actor import Stamp
from wardroom.casework.queries import OpenHere, open_around, open_within
from wardroom.city.queries import area_outline, area_row, district_outlines
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.text import day_in, instant_in
from wardroom.matters.rules import kind_of
from wardroom.problems.queries import Chosen, Past, candidate_map, reported_at
from wardroom.problems.rules import LISTS, ORDINARY

LARGEST = 10**18


@login_not_required
@require_safe
def wards(request: HttpRequest) -> JsonResponse:
    """The outlines of the wards in force today."""
    on = timezone.localdate(stamp_of_feed(request).at)
    return as_geojson(district_outlines("ward", on), keep_for=3600)


@require_safe
def candidates(request: HttpRequest) -> JsonResponse:
    """The candidates within reach, with the filters of the list."""
    stamp = stamp_of_feed(request)
    actor = stamp.actor
    if not actor.is_staff:
        raise NotAllowed
    as_of = instant_in(request.GET.get("as_of", ""))
    since = day_in(request.GET.get("decided_from", ""))
    drawn = candidate_map(
        actor,
        on=timezone.localdate(stamp.at),
        chosen=Chosen(
            listed=_list_given(request),
            sure=request.GET.get("sure") != "all",
            ward=request.GET.get("ward") or None,
            decided=request.GET.get("decided") or "undecided",
            topic=request.GET.get("topic") or None,
        ),
        past=Past(as_of, since) if as_of else None,
    )
    for feature in drawn["features"]:
        properties = feature["properties"]
        properties["href"] = reverse("candidate", args=[properties["id"]])
    return as_geojson(drawn, keep_for=0)


def _list_given(request: HttpRequest) -> str:
    named = request.GET.get("list", ORDINARY)
    return named if named in LISTS else ORDINARY


@require_safe
def place(request: HttpRequest, place_id: int) -> JsonResponse:
    """What is open at a place and around it."""
    stamp = stamp_of_feed(request)
    if place_id > LARGEST:
        raise NotFound(f"no place {place_id}")
    return as_geojson(_drawn(open_around(place_id, stamp.actor, at=stamp.at)), keep_for=0)


@require_safe
def location(request: HttpRequest, matter_id: int) -> JsonResponse:
    """What was reported at a persistent location in the last 12 months."""
    stamp = stamp_of_feed(request)
    if matter_id > LARGEST:
        raise NotFound(f"no persistent location {matter_id}")
    drawn = reported_at(matter_id, stamp.actor, at=stamp.at)
    for feature in drawn["features"]:
        properties = feature["properties"]
        properties["href"] = reverse("request", args=[properties["id"]])
    return as_geojson(drawn, keep_for=0)


@require_safe
def area(request: HttpRequest, kind: str, key: str) -> JsonResponse:
    """The outline of an area and what is open in it."""
    stamp = stamp_of_feed(request)
    found = open_within(kind, key, stamp.actor, at=stamp.at)
    row = area_row(kind, key, on=timezone.localdate(stamp.at))
    outline = {"type": "Feature", "properties": {"name": row.label}, "geometry": area_outline(row)}
    drawn = _drawn(found)
    drawn["features"].insert(0, outline)
    return as_geojson(drawn, keep_for=0)


def _drawn(rows: Iterable[OpenHere]) -> dict[str, Any]:
    """Open matters as points, each with its page."""
    points = [row for row in rows if row.latitude is not None]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
                "properties": {
                    "state": row.kind,
                    "label": row.title,
                    "summary": row.next_step,
                    "href": _address(row),
                },
            }
            for row in points
        ],
    }


def _address(row: OpenHere) -> str:
    return reverse(kind_of(row.kind).page, args=[row.matter_id])


def as_geojson(content: dict[str, Any], *, keep_for: int) -> JsonResponse:
    """An answer in GeoJSON, kept by the browser for so many seconds."""
    answer = JsonResponse(
        content, content_type="application/geo+json", json_dumps_params={"separators": (",", ":")}
    )
    how = f"max-age={keep_for}" if keep_for else "no-cache"
    answer.headers["Cache-Control"] = f"private, {how}"
    return answer


def stamp_of_feed(request: HttpRequest) -> Stamp:
    """Who reads the feed, and when."""
    return cast(Stamp, cast(Any, request).stamp)
