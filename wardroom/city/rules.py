"""Which place is this? Keys that stay the same however an address is written."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from functools import lru_cache

KINDS = ("address", "block", "intersection", "point")
ADDRESS, BLOCK, INTERSECTION, POINT = range(4)
_SHIFT = 60
_NUMBER = 1 << 58
CELL_METRES = 30.0
METRES_PER_DEGREE = 111_320.0
COSINE = 0.7782

GROUND = "ground"
EARTH_METRES = 6_371_008.8
# So exact is a point that everybody may read: about a block.
BLOCK_DECIMALS = 3
OWN_GROUND = "agency"

_SPACE = re.compile(r"\s+")
_BLOCK = re.compile(r"^(\d+)\s*-\s*(\d+)\s+BLOCK(?:\s+OF)?\s+(.+)$")
_JOIN = re.compile(r"\s+(?:AND|&|/|@)\s+")
_AND = re.compile(r"\s+(?:and|y|et|và|እና)\s+|\s*[&＆和与與及]\s*|\s*(?:와|과|및)\s+", re.IGNORECASE)
_HUNDRED = re.compile(r"^\d+(?:\s*-\s*\d+)?\s+BLOCK\b")
_WORDS = {
    "ST": "STREET", "STR": "STREET", "AV": "AVENUE", "AVE": "AVENUE", "RD": "ROAD",
    "PL": "PLACE", "CT": "COURT", "DR": "DRIVE", "TER": "TERRACE", "TERR": "TERRACE",
    "BLVD": "BOULEVARD", "CIR": "CIRCLE", "LN": "LANE", "PKWY": "PARKWAY", "SQ": "SQUARE",
    "HWY": "HIGHWAY", "N.W": "NW", "N.E": "NE", "S.W": "SW", "S.E": "SE",
}  # fmt: skip


def place_key(
    address_id: int | None, address: str, latitude: float | None, longitude: float | None
) -> int | None:
    """The key of the place that a request points to, or None where it points nowhere.

    The city's own address id wins; else the block or intersection as it is written; else a
    cell of about 30 metres. The two highest bits say which, so that kinds never collide.
    """
    if address_id is not None and address_id > 0:
        return (ADDRESS << _SHIFT) | _NUMBER | (address_id & (_NUMBER - 1))
    written = address_key(address)
    if written is not None:
        return written
    if latitude is None or longitude is None:
        return None
    row = round(latitude * METRES_PER_DEGREE / CELL_METRES)
    column = round(longitude * METRES_PER_DEGREE * COSINE / CELL_METRES)
    return (POINT << _SHIFT) | ((row & 0x1FFFFFFF) << 29) | (column & 0x1FFFFFFF)


@lru_cache(maxsize=200_000)
def address_key(address: str) -> int | None:
    """The key of a written address, or None where nothing is written."""
    kind, text = normal_address(address)
    if not text:
        return None
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return (kind << _SHIFT) | (int.from_bytes(digest, "big") & (_NUMBER - 1))


def normal_address(address: str) -> tuple[int, str]:
    """The kind of an address and one way to write it, whatever its case, spaces and dashes."""
    text = address.upper().replace("–", "-").replace("—", "-").replace(",", " ")
    bare = (word.rstrip(".") for word in _SPACE.split(text))
    text = " ".join(_WORDS.get(word, word) for word in bare if word)
    block = _BLOCK.match(text)
    if block:
        low, high = sorted((int(block[1]), int(block[2])))
        return BLOCK, f"{low} - {high} BLOCK OF {block[3]}"
    parts = _JOIN.split(text)
    if len(parts) == 2 and all(parts) and not parts[0].split(" ")[0].isdigit():
        return INTERSECTION, " AND ".join(sorted(parts))
    return ADDRESS, text


def corner_plainly(address: str) -> str:
    """A corner with “and” said in any of our languages, as the city writes it; else as it is."""
    put = " ".join(_AND.sub(" AND ", address).split())
    return put if is_corner(put) else address


def corner_both_ways(address: str) -> tuple[str, ...]:
    """A corner with either street first, as the city may write it; nothing for another address."""
    if not is_corner(address):
        return ()
    streets = normal_address(address)[1].split(" AND ")
    return " AND ".join(streets), " AND ".join(reversed(streets))


def is_block(address: str) -> bool:
    """Whether an address is a hundred block, as pages for everybody show it."""
    return _HUNDRED.match(normal_address(address)[1]) is not None


def is_corner(address: str) -> bool:
    """Whether an address names two streets that meet."""
    return normal_address(address)[0] == INTERSECTION


def place_kind(key: int) -> str:
    """What kind of place a key stands for: address, block, intersection or point."""
    return KINDS[(key >> _SHIFT) & 3]


def has_address_id(key: int) -> bool:
    """Whether a place is known by the city's own address id, and not by what somebody typed."""
    return key >> _SHIFT == ADDRESS and bool(key & _NUMBER)


