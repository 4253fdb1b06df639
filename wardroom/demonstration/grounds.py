"""Whose the ground is: invented reservations, parks, a station and a yard in every ward.

The federal pieces are small circles, squares and triangles of less than an acre, as a city
laid out on a grid has them where streets cross; a park holds a building of another agency.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from wardroom.demonstration.district import WARDS, boundaries, is_inside, ward_numbers
from wardroom.demonstration.streets import METRES_EAST, METRES_NORTH

ACRE_METRES = 4046.86
NAMES = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fern", "Ginkgo", "Hazel"]
BIRDS = ["Avocet", "Bittern", "Curlew", "Dunlin", "Egret", "Finch", "Godwit", "Heron"]
PARK_SERVICE = (
    "NPS",
    "the National Park Service",
    "federal",
    "202-555-0101",
    "Federal ground: the National Park Service; 311 has to redirect; no promised time can be "
    "enforced.",
)
OWNERS = {
    "circle": PARK_SERVICE,
    "square": PARK_SERVICE,
    "triangle": PARK_SERVICE,
    "park": (
        "DPR",
        "the Department of Parks and Recreation",
        "agency",
        "202-555-0102",
        "Ask Parks and Recreation for what grows and is played on; a building is General "
        "Services' to repair.",
    ),
    "building": (
        "DGS",
        "the Department of General Services",
        "agency",
        "202-555-0103",
        "Ask General Services: it repairs the buildings in the parks.",
    ),
    "station": (
        "TRANSIT",
        "the transit authority",
        "transit",
        "202-555-0104",
        "Ground of the transit authority: refer the caller; a referral closes nothing.",
    ),
    "yard": (
        "UTILITY",
        "the power company",
        "utility",
        "202-555-0105",
        "Ground of the power company: 311 refers wires and poles; a referral closes nothing.",
    ),
}


class Piece(NamedTuple):
    """One piece of ground: its code and name, its shape, and whose it is."""

    code: str
    name: str
    geometry: BaseGeometry
    owner_code: str
    owner_name: str
    kind: str
    phone: str
    advice: str


def pieces(*, seed: int) -> tuple[Piece, ...]:
    """The ground of all wards, by its code; the same seed gives the same pieces."""
    rng = np.random.default_rng([seed, 8])
    made = []
    for n, ward in enumerate(WARDS):
        tree, bird = NAMES[n], BIRDS[n]
        spots = _spots(rng, ward, 5)
        made += [
            _piece(f"R{ward}1", f"{tree} Circle", "circle", _circle(spots[0], 30.0)),
            _piece(f"R{ward}2", f"{bird} Square", "square", _block(spots[1], 55.0, 55.0)),
            _piece(f"R{ward}3", f"{tree} Triangle", "triangle", _circle(spots[2], 45.0, sides=3)),
            _piece(f"P{ward}1", f"{bird} Park", "park", _block(spots[3], 160.0, 120.0)),
            _piece(f"B{ward}1", f"{bird} Park Hall", "building", _block(spots[3], 40.0, 30.0)),
        ]
        if ward in "26":
            name = f"{tree} Street Station"
            made.append(_piece(f"T{ward}1", name, "station", _block(spots[4], 90.0, 40.0)))
        if ward in "57":
            made.append(_piece(f"U{ward}1", f"{tree} Yard", "yard", _block(spots[4], 120.0, 90.0)))
    return tuple(sorted(made))


def _piece(code: str, name: str, what: str, shape: BaseGeometry) -> Piece:
    return Piece(code, name, shape, *OWNERS[what])


def _spots(rng: np.random.Generator, ward: str, count: int) -> list[tuple[float, float]]:
    """Points well inside a ward and well apart."""
    shape = next(s.geometry for s in boundaries("ward") if s.code == ward)
    west, south, east, north = shape.bounds
    found: list[tuple[float, float]] = []
    while len(found) < count:
        lon, lat = float(rng.uniform(west, east)), float(rng.uniform(south, north))
        corners = [(lon + x, lat + y) for x in (-0.003, 0.003) for y in (-0.003, 0.003)]
        xs, ys = np.array(corners).T
        inside = is_inside(xs, ys).all() and (ward_numbers(xs, ys) == int(ward)).all()
        apart = all(abs(lon - x) > 0.004 or abs(lat - y) > 0.004 for x, y in found)
        if inside and apart:
            found.append((round(lon, 6), round(lat, 6)))
    return found


def _circle(spot: tuple[float, float], metres: float, *, sides: int = 32) -> Polygon:
    turns = [2 * np.pi * i / sides for i in range(sides)]
    return _shape(spot, [(metres * np.sin(t), metres * np.cos(t)) for t in turns])


def _block(spot: tuple[float, float], wide: float, high: float) -> Polygon:
    x, y = wide / 2, high / 2
    return _shape(spot, [(-x, -y), (x, -y), (x, y), (-x, y)])


def _shape(spot: tuple[float, float], metres: list[tuple[float, float]]) -> Polygon:
    lon, lat = spot
    return Polygon(
        [(round(lon + x / METRES_EAST, 7), round(lat + y / METRES_NORTH, 7)) for x, y in metres]
    )
