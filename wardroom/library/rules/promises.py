"""How soon each topic is to be dealt with, as the office starts: its own figures, no agency's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

OWN_PROMISE = "The office's own starting value, no agency's promise"
PROMISES_FROM = date(2010, 1, 1)
PROMISES: Mapping[str, int] = {
    "bulk": 10,
    "permits": 5,
    "dumping": 5,
    "trash": 3,
    "rodents": 10,
    "graffiti": 7,
    "streetlights": 5,
    "signals": 10,
    "roadway": 3,
    "sidewalks": 25,
    "vacant": 45,
    "vehicles": 5,
    "parking": 1,
    "meters": 5,
    "trees": 20,
    "snow": 1,
    "water": 5,
    "noise": 5,
    "parks": 10,
    "other": 10,
}
