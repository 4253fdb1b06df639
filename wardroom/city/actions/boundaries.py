"""Loading boundaries, each version for its own days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shapely import make_valid, to_wkb
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city import facts, policy
from wardroom.city.actions.joining import join_places
from wardroom.city.models import BoundarySet, District, Ground, Place
from wardroom.city.queries.findable import ground_thing
from wardroom.city.rules import GROUND, GroundDraft
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.search.actions import index_things, unindex_thing

KINDS = ("ward", "anc", "smd", "psa", "cluster", "district", GROUND)
OUTLINE_DEGREES = 0.00004
SOUTHMOST = -60
LONGEST_CODE = 30


@dataclass(frozen=True)
class Feature:
    """One district to be loaded: its code, its name, and its shape in lon/lat degrees.

    A piece of ground says whose it is; pieces may overlap, and the smallest is meant.
    """

    code: str
    name: str
    geometry: BaseGeometry
    ground: GroundDraft | None = None


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

    Requests of the past keep the district of their own day. Ground also says whose it is.
    Refuses: an unknown kind; ground without an owner; no shapes; a code twice or too long; a
    shape that is no area, or is not in longitude and latitude; a version of that day that has
    another content, or is loaded already. Records: `BoundariesLoaded`.
    """
    _check_features(kind, features)
    same_day = BoundarySet.objects.filter(kind=kind, valid_from=valid_from).first()
    if same_day is not None:
        if same_day.digest == digest:
            raise Refused("nothing_new", f"These {kind} boundaries are loaded already.")
        raise Refused(
            "day_taken",
            f"Other {kind} boundaries hold from {valid_from:%B %-d, %Y} already.",
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
    if kind == GROUND:
        _keep_owners(made, features)
    else:
        join_places(Place.objects.exclude(latitude=None), sets=[made])
    fact = facts.BoundariesLoaded(
        boundary_kind=kind, valid_from=valid_from, districts=len(features), source=source
    )
    record(fact, stamp=stamp)
    return made


def _keep_owners(made: BoundarySet, features: Sequence[Feature]) -> None:
    """Keep whose the ground is, and let the pieces of the newest version be found by name."""
    rows = {d.code: d for d in made.districts.order_by("pk")}
    drafts = {f.code: f.ground for f in features if f.ground is not None}
    Ground.objects.bulk_create(
        Ground(
            district=rows[code],
            owner_code=g.owner_code[:20],
            owner_name=g.owner_name[:200],
            kind=g.kind,
            phone=g.phone[:60],
            advice=g.advice,
        )
        for code, g in drafts.items()
    )
    if made.valid_until is not None:
        return
    for pk in District.objects.filter(boundary_set__kind=GROUND).exclude(boundary_set=made):
        unindex_thing(Ref("ground", str(pk.pk)))
    index_things(
        ground_thing(d, drafts[d.code].owner_code, drafts[d.code].owner_name, made.loaded_at)
        for d in rows.values()
    )


def _check_features(kind: str, features: Sequence[Feature]) -> None:
    if kind not in KINDS:
        raise Refused("bad_kind", f"The kind must be one of {', '.join(KINDS)}.", field="kind")
    if not features:
        raise Refused("no_shapes", "The file holds no shapes.", field="file")
    codes = [f.code for f in features]
    twice = sorted({c for c in codes if codes.count(c) > 1})
    if twice:
        raise Refused("code_twice", f"The code {twice[0]} is there twice.", field="file")
    for feature in features:
        if not feature.code:
            raise Refused("code_missing", "A shape has no code.", field="file")
        if len(feature.code) > LONGEST_CODE:
            raise Refused("code_too_long", f"{feature.code} is too long for a code.", field="file")
        if not isinstance(feature.geometry, Polygon | MultiPolygon) or feature.geometry.is_empty:
            raise Refused("not_an_area", f"{feature.code} is not an area.", field="file")
        if kind == GROUND and (feature.ground is None or not _is_owned(feature.ground)):
            kinds = ", ".join(Ground.Kind.values)
            raise Refused(
                "owner_missing",
                f"{feature.code} does not say whose ground it is: an owner's code, name and kind "
                f"({kinds}).",
                field="file",
            )


def _is_owned(ground: GroundDraft) -> bool:
    return bool(ground.owner_code and ground.owner_name and ground.kind in Ground.Kind.values)


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
