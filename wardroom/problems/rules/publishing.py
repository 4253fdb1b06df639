"""How exactly the public may know where something is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wardroom.city.rules import to_block

HOUSE = "address"
# The states of an ask in which the public may read of it: it was asked, and not taken back.
TOLD = frozenset({"requested", "accepted", "declined", "countered", "done"})


def version_words(text: str, steps: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What a page showed of a version, to tell whether another was written since."""
    return {"text": text} | {f"step_{step['ask']}": step["words"] for step in steps}


def public_point(
    kind: str, latitude: float | None, longitude: float | None
) -> tuple[float | None, float | None]:
    """The point of a place for a public map: a house's only to some 100 meters."""
    if kind != HOUSE or latitude is None or longitude is None:
        return latitude, longitude
    return to_block(latitude), to_block(longitude)
