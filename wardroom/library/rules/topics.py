"""Topics as the office starts with them, and which service is which.

Every figure is a starting value that the office edits.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicSeed:
    """A family of trouble, how long it may be silent, and how soon a return counts.

    ``silent_days``: reports within this many days of the last belong to one episode.
    ``recurrence_days``: a new episode within this many days of a closure is a return.
    ``routine``: people order this service; it is no sign of trouble.
    """

    code: str
    name: str
    silent_days: int
    recurrence_days: int
    words: tuple[str, ...]
    service_codes: frozenset[str] = frozenset()
    routine: bool = False


TOPICS = (
    TopicSeed(
        "bulk",
        "Bulk collection and pick-ups",
        7,
        14,
        ("bulk", "christmas tree removal", "container", "leaf season", "appliance"),
        frozenset({"S0031"}),
        routine=True,
    ),
    TopicSeed(
        "permits",
        "Permits, meters and information",
        7,
        14,
        (
            "permit",
            "residential parking",
            "information",
            "emergency no parking",
            "emergency no-parking",
            "dead animal",
            "new tree",
            "tree planting",
            "sticker",
            "scheduled",
            "dmv",
            "supercan",
            "fems -",
            "how is my driving",
            "program",
            "cfsa",
        ),
        frozenset({"S05DA"}),
        routine=True,
    ),
    TopicSeed("dumping", "Illegal dumping", 7, 14, ("dumping",), frozenset({"S0311"})),
    TopicSeed(
        "trash",
        "Trash, litter and dirty alleys",
        7,
        14,
        (
            "trash",
            "litter",
            "recycling",
            "alley cleaning",
            "street cleaning",
            "sanitation",
            "yard waste",
            "set out",
            "pet waste",
            "debris",
        ),
        frozenset({"S0321", "S0441"}),
    ),
    TopicSeed(
        "rodents",
        "Rats and other vermin",
        30,
        60,
        ("rodent", "rat ", "vermin", "insect"),
        frozenset({"S0301", "S0311R"}),
    ),
    TopicSeed(
        "graffiti", "Graffiti and posters", 14, 30, ("graffiti", "poster"), frozenset({"S0251"})
    ),
    TopicSeed(
        "streetlights",
        "Streetlights out",
        14,
        30,
        ("streetlight", "street light"),
        frozenset({"S05SL"}),
    ),
    TopicSeed(
        "signals",
        "Signals, signs and markings",
        14,
        60,
        ("signal", "sign ", "signs", "marking", "traffic safety", "crosswalk"),
    ),
    TopicSeed(
        "roadway",
        "Potholes, roads and alleys",
        14,
        60,
        ("pothole", "roadway", "alley repair", "resurfac", "utility repair", "curb"),
    ),
    TopicSeed("sidewalks", "Broken sidewalks", 30, 90, ("sidewalk",)),
    TopicSeed(
        "vacant",
        "Vacant and unsafe buildings",
        30,
        90,
        ("vacant", "illegal construction", "blight", "housing", "unsafe building"),
        frozenset({"VACPROP", "ILLEGALCON"}),
    ),
    TopicSeed(
        "vehicles",
        "Abandoned vehicles",
        14,
        30,
        ("abandoned vehicle", "abandoned bicycle"),
        frozenset({"S0000", "S0003", "BICYCLE"}),
    ),
    TopicSeed(
        "parking",
        "Parking enforcement",
        7,
        14,
        ("parking enforcement", "parking viol"),
        frozenset({"S0261", "RPP"}),
    ),
    TopicSeed("meters", "Broken parking meters", 7, 14, ("parking meter",), routine=True),
    TopicSeed("trees", "Trees", 30, 60, ("tree",)),
    TopicSeed("snow", "Snow and ice", 7, 14, ("snow", "ice removal")),
    TopicSeed(
        "water",
        "Water, drains and flooding",
        14,
        60,
        ("water", "hydrant", "flood", "drain", "sewer", "basin", "erosion"),
    ),
    TopicSeed("noise", "Noise and nightlife", 14, 30, ("noise", "after hours", "nightlife")),
    TopicSeed(
        "parks",
        "Parks and public grounds",
        14,
        30,
        ("park ", "grass", "mowing", "playground", "grounds", "weeds"),
    ),
)
OTHER = TopicSeed("other", "Other", 14, 30, ())


def topic_code_for(service_code: str, service_name: str) -> str:
    """The topic a service belongs to: by its code, else by the words of its name."""
    for topic in TOPICS:
        if service_code in topic.service_codes:
            return topic.code
    name = f" {service_name.lower()} "
    for topic in TOPICS:
        if any(word in name for word in topic.words):
            return topic.code
    return OTHER.code
