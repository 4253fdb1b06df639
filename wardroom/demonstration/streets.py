"""The street grid: numbered streets run north, lettered streets run east, as from a capitol.

Beyond the letters come words in the order of the alphabet. House numbers count a hundred to
the block from the middle of the grid; each quarter of the grid has its own suffix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardroom.demonstration.district import OUTLINE, is_inside, ward_numbers

MIDDLE = (-77.0091, 38.8899)
METRES_NORTH, METRES_EAST = 111_320.0, 86_640.0
BETWEEN_NUMBERED, BETWEEN_LETTERED = 165.0, 140.0
LETTERS = "ABCDEFGHIKLMNOPQRSTUVW"
WORDS = (
    "ALDER BEECH CEDAR DOGWOOD ELDER FERN GINKGO HAZEL IRIS KALE LINDEN MAPLE NETTLE OAK "
    "POPLAR QUINCE ROWAN SUMAC THYME ULEX VIBURNUM WILLOW",
    "AVOCET BITTERN CURLEW DUNLIN EGRET FINCH GODWIT HERON IBIS KESTREL LAPWING MARTIN "
    "NIGHTJAR OSPREY PLOVER QUAIL RAVEN SWIFT TERN UMBERBIRD VIREO WAXWING",
    "AGATE BASALT COBBLE DOLOMITE EMERY FLINT GARNET HEMATITE IOLITE KAOLIN LIMESTONE MARBLE "
    "NICKEL OPAL PUMICE QUARTZ RUBY SLATE TALC UMBER VERMEIL WOLFRAM",
)
ADDRESS, BLOCK, CORNER = 0, 1, 2
KIND_SHARES = (0.62, 0.27, 0.11)
FEWEST, MOST = 4_000, 250_000
FIRST_ADDRESS_ID = 300_001
SIDE_METRES = 11.0


@dataclass(frozen=True)
class Sites:
    """All the places that requests can point to; every array has shape (sites,)."""

    kind: NDArray[np.int8]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    ward: NDArray[np.int8]
    address: NDArray[np.object_]
    address_id: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.kind)


def lettered(row: int) -> str:
    """The name of an east-west street by its place from the middle, 1 for the first."""
    word = row - 1
    if word < len(LETTERS):
        return f"{LETTERS[word]} STREET"
    word -= len(LETTERS)
    which, place = divmod(word, len(LETTERS))
    return f"{WORDS[which % len(WORDS)].split()[place]} STREET"


def numbered(column: int) -> str:
    """The name of a north-south street by its place from the middle, 1 for the first."""
    teens = 10 <= column % 100 <= 20
    ending = "TH" if teens else {1: "ST", 2: "ND", 3: "RD"}.get(column % 10, "TH")
    return f"{column}{ending} STREET"


def make_sites(n: int, *, seed: int) -> Sites:
    """The places for about n requests; the same seed gives the same streets and houses."""
    wanted = int(np.clip(n // 4, FEWEST, MOST))
    rng = np.random.default_rng([seed, 1])
    draws = rng.random((wanted * 3, 4))
    west, south, east, north = OUTLINE.bounds
    x = (west + draws[:, 0] * (east - west) - MIDDLE[0]) * METRES_EAST
    y = (south + draws[:, 1] * (north - south) - MIDDLE[1]) * METRES_NORTH
    kind = np.searchsorted(np.cumsum(KIND_SHARES)[:-1], draws[:, 2], side="right").astype(np.int8)
    on_lettered = draws[:, 3] < 0.5
    column, row = _nearest(x, BETWEEN_NUMBERED), _nearest(y, BETWEEN_LETTERED)
    block = np.where(on_lettered, np.abs(x) // BETWEEN_NUMBERED, np.abs(y) // BETWEEN_LETTERED)
    block = block.astype(np.int64)
    along = np.where(on_lettered, np.abs(x) % BETWEEN_NUMBERED, np.abs(y) % BETWEEN_LETTERED)
    length = np.where(on_lettered, BETWEEN_NUMBERED, BETWEEN_LETTERED)
    house = block * 100 + (along / length * 98).astype(np.int64) + 1
    at_x, at_y = _spots(kind, on_lettered, x, y, column, row, block, house)
    lon = np.round(MIDDLE[0] + at_x / METRES_EAST, 6)
    lat = np.round(MIDDLE[1] + at_y / METRES_NORTH, 6)
    street = np.where(on_lettered, row, column + 1000)
    number = np.select([kind == ADDRESS, kind == BLOCK], [house, block], 0)
    cross = np.where(kind == CORNER, row * 1000 + column, 0)
    street = np.where(kind == CORNER, 0, street)
    quarter = (at_x >= 0) * 2 + (at_y >= 0)
    key = np.stack([kind, street, number, cross, quarter], axis=1)
    _, first = np.unique(key, axis=0, return_index=True)
    keep = np.sort(first)
    keep = keep[is_inside(lon[keep], lat[keep])][:wanted]
    names = _names(kind, on_lettered, column, row, block, house, at_x, at_y, keep)
    kept_kind = kind[keep]
    ids = np.where(kept_kind == ADDRESS, FIRST_ADDRESS_ID + np.arange(len(keep)), 0)
    return Sites(
        kind=kept_kind,
        lon=lon[keep],
        lat=lat[keep],
        ward=ward_numbers(lon[keep], lat[keep]),
        address=names,
        address_id=ids,
    )


def _nearest(metres: NDArray[np.float64], between: float) -> NDArray[np.int64]:
    """The nearest street on either side, counted from 1 with the sign of the side."""
    count = np.maximum(1, np.rint(np.abs(metres) / between)).astype(np.int64)
    return np.where(metres < 0, -count, count)


def _spots(
    kind: NDArray[np.int8],
    on_lettered: NDArray[np.bool_],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    column: NDArray[np.int64],
    row: NDArray[np.int64],
    block: NDArray[np.int64],
    house: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where each site lies, in metres from the middle."""
    street_x, street_y = column * BETWEEN_NUMBERED, row * BETWEEN_LETTERED
    side = np.where(house % 2 == 0, SIDE_METRES, -SIDE_METRES) * (kind == ADDRESS)
    middle_x = np.copysign((block + 0.5) * BETWEEN_NUMBERED, x)
    middle_y = np.copysign((block + 0.5) * BETWEEN_LETTERED, y)
    along_x = np.where(kind == BLOCK, middle_x, x)
    along_y = np.where(kind == BLOCK, middle_y, y)
    at_x = np.where(on_lettered, along_x, street_x + side)
    at_y = np.where(on_lettered, street_y + side, along_y)
    corner = kind == CORNER
    return np.where(corner, street_x, at_x), np.where(corner, street_y, at_y)


def _names(
    kind: NDArray[np.int8],
    on_lettered: NDArray[np.bool_],
    column: NDArray[np.int64],
    row: NDArray[np.int64],
    block: NDArray[np.int64],
    house: NDArray[np.int64],
    at_x: NDArray[np.float64],
    at_y: NDArray[np.float64],
    keep: NDArray[np.int64],
) -> NDArray[np.object_]:
    names = np.empty(len(keep), dtype=object)
    for place, i in enumerate(keep):
        quarter = ("N" if at_y[i] >= 0 else "S") + ("E" if at_x[i] >= 0 else "W")
        east_west, north_south = lettered(abs(int(row[i]))), numbered(abs(int(column[i])))
        street = east_west if on_lettered[i] else north_south
        if kind[i] == CORNER:
            names[place] = f"{east_west} {quarter} AND {north_south} {quarter}"
        elif kind[i] == BLOCK:
            low = int(block[i]) * 100
            names[place] = f"{low} - {low + 99} BLOCK OF {street} {quarter}"
        else:
            names[place] = f"{int(house[i])} {street} {quarter}"
    return names
