"""Which place is this? Keys that stay the same however an address is written."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

KINDS = ("address", "block", "intersection", "point")
ADDRESS, BLOCK, INTERSECTION, POINT = range(4)
_SHIFT = 60
_NUMBER = 1 << 58
CELL_METRES = 30.0
METRES_PER_DEGREE = 111_320.0
COSINE = 0.7782

_SPACE = re.compile(r"\s+")
_BLOCK = re.compile(r"^(\d+)\s*-\s*(\d+)\s+BLOCK(?:\s+OF)?\s+(.+)$")
_JOIN = re.compile(r"\s+(?:AND|&|/|@)\s+")
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


def place_kind(key: int) -> str:
    """What kind of place a key stands for: address, block, intersection or point."""
    return KINDS[(key >> _SHIFT) & 3]


def ward_code(text: str) -> str:
    """A ward's code as the feed writes it, `Ward 1` or `1.0` or `NULL`, as `1` or nothing."""
    text = text.strip().upper().removeprefix("WARD").strip()
    text = text.removesuffix(".0")
    return "" if text in {"NULL", "NONE", "NAN", "0"} else text
