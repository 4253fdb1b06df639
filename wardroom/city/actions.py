"""Changes to boundaries and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shapely import from_wkb, make_valid, to_wkb
from shapely.geometry import MultiPolygon, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city import facts, policy
from wardroom.city.models import BoundarySet, District, Membership, Place
from wardroom.city.rules import place_kind
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record

KINDS = ("ward", "anc", "smd", "psa", "cluster", "district")
OUTLINE_DEGREES = 0.00004
SOUTHMOST = -60
LONGEST_CODE = 30


@dataclass(frozen=True)
class Feature:
    """One district to be loaded: its code, its name, and its shape in lon/lat degrees."""

    code: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class PlaceDraft:
    """A place to be noted."""

    key: int
    label: str
    latitude: float
    longitude: float


@action(policy.may_load_boundaries)
def load_boundaries(
    subject: None,
    *,
    kind: str,
    valid_from: date,
    features: Sequence[Feature],
    source: str,
    digest: str,
    schematic: bool = False,
    stamp: Stamp,
) -> BoundarySet:
    """Load one version of one kind of boundary; the older version ends the day before.

    Requests of the past keep the district of their own day.
    Refuses: an unknown kind; no shapes; a code twice or too long; a shape that is no area, or
    is not in longitude and latitude; a version of that day that has another content, or is
    loaded already. Records: `BoundariesLoaded`.
    """
    _check_features(kind, features)
    same_day = BoundarySet.objects.filter(kind=kind, valid_from=valid_from).first()
    if same_day is not None:
        if same_day.digest == digest:
            raise Refused("nothing_new", f"These {kind} boundaries are loaded already.")
        raise Refused(
            "day_taken",
            f"Other {kind} boundaries hold from {valid_from:%-d %B %Y} already.",
            field="valid_from",
        )
    later = BoundarySet.objects.filter(kind=kind, valid_from__gt=valid_from).order_by("valid_from")
    following = later.first()
    made = BoundarySet.objects.create(
        kind=kind,
        valid_from=valid_from,
        valid_until=following.valid_from - timedelta(days=1) if following else None,
        source=source[:200],
        digest=digest,
        schematic=schematic,
        loaded_at=stamp.at,
    )
    before = BoundarySet.objects.filter(kind=kind, valid_from__lt=valid_from)
    earlier = before.order_by("-valid_from").first()
    if earlier is not None:
        earlier.valid_until = valid_from - timedelta(days=1)
        earlier.save()
    District.objects.bulk_create(_district(made, f) for f in features)
    _join_places(Place.objects.all(), sets=[made])
    fact = facts.BoundariesLoaded(
        boundary_kind=kind, valid_from=valid_from, districts=len(features), source=source
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_note_place)
def note_places(subject: None, *, drafts: Sequence[PlaceDraft], stamp: Stamp) -> dict[int, Place]:
    """Note many places at once, each by its key; one that is known stays as it is.

    Returns the places by key, known ones too.
    Refuses: an empty list. Records: `PlacesNoted`.
    """
    if not drafts:
        raise Refused("no_places", "There is no place to note.")
    keys = [d.key for d in drafts]
    known = set(Place.objects.filter(key__in=keys).values_list("key", flat=True))
    new = list({d.key: d for d in drafts if d.key not in known}.values())
    Place.objects.bulk_create(
        Place(
            key=d.key,
            kind=place_kind(d.key),
            label=d.label[:200],
            latitude=d.latitude,
            longitude=d.longitude,
            noted_at=stamp.at,
        )
        for d in new
    )
    places = {p.key: p for p in Place.objects.filter(key__in=keys)}
    _join_places([places[d.key] for d in new], sets=BoundarySet.objects.all())
    record(facts.PlacesNoted(places=len(new)), stamp=stamp)
    return places


@action(policy.may_note_place)
def note_place(
    subject: None, *, key: int, label: str, latitude: float, longitude: float, stamp: Stamp
) -> Place:
    """Note one place by its key; the same key again gives the same place.

    Refuses: nothing. Records: `PlaceNoted`.
    """
    place, new = Place.objects.get_or_create(
        key=key,
        defaults={
            "kind": place_kind(key),
            "label": label[:200],
            "latitude": latitude,
            "longitude": longitude,
            "noted_at": stamp.at,
        },
    )
    if new:
        _join_places([place], sets=BoundarySet.objects.all())
    record(facts.PlaceNoted(place_id=place.pk, label=place.label), stamp=stamp)
    return place


def _check_features(kind: str, features: Sequence[Feature]) -> None:
    if kind not in KINDS:
        raise Refused("bad_kind", f"The kind must be one of {', '.join(KINDS)}.", field="kind")
    if not features:
        raise Refused("no_shapes", "The file holds no shapes.", field="file")
    codes = [f.code for f in features]
    twice = sorted({c for c in codes if codes.count(c) > 1})
    if twice:
        raise Refused("code_twice", f"The code {twice[0]} stands there twice.", field="file")
    for feature in features:
        if not feature.code:
            raise Refused("code_missing", "A shape has no code.", field="file")
        if len(feature.code) > LONGEST_CODE:
            raise Refused("code_too_long", f"{feature.code} is too long for a code.", field="file")
        if not isinstance(feature.geometry, Polygon | MultiPolygon) or feature.geometry.is_empty:
            raise Refused("not_an_area", f"{feature.code} is not an area.", field="file")


def _district(made: BoundarySet, feature: Feature) -> District:
    shape = feature.geometry if feature.geometry.is_valid else _repaired(feature)
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise Refused(
            "not_degrees", f"{feature.code} is not in longitude and latitude.", field="file"
        )
    if south < SOUTHMOST:
        raise Refused(
            "wrong_order",
            f"{feature.code} lies at the South Pole: its latitude is written first. GeoJSON "
            "writes longitude first, then latitude.",
            field="file",
        )
    return District(
        boundary_set=made,
        code=feature.code,
        name=(feature.name or feature.code)[:200],
        shape=to_wkb(shape),
        outline=_outline(shape),
        west=west,
        south=south,
        east=east,
        north=north,
    )


def _repaired(feature: Feature) -> BaseGeometry:
    """The areas of a shape whose edges cross themselves."""
    fixed = make_valid(feature.geometry)
    parts = [g for g in getattr(fixed, "geoms", [fixed]) if isinstance(g, Polygon | MultiPolygon)]
    polygons = [p for g in parts for p in getattr(g, "geoms", [g])]
    if not polygons:
        raise Refused("not_an_area", f"{feature.code} cannot be repaired.", field="file")
    return MultiPolygon(polygons)


def _outline(shape: BaseGeometry) -> Any:
    simple = mapping(shape.simplify(OUTLINE_DEGREES, preserve_topology=True))

    def rounded(value: Any) -> Any:
        if isinstance(value, float):
            return round(value, 5)
        return [rounded(v) for v in value]

    return {"type": simple["type"], "coordinates": rounded(simple["coordinates"])}


def _join_places(places: Iterable[Place], *, sets: Iterable[BoundarySet]) -> None:
    rows = list(places)
    if not rows:
        return
    for each in sets:
        shapes = [
            (d, from_wkb(bytes(d.shape)))
            for d in District.objects.filter(boundary_set=each).order_by("pk")
        ]
        found = []
        for place in rows:
            point = Point(place.longitude, place.latitude)
            for district, shape in shapes:
                inside_box = (
                    district.west <= place.longitude <= district.east
                    and district.south <= place.latitude <= district.north
                )
                if inside_box and shape.covers(point):
                    found.append(Membership(place=place, district=district))
                    break
        Membership.objects.bulk_create(found, ignore_conflicts=True)
