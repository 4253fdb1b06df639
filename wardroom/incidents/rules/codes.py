"""What the codes of an alert mean here: a table from the nation's codes to our districts.

SAME counts counties by their FIPS number, UGC counts forecast zones and counties. The whole of
the District of Columbia is one of each. A sender of our own may name a ward, an ANC or an SMD.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CITY = "city"
OWN_KINDS: Mapping[str, str] = {"WARD": "ward", "ANC": "anc", "SMD": "smd"}
_SAME = frozenset({"11001", "11000", "00000"})
_UGC = frozenset({"DCZ001", "DCC001", "DCZ000", "DCC000", "DCALL"})
_FIPS = frozenset({"11001", "11000", "11"})
WHOLE_CITY: Mapping[str, frozenset[str]] = {"UGC": _UGC, "FIPS": _FIPS, "FIPS6": _FIPS}


class Coded(NamedTuple):
    """What a code stands for: a kind of district and its own code, or the whole city."""

    kind: str
    code: str = ""


def meaning_of(name: str, value: str) -> Coded | None:
    """What one code means; none where it means no part of this city.

    The first digit of a SAME code says which part of the county; a part is read as the whole.
    """
    name, value = name.strip().upper(), value.strip().upper()
    if name in OWN_KINDS and value:
        return Coded(OWN_KINDS[name], value)
    if name == "SAME":
        return Coded(CITY) if len(value) == 6 and value[1:] in _SAME else None
    if name.startswith("FIPS"):
        name = "FIPS"
    return Coded(CITY) if value in WHOLE_CITY.get(name, frozenset()) else None


def meanings(codes: Iterable[tuple[str, str]]) -> frozenset[Coded]:
    """What several codes mean together."""
    return frozenset(filter(None, (meaning_of(*code) for code in codes)))
