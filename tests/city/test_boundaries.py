"""Boundaries come in versions, each for its own days; a bad file is refused in a sentence."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely import from_wkb
from shapely.geometry import Polygon, box

from tests.cast import HOUSE, Cast
from wardroom.access.actor import Stamp
from wardroom.city.actions import Feature, load_boundaries, note_place
from wardroom.city.gateways import read_features
from wardroom.city.models import BoundarySet, District, Membership
from wardroom.city.queries import (
    boundary_notes,
    dated_indexes,
    district_outlines,
    districts,
    is_schematic,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry

pytestmark = pytest.mark.django_db
WEST = box(-77.02, 38.90, -76.98, 38.94)
EAST = box(-76.98, 38.90, -76.94, 38.94)
BOTH = box(-77.02, 38.90, -76.94, 38.94)
D2002, D2012, D2022 = date(2002, 1, 1), date(2012, 1, 1), date(2022, 1, 1)
ONE = timedelta(days=1)


def load(day: date, *shapes: tuple[str, Any], kind: str = "ward", **more: Any) -> BoundarySet:
    given: dict[str, Any] = {
        "source": "a test",
        "digest": f"{kind} of {day}",
        "stamp": HOUSE,
        **more,
    }
    features = [Feature(code, f"Ward {code}", shape) for code, shape in shapes or [("1", BOTH)]]
    return load_boundaries(None, kind=kind, valid_from=day, features=features, **given)


def versions() -> list[tuple[date, date | None]]:
    rows = BoundarySet.objects.filter(kind="ward").order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_until"))


def test_older_version_is_kept_and_ends_the_day_before() -> None:
    load(D2012, ("5", BOTH))
    load(D2022, ("5", WEST), ("7", EAST))
    assert versions() == [(D2012, D2022 - ONE), (D2022, None)]
    assert [d.code for d in districts("ward", D2022 - ONE)] == ["5"]
    assert [d.code for d in districts("ward", D2022)] == ["5", "7"]
    assert districts("ward", D2012 - ONE) == ()
    assert District.objects.count() == 3


def test_older_version_may_be_loaded_afterwards() -> None:
    """In whatever order they come, the versions cover the years without a gap or an overlap."""
    load(D2012)
    load(D2002)
    load(D2022)
    assert versions() == [(D2002, D2012 - ONE), (D2012, D2022 - ONE), (D2022, None)]


def test_version_between_two_takes_its_years_from_the_older() -> None:
    load(D2002)
    load(D2022)
    load(D2012)
    assert versions() == [(D2002, D2012 - ONE), (D2012, D2022 - ONE), (D2022, None)]


def test_kinds_do_not_end_each_other() -> None:
    load(D2012)
    load(D2022, kind="smd")
    assert versions() == [(D2012, None)]


def test_same_file_again_changes_nothing() -> None:
    load(D2022, digest="same")
    lines = Entry.objects.count()
    with pytest.raises(Refused) as no:
        load(D2022, digest="same")
    assert no.value.code == "nothing_new"
    assert versions() == [(D2022, None)]
    assert Entry.objects.count() == lines


def test_two_versions_of_one_day_are_refused() -> None:
    load(D2022, ("5", WEST), digest="first")
    with pytest.raises(Refused, match="hold from January 1, 2022 already") as no:
        load(D2022, ("5", EAST), digest="second")
    assert no.value.code == "day_taken"
    assert [d.code for d in districts("ward", D2022)] == ["5"]


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ([("5", WEST), ("5", EAST)], "The code 5 is there twice"),
        ([("", WEST)], "A shape has no code"),
        ([("5" * 31, WEST)], "is too long for a code"),
        ([("5", Polygon())], "5 is not an area"),
        ([("5", WEST.exterior)], "5 is not an area"),
        ([("5", WEST.centroid)], "5 is not an area"),
        ([("5", box(398_000, 136_000, 400_000, 138_000))], "not in longitude and latitude"),
        ([("5", box(38.90, -177.02, 38.94, -176.98))], "not in longitude and latitude"),
    ],
)
def test_shape_that_is_no_district_is_refused(shapes: list[tuple[str, Any]], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        load(D2022, *shapes)
    assert not BoundarySet.objects.exists()
    assert not Entry.objects.exists()


def test_unknown_kind_and_no_shapes_are_refused() -> None:
    with pytest.raises(Refused, match="The kind must be one of"):
        load(D2022, kind="parish")
    with pytest.raises(Refused, match="holds no shapes"):
        load_boundaries(
            None,
            kind="ward",
            valid_from=D2022,
            features=[],
            source="a test",
            digest="0",
            stamp=HOUSE,
        )


def test_shape_whose_edge_crosses_itself_is_repaired() -> None:
    """A bow tie: both of its halves belong to the ward."""
    tie = Polygon([(-77.0, 38.90), (-76.98, 38.92), (-76.98, 38.90), (-77.0, 38.92)])
    assert not tie.is_valid
    load(D2022, ("5", tie))
    kept = from_wkb(bytes(District.objects.get().shape))
    assert kept.is_valid
    assert kept.area == pytest.approx(2 * 0.02 * 0.01 / 2)
    index = dated_indexes("ward")[0]

    found = index.index.locate(
        np.array([-76.999, -76.981, -76.99]), np.array([38.91] * 2 + [38.905])
    )
    assert found.tolist() == [0, 0, -1]


def test_places_learn_their_district_in_every_version() -> None:
    load(D2012, ("5", BOTH))
    old = note_place(None, key=1, label="Alley", latitude=38.92, longitude=-76.96, stamp=HOUSE)
    load(D2022, ("5", WEST), ("7", EAST))
    new = note_place(None, key=2, label="Corner", latitude=38.92, longitude=-77.0, stamp=HOUSE)
    again = note_place(None, key=2, label="Else", latitude=0, longitude=0, stamp=HOUSE)
    assert again == new
    held = {
        (m.place_id, m.district.boundary_set.valid_from): m.district.code
        for m in Membership.objects.select_related("district__boundary_set")
    }
    assert held == {
        (old.pk, D2012): "5",
        (old.pk, D2022): "7",
        (new.pk, D2012): "5",
        (new.pk, D2022): "5",
    }


def test_made_up_boundaries_are_known_as_such_until_real_ones_hold() -> None:
    load(D2012, schematic=True)
    assert is_schematic()
    assert [n.schematic for n in boundary_notes(D2022)] == [True]
    load(D2022)
    assert not is_schematic()
    assert [(n.kind, n.valid_from, n.source) for n in boundary_notes(D2022)] == [
        ("ward", D2022, "a test")
    ]


def test_outlines_are_geojson_in_the_order_of_codes() -> None:
    load(D2022, ("7", EAST), ("5", WEST))
    drawn = district_outlines("ward", D2022)
    assert drawn["type"] == "FeatureCollection"
    assert [f["properties"]["code"] for f in drawn["features"]] == ["5", "7"]
    assert json.loads(json.dumps(drawn)) == drawn
    assert [d.code for d in districts("ward", D2022)] == ["5", "7"]


def test_wards_stand_in_the_order_of_their_numbers() -> None:
    load(D2022, ("10", WEST), ("9", EAST))
    assert [d.code for d in districts("ward", D2022)] == ["9", "10"]


def test_liaison_loads_no_boundaries(liaison5: Cast, director: Cast) -> None:
    def as_(stamp: Stamp) -> BoundarySet:
        return load(D2022, stamp=stamp)

    with pytest.raises(NotAllowed):
        as_(liaison5.stamp)
    assert as_(director.stamp).pk


def read_and_load(file: Path) -> BoundarySet:
    features, digest = read_features(file, kind="ward")
    return load(D2022, *((f.code, f.geometry) for f in features), digest=digest)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


AREA = {"type": "Polygon", "coordinates": [[[-77, 38.9], [-76.9, 38.9], [-76.9, 39], [-77, 38.9]]]}


def write(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wards.geojson"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"wards",
        b"[1, 2]",
        b'"wards"',
        b"{}",
        b'{"features": null}',
        b'{"features": 5}',
        b'{"features": [5]}',
        b'{"features": {"a": 1}}',
        b'{"features": [{"properties": [1], "geometry": null}]}',
        b'\xff\xfe{"features": []}',
        gzip.compress(b'{"features": []}')[:15],
    ],
)
def test_what_is_no_geojson_is_refused(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(Refused, match=r"wards.geojson is not GeoJSON\."):
        read_features(file, kind="ward")


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]]},
        {"type": "Blob", "coordinates": [[[1, 2], [3, 4]]]},
        {"type": "Point", "coordinates": [-77, 38.9]},
        {"type": "LineString", "coordinates": [[-77, 38.9], [-76, 38.9]]},
        "POLYGON",
    ],
)
def test_shape_that_cannot_be_an_area_is_refused_by_its_code(geometry: Any, file: Path) -> None:
    write(file, feature(AREA, WARD="1"), feature(geometry, WARD="2"))
    with pytest.raises(Refused, match=r"2 (is not an area|cannot be read)") as no:
        read_and_load(file)
    assert no.value.field == "file"
    assert not BoundarySet.objects.exists()


def test_file_without_features_is_refused(file: Path) -> None:
    features, digest = read_features(write(file), kind="ward")
    with pytest.raises(Refused, match="holds no shapes"):
        load_boundaries(
            None,
            kind="ward",
            valid_from=D2022,
            features=features,
            source="x",
            digest=digest,
            stamp=HOUSE,
        )


def test_missing_code_names_the_properties_there_are(file: Path) -> None:
    write(file, feature(AREA, NUMMER=3, COLOUR="red"))
    with pytest.raises(Refused, match="--code-field; there are: COLOUR, NUMMER"):
        read_features(file, kind="ward")
    (found,), _ = read_features(file, kind="ward", code_field="NUMMER", name_field="COLOUR")
    assert (found.code, found.name) == ("3", "red")


def test_coordinates_in_the_wrong_order_are_refused(file: Path) -> None:
    """Latitude first puts the District near the South Pole; no ward lies there."""
    turned = {
        "type": "Polygon",
        "coordinates": [[[38.9, -77], [38.9, -76.9], [39, -76.9], [38.9, -77]]],
    }
    write(file, feature(turned, WARD="1"))
    with pytest.raises(Refused, match="longitude first, then latitude"):
        read_and_load(file)


def test_digest_is_of_the_content_packed_or_not(file: Path, tmp_path: Path) -> None:
    write(file, feature(AREA, WARD="1"))
    packed = tmp_path / "wards.geojson.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    plain, first = read_features(file, kind="ward")
    unpacked, second = read_features(packed, kind="ward")
    assert first == second
    assert [f.code for f in plain] == [f.code for f in unpacked] == ["1"]
    assert plain[0].name == "Ward 1"


def test_missing_file_is_refused(file: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        read_features(file, kind="ward")
