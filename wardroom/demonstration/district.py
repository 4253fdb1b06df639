"""The schematic District: its outline, eight wards, their ANCs and single-member districts.

The corners are the District's public corner coordinates; everything inside is ours. All cuts
are meridians and parallels, so that neighbours share their edges exactly; they run half a
step of the sixth decimal beside any place, so that no place lies on an edge.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

WEST, NORTH = (-77.1198, 38.9344), (-77.0410, 38.9960)
EAST, SOUTH = (-76.9094, 38.8929), (-77.0390, 38.7916)
RIVER = (
    (-77.0388, 38.8210),
    (-77.0350, 38.8420),
    (-77.0450, 38.8580),
    (-77.0570, 38.8800),
    (-77.0690, 38.9000),
    (-77.1010, 38.9130),
)
OUTLINE = Polygon([WEST, NORTH, EAST, SOUTH, *RIVER])
WARDS = ("1", "2", "3", "4", "5", "6", "7", "8")
MEMBERS = {"1": 42, "2": 42, "3": 43, "4": 44, "5": 44, "6": 43, "7": 44, "8": 43}
COMMISSIONS = {"1": 5, "2": 6, "3": 6, "4": 6, "5": 5, "6": 5, "7": 6, "8": 5}
SHARED_ANC = "3/4G"
BESIDE = 5e-7
KINDS = ("ward", "anc", "smd")


class Shape(NamedTuple):
    """One district of one kind."""

    code: str
    name: str
    geometry: BaseGeometry


@lru_cache(maxsize=1)
def _wards() -> dict[str, BaseGeometry]:
    west, south, east, north = OUTLINE.bounds
    third, middle, far = -77.0630005, -77.0180005, -76.9720005
    low, centre, high = 38.8680005, 38.9080005, 38.9450005
    boxes = {
        "3": box(west, south, third, north),
        "8": box(third, south, east, low),
        "4": box(third, high, east, north),
        "7": box(far, low, east, high),
        "1": box(third, centre, middle, high),
        "5": box(middle, centre, far, high),
        "2": box(third, low, middle, centre),
        "6": box(middle, low, far, centre),
    }
    return {code: OUTLINE.intersection(boxes[code]) for code in WARDS}


def boundaries(kind: str) -> tuple[Shape, ...]:
    """The shapes of a kind, ward, anc or smd; each kind tiles the District exactly.

    Raises ValueError for any other kind.
    """
    if kind not in KINDS:
        raise ValueError(f"the kind must be one of {', '.join(KINDS)}")
    return _boundaries()[kind]


@lru_cache(maxsize=1)
def _boundaries() -> dict[str, tuple[Shape, ...]]:
    wards = _wards()
    pieces = {ward: _commissions(ward, shape) for ward, shape in wards.items()}
    third, fourth = _touching(pieces["3"], pieces["4"])
    ancs: list[Shape] = []
    members: list[Shape] = []
    for ward in WARDS:
        letters = iter("BCDEFGH" if ward == "7" else "ABCDEFH")
        for i, (shape, seats) in enumerate(pieces[ward]):
            if (ward, i) in (("3", third), ("4", fourth)):
                continue
            code = f"{ward}{next(letters)}"
            ancs.append(Shape(code, f"ANC {code}", shape))
            members += _members(code, 1, shape, seats)
    (first, first_seats), (second, second_seats) = pieces["3"][third], pieces["4"][fourth]
    shared = shapely.union_all([first, second])
    ancs.append(Shape(SHARED_ANC, f"ANC {SHARED_ANC}", shared))
    members += _members(SHARED_ANC, 1, first, first_seats)
    members += _members(SHARED_ANC, 1 + first_seats, second, second_seats)
    return {
        "ward": tuple(Shape(code, f"Ward {code}", shape) for code, shape in wards.items()),
        "anc": tuple(sorted(ancs)),
        "smd": tuple(sorted(members, key=lambda s: s.code)),
    }


def _commissions(ward: str, shape: BaseGeometry) -> list[tuple[BaseGeometry, int]]:
    count, seats = COMMISSIONS[ward], MEMBERS[ward]
    shares = [seats // count + (1 if i < seats % count else 0) for i in range(count)]
    return list(zip(_split(shape, shares), shares, strict=True))


def _members(code: str, first: int, shape: BaseGeometry, seats: int) -> list[Shape]:
    return [
        Shape(f"{code}{number:02}", f"SMD {code}{number:02}", part)
        for number, part in enumerate(_split(shape, [1] * seats), start=first)
    ]


def _touching(
    left: list[tuple[BaseGeometry, int]], right: list[tuple[BaseGeometry, int]]
) -> tuple[int, int]:
    lengths = {
        (i, j): float(a.intersection(b).length)
        for i, (a, _) in enumerate(left)
        for j, (b, _) in enumerate(right)
    }
    return max(lengths, key=lambda pair: lengths[pair])


def _split(shape: BaseGeometry, shares: list[int]) -> list[BaseGeometry]:
    """The shape cut into parts whose areas go as their shares, by halves and again by halves."""
    if len(shares) == 1:
        return [shape]
    half = len(shares) // 2
    wanted = sum(shares[:half]) / sum(shares)
    west, south, east, north = shape.bounds
    is_wide = (east - west) * 0.778 > north - south
    low, high = (west, east) if is_wide else (south, north)
    for _ in range(40):
        middle = round((low + high) / 2, 6) + BESIDE
        before = _part(shape, middle, is_wide=is_wide, first=True)
        low, high = (middle, high) if before.area < wanted * shape.area else (low, middle)
    first = _part(shape, middle, is_wide=is_wide, first=True)
    second = _part(shape, middle, is_wide=is_wide, first=False)
    return [*_split(first, shares[:half]), *_split(second, shares[half:])]


def _part(shape: BaseGeometry, at: float, *, is_wide: bool, first: bool) -> BaseGeometry:
    west, south, east, north = shape.bounds
    if is_wide:
        west, east = (west, at) if first else (at, east)
    else:
        south, north = (south, at) if first else (at, north)
    return shape.intersection(box(west, south, east, north))


def is_inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points, given as two arrays of shape (n,) in degrees, lie in the District."""
    return np.asarray(shapely.contains_xy(OUTLINE, lon, lat))


def ward_numbers(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int8]:
    """The ward of each point as its number, 0 where it lies in none; shape (n,)."""
    found = np.zeros(len(lon), dtype=np.int8)
    for code, shape in _wards().items():
        found[np.asarray(shapely.contains_xy(shape, lon, lat))] = int(code)
    return found
