"""Topics as the office starts with them, and which service is which.

Every figure is a starting value that the office edits.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TopicSeed:
    """A family of trouble, how soon a return counts, and how far apart reports of it may lie.

    ``recurrence_days``: a new episode within this many days of a closure is a return.
    ``severity``: 1 a nuisance, 2 bears on health or safety, 3 can hurt somebody.
    ``reach_m``: a report within so many metres of an open one is the same trouble.
    ``routine``: people order this service; it is no sign of trouble.
    """

    code: str
    name: str
    recurrence_days: int
    words: tuple[str, ...]
    service_codes: frozenset[str] = frozenset()
    routine: bool = False
    severity: int = 1
    reach_m: int = 40


TOPICS = (
    TopicSeed(
        "bulk",
        "Bulk collection and pick-ups",
        14,
        ("bulk", "christmas tree removal", "container", "leaf season", "appliance"),
        frozenset({"S0031"}),
        routine=True,
    ),
    TopicSeed(
        "permits",
        "Permits, meters and information",
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
    TopicSeed("dumping", "Illegal dumping", 14, ("dumping",), frozenset({"S0311"}), severity=2),
    TopicSeed(
        "trash",
        "Trash, litter and dirty alleys",
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
        60,
        ("rodent", "rat ", "vermin", "insect"),
        frozenset({"S0301", "S0311R"}),
        severity=2,
    ),
    TopicSeed("graffiti", "Graffiti and posters", 30, ("graffiti", "poster"), frozenset({"S0251"})),
    TopicSeed(
        "streetlights",
        "Streetlights out",
        30,
        ("streetlight", "street light"),
        frozenset({"S05SL"}),
        severity=2,
    ),
    TopicSeed(
        "signals",
        "Signals, signs and markings",
        60,
        ("signal", "sign ", "signs", "marking", "traffic safety", "crosswalk"),
        severity=3,
    ),
    TopicSeed(
        "roadway",
        "Potholes, roads and alleys",
        60,
        ("pothole", "roadway", "alley repair", "resurfac", "utility repair", "curb"),
        severity=2,
    ),
    TopicSeed("sidewalks", "Broken sidewalks", 90, ("sidewalk",), severity=2),
    TopicSeed(
        "vacant",
        "Vacant and unsafe buildings",
        90,
        ("vacant", "illegal construction", "blight", "housing", "unsafe building"),
        frozenset({"VACPROP", "ILLEGALCON"}),
        severity=3,
    ),
    TopicSeed(
        "vehicles",
        "Abandoned vehicles",
        30,
        ("abandoned vehicle", "abandoned bicycle"),
        frozenset({"S0000", "S0003", "BICYCLE"}),
    ),
    TopicSeed(
        "parking",
        "Parking enforcement",
        14,
        ("parking enforcement", "parking viol"),
        frozenset({"S0261", "RPP"}),
    ),
    TopicSeed("meters", "Broken parking meters", 14, ("parking meter",), routine=True),
    TopicSeed("trees", "Trees", 60, (" tree",), severity=2),
    TopicSeed("snow", "Snow and ice", 14, ("snow", "ice removal"), severity=2),
    TopicSeed(
        "water",
        "Water, drains and flooding",
        60,
        ("water", "hydrant", "flood", "drain", "sewer", "basin", "erosion"),
        severity=2,
    ),
    TopicSeed("noise", "Noise and nightlife", 30, ("noise", "after hours", "nightlife")),
    TopicSeed(
        "parks",
        "Parks and public grounds",
        30,
        ("park ", "grass", "mowing", "playground", "grounds", "weeds"),
    ),
)
OTHER = TopicSeed("other", "Other", 30, ())


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
