"""How exactly the public may know where something is."""

from __future__ import annotations

HOUSE, DECIMALS = "address", 3


def public_point(
    kind: str, latitude: float | None, longitude: float | None
) -> tuple[float | None, float | None]:
    """The point of a place for a public map: a house's only to some 100 meters."""
    if kind != HOUSE or latitude is None or longitude is None:
        return latitude, longitude
    return round(latitude, DECIMALS), round(longitude, DECIMALS)
