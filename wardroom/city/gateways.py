"""Reading boundaries from GeoJSON files."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from shapely.errors import ShapelyError
from shapely.geometry import shape

from wardroom.city.actions import Feature
from wardroom.city.rules import GROUND, GroundDraft
from wardroom.kernel.errors import Refused
from wardroom.kernel.outside import read_json

CODE_FIELDS = {
    "ward": ("WARD", "WARD_ID", "ward"),
    "anc": ("ANC_ID", "ANC", "anc"),
    "smd": ("SMD_ID", "SMD", "smd"),
    "psa": ("PSA",),
    "cluster": ("NAME",),
    "district": ("NAME",),
    GROUND: ("CODE", "code"),
}
GROUND_FIELDS = ("owner_code", "owner_name", "kind", "phone", "advice")
NAME_FIELDS = ("NAME", "NBH_NAMES", "name")


def read_features(
    path: Path, *, kind: str, code_field: str | None = None, name_field: str | None = None
) -> tuple[list[Feature], str]:
    """The districts of a GeoJSON file, plain or gzip, and the digest of its content.

    Refuses: a file that is missing or no GeoJSON; a code field that is not there.
    """
    if not path.is_file():
        raise Refused("no_file", f"There is no file {path}.", field="file")
    data = path.read_bytes()
    try:
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        rows = read_json(text)["features"]
    except (ValueError, KeyError, TypeError, OSError, EOFError, zlib.error):
        raise _no_geojson(path) from None
    if not isinstance(rows, list) or not all(_is_feature(row) for row in rows):
        raise _no_geojson(path)
    wanted = (code_field,) if code_field else CODE_FIELDS[kind]
    found = [_feature(row, wanted, name_field, kind) for row in rows]
    return found, hashlib.sha256(text).hexdigest()


def _no_geojson(path: Path) -> Refused:
    return Refused("not_geojson", f"{path.name} is not GeoJSON.", field="file")


def _is_feature(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("properties") or {}, dict)


def _feature(
    row: dict[str, Any], code_fields: tuple[str, ...], name_field: str | None, kind: str
) -> Feature:
    properties = row.get("properties") or {}
    code = next((properties[f] for f in code_fields if properties.get(f) is not None), None)
    if code is None:
        there = ", ".join(sorted(properties)) or "none"
        raise Refused(
            "code_missing",
            f"No property holds the code. Name it with --code-field; there are: {there}.",
            field="code_field",
        )
    names = (name_field,) if name_field else NAME_FIELDS
    name = next((properties[f] for f in names if properties.get(f)), None)
    try:
        with np.errstate(invalid="raise"):  # a place that is no number
            geometry = shape(row["geometry"])
    except (ShapelyError, LookupError, TypeError, ValueError, AttributeError, FloatingPointError):
        raise Refused("not_an_area", f"The shape of {code} cannot be read.", field="file") from None
    word = {"ward": "Ward", "anc": "ANC", "smd": "SMD", "psa": "PSA"}.get(kind, "")
    called = str(name or f"{word} {code}").strip()
    ground = _ground(properties) if kind == GROUND else None
    return Feature(str(code).strip(), called, geometry, ground)


def _ground(properties: dict[str, Any]) -> GroundDraft:
    """Whose a piece of ground is, by the properties owner_code, owner_name, kind and so on."""
    lower = {key.lower(): value for key, value in properties.items()}
    return GroundDraft(*(str(lower.get(f) or "").strip() for f in GROUND_FIELDS))
