"""Points find their district exactly, one at a time or a million at once."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import contains_xy
from shapely.geometry import MultiPolygon, Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from wardroom.analysis.point_in_polygon import FEW, DistrictIndex

CHECKS = [[(x + 0.5 * (y % 2), y), (x + 1 + 0.5 * (y % 2), y)] for y in range(4) for x in range(4)]
BRICKS = [box(a[0], a[1], b[0], b[1] + 1) for a, b in CHECKS]


def by_hand(shapes: list[BaseGeometry], lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    found = np.full(len(lon), -1)
    for number in reversed(range(len(shapes))):
        found[contains_xy(shapes[number], lon, lat)] = number
    return found


def test_many_points_agree_with_shapely() -> None:
    ring = Point(2, 2).buffer(2).difference(Point(2, 2).buffer(1))
    shapes = [ring, MultiPolygon([box(5, 0, 6, 1), box(7, 0, 8, 1)]), box(-3, -3, -1, 4)]
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(-4, 9, 20_000), rng.uniform(-4, 5, 20_000)
    got = DistrictIndex.build(shapes).locate(lon, lat)
    assert (got == by_hand(shapes, lon, lat)).all()
    assert {-1, 0, 1, 2} == set(got.tolist())


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(-1, 10), st.integers(-1, 9)), min_size=1, max_size=30))
def test_point_on_a_shared_border_is_in_exactly_one(corners: list[tuple[int, int]]) -> None:
    """Borders and corners of a brick wall, where neighbours meet in every way."""
    lon = np.array([x / 2 for x, _ in corners])
    lat = np.array([y / 2 for _, y in corners])
    index = DistrictIndex.build(BRICKS)
    alone = [DistrictIndex.build([b]) for b in BRICKS]
    inside = np.array([a.locate(lon, lat) == 0 for a in alone]).sum(axis=0)
    assert (inside <= 1).all()
    found = index.locate(lon, lat)
    assert ((found >= 0) == (inside == 1)).all()
    interior = (lon > 0.5) & (lon < 4) & (lat > 0) & (lat < 4)
    assert (found[interior] >= 0).all()


def test_few_and_many_give_the_same_answer() -> None:
    rng = np.random.default_rng(4)
    lon, lat = rng.integers(-2, 12, 640) / 2, rng.integers(-2, 12, 640) / 2
    index = DistrictIndex.build(BRICKS)
    few = np.concatenate(
        [index.locate(lon[i : i + FEW], lat[i : i + FEW]) for i in range(0, 640, FEW)]
    )
    assert (few == index.locate(lon, lat)).all()


def test_first_of_two_overlapping_districts_wins() -> None:
    index = DistrictIndex.build([box(0, 0, 2, 2), box(1, 0, 3, 2)])
    lon = np.full(100, 1.5)
    assert (index.locate(lon, np.linspace(0.1, 1.9, 100)) == 0).all()


def test_nothing_and_nowhere_are_in_no_district() -> None:
    assert DistrictIndex.build([]).locate(np.array([1.0]), np.array([1.0])).tolist() == [-1]
    index = DistrictIndex.build([Polygon([(0, 0), (1, 0), (0, 1)])])
    many = np.full(100, np.nan)
    assert set(index.locate(many, many).tolist()) == {-1}
    assert index.locate(np.empty(0), np.empty(0)).tolist() == []


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["wards_2022", "ancs_2023", "smds_2023", "wards_2012"])
def test_real_boundaries_agree_with_shapely(shared_data: Path, name: str) -> None:
    with gzip.open(shared_data / "boundaries" / f"{name}.geojson.gz", "rt") as file:
        shapes = [shape(f["geometry"]) for f in json.load(file)["features"]]
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(-77.13, -76.9, 50_000), rng.uniform(38.79, 39.0, 50_000)
    got = DistrictIndex.build(shapes).locate(lon, lat)
    assert (got == by_hand(shapes, lon, lat)).all()
