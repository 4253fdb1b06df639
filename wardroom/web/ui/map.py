"""The one map: what it draws and what stands in its place where it cannot start."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

INSTEAD = "The map needs scripts and WebGL. The list beside it says the same."


@dataclass(frozen=True)
class Map:
    """A map ready to draw: ward outlines with circles from a feed, a single point, or both.

    ``within`` shows a point in the whole area of the feed. ``named`` is how a ward is called, with
    ``{code}``; it and the words of the buttons are given where a page is not in English alone.
    """

    outlines: str
    label: str
    instead: str
    points: str = ""
    point: bool = False
    latitude: str = ""
    longitude: str = ""
    radius_m: int = 0
    ward: str = ""
    pick: bool = False
    walk: bool = False
    within: bool = False
    named: str = ""
    zoom_in: str = ""
    zoom_out: str = ""
    close: str = ""

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


def open_map(points: str, label: str, *, point: tuple[float, float] | None = None) -> Map:
    """What is open at a place and around it, or in an area with its outline."""
    here = point is not None
    latitude, longitude = point or (0.0, 0.0)
    return Map(
        outlines=reverse("feed_wards"),
        label=f"Map of {label} and what is open there; the list on this page says the same",
        instead="The map needs scripts and WebGL. The list on this page says the same.",
        points=points,
        point=here,
        latitude=f"{latitude:.6f}" if here else "",
        longitude=f"{longitude:.6f}" if here else "",
    )


def alert_map(outline: str) -> Map:
    """The wards, and the outline that an alert draws."""
    return Map(
        outlines=reverse("feed_wards"),
        label="Map of where the alert holds; the districts are listed beside it",
        instead="The map needs scripts and WebGL. The districts are listed beside it.",
        points=outline,
    )


def shaded_map(shades: str, label: str, *, ward: str = "") -> Map:
    """The districts of a list, each shaded by how it stands there."""
    return Map(
        outlines=reverse("feed_wards"),
        label=f"{label}; the list beside it says the same",
        instead=INSTEAD,
        points=shades,
        ward=ward,
    )


def walk_map(points: str, *, ward: str = "") -> Map:
    """The stops of a walk with their numbers, and the way between them."""
    return Map(
        outlines=reverse("feed_wards"),
        label="Map of the walk with its numbered stops; the list beside it says the same",
        instead=INSTEAD,
        points=points,
        ward=ward,
        walk=True,
    )


def point_map(
    latitude: float, longitude: float, label: str, *, radius_m: int = 0, points: str = ""
) -> Map:
    """The wards with one place, and a circle of so many meters around it.

    ``points`` is the feed of what was reported there.
    """
    around = f", and the {radius_m} meters around it" if radius_m else ""
    return Map(
        outlines=reverse("feed_wards"),
        label=f"Map: {label}{around}",
        instead=f"{label}: latitude {latitude:.5f}, longitude {longitude:.5f}{around}.",
        point=True,
        latitude=f"{latitude:.6f}",
        longitude=f"{longitude:.6f}",
        radius_m=radius_m,
        points=points,
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
