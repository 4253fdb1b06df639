"""Whose the ground is: dated, exactly one owner at a point, with a word where a border is near."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box, mapping

from tests.cast import HOUSE, Cast
from wardroom.city.actions import Feature, load_boundaries, note_place
from wardroom.city.gateways import read_features
from wardroom.city.models import BoundarySet, Membership
from wardroom.city.queries import find_places, ground_at, owner_at, owners_near, spot_at
from wardroom.city.rules import GroundDraft
from wardroom.kernel.errors import Refused

pytestmark = pytest.mark.django_db
DAY, LATER = date(2020, 1, 1), date(2026, 6, 1)
TODAY = date(2026, 11, 18)
NPS = GroundDraft("NPS", "the National Park Service", "federal", "202-555-0101", "Redirect.")
DPR = GroundDraft("DPR", "Parks and Recreation", "agency")
DGS = GroundDraft("DGS", "General Services", "agency")
WEST, EAST = box(-77.01, 38.90, -77.00, 38.91), box(-77.00, 38.90, -76.99, 38.91)
METRE = 1 / 86_640


def load(
    day: date, *rows: tuple[str, Any, GroundDraft | None], kind: str = "ground"
) -> BoundarySet:
    return load_boundaries(
        None,
        kind="ground",
        valid_from=day,
        features=[Feature(code, f"Piece {code}", shape, owner) for code, shape, owner in rows],
        source="a test",
        digest=f"ground {day}",
        stamp=HOUSE,
    )


def owner(lat: float, lon: float, on: date = TODAY) -> str:
    found = owner_at(lat, lon, on)
    return found.owner_code if found else ""


def test_owner_is_told_with_what_to_do() -> None:
    load(DAY, ("R1", WEST, NPS))
    found = owner_at(38.905, -77.005, TODAY)
    assert found is not None
    assert (found.owner_code, found.kind, found.phone) == ("NPS", "federal", "202-555-0101")
    assert not found.answers_to_city
    assert found.sentence == (
        "Piece R1: the ground of the National Park Service. Redirect. "
        "The city's promised times do not apply on this ground."
    )
    assert owner(38.95, -77.005) == ""


def test_version_holds_for_its_own_days() -> None:
    load(DAY, ("R1", WEST, NPS))
    load(LATER, ("R1", WEST, DPR))
    assert owner(38.905, -77.005, DAY - timedelta(days=1)) == ""
    assert owner(38.905, -77.005, DAY) == "NPS"
    assert owner(38.905, -77.005, LATER - timedelta(days=1)) == "NPS"
    assert owner(38.905, -77.005, LATER) == "DPR"


@pytest.mark.parametrize("turned", [False, True])
def test_smallest_of_overlapping_pieces_is_meant(turned: bool) -> None:
    hall = box(-77.006, 38.904, -77.004, 38.906)
    rows = [("P1", WEST, DPR), ("B1", hall, DGS)]
    load(DAY, *(rows[::-1] if turned else rows))
    assert owner(38.905, -77.005) == "DGS"
    assert owner(38.901, -77.005) == "DPR"


@pytest.mark.parametrize("turned", [False, True])
def test_point_on_a_border_has_exactly_one_owner(turned: bool) -> None:
    rows = [("R1", WEST, NPS), ("P1", EAST, DPR)]
    load(DAY, *(rows[::-1] if turned else rows))
    here = ground_at(38.905, -77.0, TODAY)
    assert here.owner is not None
    assert [g.owner_code for g in owners_near(38.905, -77.0, TODAY) if g.metres == 0] == ["DPR"]
    assert here.confirm
    assert {here.owner.owner_code, *(g.owner_code for g in here.near)} == {"NPS", "DPR"}


def test_near_border_asks_to_confirm() -> None:
    load(DAY, ("R1", WEST, NPS), ("P1", EAST, DPR))
    near = ground_at(38.905, -77.0 + 10 * METRE, TODAY)
    assert near.owner is not None
    assert near.owner.owner_code == "DPR"
    assert [g.owner_code for g in near.near] == ["NPS"]
    assert near.near[0].metres == pytest.approx(10, abs=0.2)
    assert near.warning.startswith("Confirm the owner: a border is near.")
    far = ground_at(38.905, -77.0 + 20 * METRE, TODAY)
    assert (far.confirm, far.warning) == (False, "")
    street = ground_at(38.905, -77.01 - 5 * METRE, TODAY)
    assert street.owner is None
    assert [g.owner_code for g in street.near] == ["NPS"]


@pytest.mark.parametrize(
    "point", [(0.0, 0.0), (float("nan"), -77.0), (float("inf"), 1.0), (38.9, 999.0)]
)
def test_no_point_has_no_owner(point: tuple[float, float]) -> None:
    load(DAY, ("R1", WEST, NPS))
    assert owners_near(*point, TODAY) == ()


@pytest.mark.parametrize(
    "ground", [None, GroundDraft("", "x", "agency"), GroundDraft("X", "x", "castle")]
)
def test_ground_without_an_owner_is_refused(ground: GroundDraft | None) -> None:
    with pytest.raises(Refused) as no:
        load(DAY, ("R1", WEST, ground))
    assert no.value.code == "owner_missing"
    assert not BoundarySet.objects.exists()


def test_ground_is_no_district_of_a_place() -> None:
    load(DAY, ("R1", WEST, NPS))
    note_place(None, key=1, label="Bench", latitude=38.905, longitude=-77.005, stamp=HOUSE)
    assert not Membership.objects.exists()


def test_ground_is_read_from_geojson(tmp_path: Path) -> None:
    owner_ = {"owner_code": "NPS", "owner_name": "the Park Service", "kind": "federal"}
    feature = {
        "type": "Feature",
        "properties": {"code": "R1", "name": "Linden Circle", "advice": "Redirect.", **owner_},
        "geometry": mapping(WEST),
    }
    path = tmp_path / "ground.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    features, _ = read_features(path, kind="ground")
    load(DAY, ("R1", features[0].geometry, features[0].ground))
    found = owner_at(38.905, -77.005, TODAY)
    assert found is not None
    assert (found.owner_name, found.advice) == ("the Park Service", "Redirect.")


def test_ground_is_found_by_name_in_its_newest_version(liaison5: Cast) -> None:
    load(DAY, ("Linden", WEST, NPS))
    load(LATER, ("Linden", EAST, NPS), ("Cedar", WEST, DPR))
    rows = find_places(liaison5.actor, "piece linden", on=TODAY).rows
    assert [(r.label, r.kind) for r in rows] == [("Piece Linden", "ground")]
    assert rows[0].longitude == pytest.approx(-76.995)


@pytest.mark.parametrize("point", [(0.0, 0.0), (float("nan"), -77.0), (91.0, -77.0)])
def test_nothing_is_at_a_point_that_is_none(point: tuple[float, float]) -> None:
    load(DAY, ("EVERYWHERE", box(-77.01, -1, 0.5, 39), NPS))
    assert spot_at(*point, TODAY) == (None, None)
    assert spot_at(38.905, -77.005, TODAY)[1] is not None
