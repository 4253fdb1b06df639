"""What can happen to boundaries and places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class BoundariesLoaded(Fact):
    boundary_kind: str
    valid_from: date
    districts: int
    source: str

    def sentence(self) -> str:
        return (
            f"{self.districts} boundaries of kind '{self.boundary_kind}' hold from "
            f"{self.valid_from:%B} {self.valid_from.day}, {self.valid_from:%Y} (from {self.source})"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("boundaries", self.boundary_kind),)


@dataclass(frozen=True, kw_only=True)
class PlaceNoted(Fact):
    place_id: int
    label: str

    def sentence(self) -> str:
        return f"{self.label} was added to the places we know"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("place", str(self.place_id)),)


@dataclass(frozen=True, kw_only=True)
class PlacesNoted(Fact):
    places: int

    def sentence(self) -> str:
        return f"{self.places} places were added to those we know"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("places", "all"),)
