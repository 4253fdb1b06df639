"""Reference data as the office starts with it: topics, clocks, and which service is which.

Every figure is a starting value that the office edits; the clocks carry their law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.business_time import Clock


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


@dataclass(frozen=True)
class RuleSeed:
    """A clock with its citation and the days it holds."""

    code: str
    name: str
    citation: str
    clock: Clock
    days: int | None
    valid_from: date
    valid_until: date | None = None


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

DC_START = date(1979, 10, 3)
RULES = (
    RuleSeed(
        "dc-311-2015",
        "311 promise of 2015",
        "Working rule of the District's 311 system, found from its due dates of 2015",
        Clock.PROMISE,
        None,
        date(2014, 1, 1),
    ),
    RuleSeed(
        "dc-foia",
        "Public-records answer",
        "D.C. Code 2-532(c)",
        Clock.BUSINESS,
        15,
        date(2001, 4, 27),
    ),
    RuleSeed(
        "dc-foia-extended",
        "Public-records answer, extended",
        "D.C. Code 2-532(d)",
        Clock.BUSINESS,
        25,
        date(2001, 4, 27),
    ),
    RuleSeed(
        "dc-anc-notice",
        "Notice to an ANC",
        "D.C. Code 1-309.10(b)",
        Clock.BUSINESS,
        30,
        date(2000, 6, 27),
    ),
    RuleSeed(
        "dc-anc-proposal-answer",
        "Answer to an ANC's proposal",
        "D.C. Code 1-309.10(h)(1)",
        Clock.CALENDAR,
        10,
        DC_START,
    ),
    RuleSeed(
        "dc-anc-proposal-status",
        "Status report on an ANC's proposal",
        "D.C. Code 1-309.10(h)(1)",
        Clock.CALENDAR,
        60,
        DC_START,
    ),
    RuleSeed(
        "dc-open-meeting-notice",
        "Notice of an open meeting",
        "D.C. Code 2-576(1)",
        Clock.NOTICE,
        2,
        date(2011, 3, 31),
    ),
)


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
