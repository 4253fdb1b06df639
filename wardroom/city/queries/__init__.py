"""Which district, which place and whose ground is where."""

from __future__ import annotations

from wardroom.city.queries.areas import AreaRow, area_row, areas_named, places_in
from wardroom.city.queries.boundaries import (
    BoundaryNote,
    DatedIndex,
    DistrictRow,
    boundary_notes,
    codes_at,
    dated_indexes,
    district_outlines,
    districts,
    get_districts_at,
    index_of,
    is_inside,
    is_schematic,
)
from wardroom.city.queries.ground import (
    GroundHere,
    GroundOwner,
    ground_at,
    owner_at,
    owners_near,
    spot_at,
)
from wardroom.city.queries.places import (
    PlaceRow,
    PlacesFound,
    PointHere,
    find_places,
    get_place,
    place_at,
    place_row,
    places_near,
    ward_of_places,
)

__all__ = [
    "AreaRow",
    "BoundaryNote",
    "DatedIndex",
    "DistrictRow",
    "GroundHere",
    "GroundOwner",
    "PlaceRow",
    "PlacesFound",
    "PointHere",
    "area_row",
    "areas_named",
    "boundary_notes",
    "codes_at",
    "dated_indexes",
    "district_outlines",
    "districts",
    "find_places",
    "get_districts_at",
    "get_place",
    "ground_at",
    "index_of",
    "is_inside",
    "is_schematic",
    "owner_at",
    "owners_near",
    "place_at",
    "place_row",
    "places_in",
    "places_near",
    "spot_at",
    "ward_of_places",
]