def ward_code(text: str) -> str:
    """A ward's code as the feed writes it, `Ward 1` or `1.0` or `NULL`, as `1` or nothing."""
    text = text.strip().upper().removeprefix("WARD").strip()
    text = text.removesuffix(".0")
    return "" if text in {"NULL", "NONE", "NAN", "0"} else text


@dataclass(frozen=True)
class GroundDraft:
    """Whose a piece of ground is, and what a caller is to be told."""

    owner_code: str
    owner_name: str
    kind: str
    phone: str = ""
    advice: str = ""


def has_point(latitude: float | None, longitude: float | None) -> bool:
    """Whether there is a point; 0, 0 is how feeds write that there is none."""
    if latitude is None or longitude is None:
        return False
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return False
    return abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)


def label_of(text: str, latitude: float | None, longitude: float | None) -> str:
    """What a place is called: as it is written, or by its point."""
    if text or latitude is None or longitude is None:
        return text
    return f"Point at {latitude:.5f}, {longitude:.5f}"


def metres_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance of two points on the ground, in metres: the haversine formula.

    Degrees in, metres out; the earth is taken for a ball, which errs by less than 0.6 %.
    """
    a, b = math.radians(lat1), math.radians(lat2)
    across = math.radians(lon2 - lon1)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, half)))


def box_around(
    latitude: float, longitude: float, metres: float
) -> tuple[float, float, float, float]:
    """West, south, east and north of a box that holds all within so many metres of a point."""
    north = math.degrees(metres / EARTH_METRES) * 1.001
    east = north / max(0.01, math.cos(math.radians(min(89.0, abs(latitude) + north))))
    return longitude - east, latitude - north, longitude + east, latitude + north


def to_block(degrees: float | None) -> float | None:
    """A latitude or longitude as everybody may read it: to some 100 meters, about a block."""
    return None if degrees is None else round(degrees, BLOCK_DECIMALS)


def block_point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """The point of any place as everybody may read it: to the block, whatever it is."""
    if latitude is None or longitude is None:
        return None
    return round(latitude, BLOCK_DECIMALS), round(longitude, BLOCK_DECIMALS)


def blocks_around(
    latitude: float, longitude: float, metres: float
) -> tuple[float, float, float, float]:
    """West, south, east and north of a box of all points whose block may be within some meters.

    Its edges lie between blocks, so what is in it tells of no point more than its block does.
    """
    west, south, east, north = box_around(latitude, longitude, metres)
    half = 0.5 / 10**BLOCK_DECIMALS
    low_east, low_north = (round(each, BLOCK_DECIMALS) - half for each in (west, south))
    high_east, high_north = (round(each, BLOCK_DECIMALS) + half for each in (east, north))
    return low_east, low_north, high_east, high_north


def ward_of_area(code: str) -> str:
    """The ward whose liaison looks after an ANC first: the one its code begins with, as 5 in 5D."""
    return wards_of_area(code)[0]


def wards_of_area(code: str) -> tuple[str, ...]:
    """The wards that an ANC or one of its SMDs lies in, as its code says: 3 and 4 of 3/4G."""
    return tuple(code[: len(code) - len(code.lstrip("0123456789/"))].split("/"))
