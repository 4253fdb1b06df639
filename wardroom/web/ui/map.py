"""The one map: what it draws and what stands in its place where it cannot start."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

INSTEAD = "The map needs scripts and WebGL. The list beside it says the same."


@dataclass(frozen=True)
class Map:
    """A map ready to draw: ward outlines, and either candidates or a single point."""

    outlines: str
    label: str
    instead: str
    points: str = ""
    point: bool = False
    latitude: str = ""
    longitude: str = ""
    ward: str = ""
    pick: bool = False

    @property
    def streets(self) -> str:
        """The office's own street map, where one is set."""
        return str(settings.STREET_MAP)

    @property
    def credit(self) -> str:
        return str(settings.STREET_MAP_CREDIT)


def area_map(points: str, *, ward: str = "") -> Map:
    """The wards with circles for the places of a list."""
    return Map(
        outlines=reverse("feed_wards"),
        label="Map of the candidates; the list beside it says the same",
        instead=INSTEAD,
        points=points,
        ward=ward,
    )


def point_map(latitude: float, longitude: float, label: str) -> Map:
    """The wards with one place."""
    return Map(
        outlines=reverse("feed_wards"),
        label=f"Map: {label}",
        instead=f"{label}: latitude {latitude:.5f}, longitude {longitude:.5f}.",
        point=True,
        latitude=f"{latitude:.6f}",
        longitude=f"{longitude:.6f}",
    )


def pick_map(*, ward: str = "") -> Map:
    """The wards, to choose a place by a click or, in the middle of the map, by Enter."""
    return Map(
        outlines=reverse("feed_wards"),
        label="Map to choose the place on: click, or move with the arrow keys and press Enter",
        instead="The map needs scripts and WebGL. Type the place instead.",
        ward=ward,
        pick=True,
    )
