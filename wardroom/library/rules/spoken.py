"""Words by which people tell of a trouble, so that a topic can be suggested while they speak.

A suggestion decides nothing: whoever takes the complaint in chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MOST_TOPICS = 3
_WORDS = re.compile(r"[a-z0-9]+")
SPOKEN: Mapping[str, tuple[str, ...]] = {
    "dumping": ("dump", "mattress", "tires", "couch", "furniture", "construction debris"),
    "trash": ("trash", "garbage", "litter", "bags", "rubbish", "recycling", "dumpster"),
    "rodents": ("rat", "rats", "rodent", "mice", "mouse", "burrow", "vermin", "roach"),
    "graffiti": ("graffiti", "spray paint", "tagged", "poster"),
    "streetlights": ("streetlight", "street light", "street lamp", "dark street", "lamp"),
    "signals": ("signal", "traffic light", "stop sign", "sign", "crosswalk", "speeding"),
    "roadway": ("pothole", "road", "alley surface", "asphalt", "curb", "sinkhole"),
    "sidewalks": ("sidewalk", "tripped", "brick"),
    "vacant": ("vacant", "boarded", "squat", "abandoned house", "abandoned building", "collaps"),
    "vehicles": ("abandoned car", "abandoned vehicle", "flat tires", "no plates", "junk car"),
    "parking": ("parked", "parking", "double park", "bus lane", "blocked driveway"),
    "trees": ("tree", "branch", "limb", "stump", "roots"),
    "snow": ("snow", "ice", "icy", "plow"),
    "water": ("water", "leak", "flood", "drain", "hydrant", "sewer", "basin", "sewage"),
    "noise": ("noise", "loud", "music", "party", "bar", "club"),
    "parks": ("park", "grass", "playground", "weeds", "mow", "bench"),
}


def topics_spoken_of(text: str) -> tuple[str, ...]:
    """The codes of the topics that words hint at, the one with the most hints first.

    A hint matches where a word begins with it, so "potholes" is a pothole, and a word is
    never matched in its middle: a rat is not in "rather" unless it is the whole word.
    """
    words = f" {' '.join(_WORDS.findall(text.casefold()))} "
    hits = {code: sum(_hint(words, hint) for hint in hints) for code, hints in SPOKEN.items()}
    found = [code for code, count in hits.items() if count]
    return tuple(sorted(found, key=lambda code: -hits[code])[:MOST_TOPICS])


def _hint(words: str, hint: str) -> bool:
    """Short hints are whole words; longer ones may go on, as in the plural."""
    return f" {hint} " in words if len(hint) < 5 else f" {hint}" in words
