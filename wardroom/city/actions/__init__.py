"""Changes to boundaries and places."""

from __future__ import annotations

from wardroom.city.actions.boundaries import KINDS, Feature, load_boundaries
from wardroom.city.actions.places import PlaceDraft, add_place, note_place, note_places

__all__ = [
    "KINDS",
    "Feature",
    "PlaceDraft",
    "add_place",
    "load_boundaries",
    "note_place",
    "note_places",
]
