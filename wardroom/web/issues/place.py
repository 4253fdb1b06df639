"""Which place was picked on the intake screen: from the list, on the map, or as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.casework.queries import KnownHere
from wardroom.web.rows import number_meant


@dataclass(frozen=True)
class Picked:
    """A known place by its number, or a point and what it is called, or neither."""

    place_id: int | None = None
    point: str = ""
    label: str = ""

    @property
    def where(self) -> tuple[float, float] | None:
        """The point as latitude and longitude, or none where nothing fitting was sent."""
        try:
            latitude, longitude = (float(part) for part in self.point.split(","))
        except ValueError:
            return None
        return latitude, longitude


def picked(given: Mapping[str, str]) -> Picked:
    """What was picked last, unless other words were typed since."""
    typed = " ".join(given.get("place_text", "").split())
    for_words = given.get("spot_for")
    if for_words is not None and " ".join(for_words.split()) != typed:
        return Picked()
    if given.get("point"):
        return Picked(point=given["point"])
    spot = given.get("spot", "")
    if spot.startswith("id:"):
        return Picked(number_meant(spot.removeprefix("id:")))
    if spot.startswith("at:"):
        point, _, label = spot.removeprefix("at:").partition("|")
        return Picked(point=point, label=label[:200])
    return Picked()


def picked_again(known: KnownHere) -> str:
    """The place that is known now, as the form sends it back."""
    place = known.place
    if place is None:
        return ""
    if place.place_id is not None:
        return f"id:{place.place_id}"
    if place.latitude is None or place.longitude is None:
        return ""
    return f"at:{place.latitude:.6f},{place.longitude:.6f}|{place.label}"
