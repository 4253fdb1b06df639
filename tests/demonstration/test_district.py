"""The schematic districts tile the District, and look like a city's."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely

from wardroom.demonstration.district import KINDS, OUTLINE, boundaries, ward_numbers
from wardroom.demonstration.streets import make_sites


@pytest.mark.parametrize(("kind", "count"), [("ward", 8), ("anc", 43), ("smd", 345)])
def test_each_kind_tiles_the_district_exactly(kind: str, count: int) -> None:
    shapes = boundaries(kind)
    assert len({s.code for s in shapes}) == len(shapes) == count
    assert all(s.geometry.is_valid and s.geometry.area > 0 for s in shapes)
    total = sum(s.geometry.area for s in shapes)
    assert total == pytest.approx(OUTLINE.area, rel=1e-12)
    assert shapely.union_all([s.geometry for s in shapes]).area == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_every_point_lies_in_exactly_one(kind: str) -> None:
    sites = make_sites(60_000, seed=3)
    hits = sum(
        shapely.contains_xy(s.geometry, sites.lon, sites.lat).astype(int) for s in boundaries(kind)
    )
    assert np.all(hits == 1)


def test_codes_look_like_the_citys_own() -> None:
    ancs = {s.code for s in boundaries("anc")}
    assert "7A" not in ancs
    assert "3/4G" in ancs
    assert all(re.fullmatch(r"(3/4|[1-8])[A-H]", code) for code in ancs)
    assert all(s.code[:-2] in ancs for s in boundaries("smd"))


def test_one_anc_lies_across_a_ward_line() -> None:
    shared = next(s for s in boundaries("anc") if s.code == "3/4G")
    assert shared.geometry.geom_type == "Polygon"
    wards = [w.code for w in boundaries("ward") if w.geometry.intersection(shared.geometry).area]
    assert wards == ["3", "4"]


def test_point_outside_has_no_ward() -> None:
    assert ward_numbers(np.array([-77.2, -77.0]), np.array([38.9, 38.93])).tolist() == [0, 5]


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="ward, anc, smd"):
        boundaries("parish")
