"""What the public may report as the office starts, and what it is asked then.

Every word is a starting value that the office edits. `public_words` has them in six more
languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardroom.library.rules.asking import Asked, Choice
from wardroom.library.rules.public_words import CODES, SAID

# Whoever does not know can still send what they must answer: it counts as an answer.
UNSURE = ("unsure", "I am not sure")
YES_NO = (("yes", "Yes"), ("no", "No"), UNSURE)


@dataclass(frozen=True)
class PublicSeed:
    """A topic as the public reads it."""

    code: str
    group: str
    description: str
    keywords: str
    questions: tuple[Asked, ...]


def _one(code: str, text: str, *choices: tuple[str, str], required: bool = False) -> Asked:
    known = {key for key, _ in choices}
    more = (UNSURE,) if required and UNSURE[0] not in known else ()
    pairs = tuple(Choice(key, name) for key, name in (*choices, *more))
    return Asked(code=code, text=text, datatype="singlevaluelist", required=required, choices=pairs)


def _any(code: str, text: str, *choices: tuple[str, str], required: bool = False) -> Asked:
    return replace(_one(code, text, *choices, required=required), datatype="multivaluelist")


def _words(code: str, text: str, datatype: str = "string") -> Asked:
    return Asked(code=code, text=text, datatype=datatype)


STREETS, TRASH = "Streets and sidewalks", "Trash and rats"
HOUSES, GREEN = "Buildings and noise", "Trees, parks and water"
WIRES = Asked(
    code="wires",
    text="Is a wire down, or do you smell gas? Keep away and call 911 first.",
    shown_only=True,
)
HURT = _one("hurt", "Can somebody get hurt?", *YES_NO, required=True)
SPOT = _one(
    "spot",
    "Where exactly is it?",
    ("street", "On the street"),
    ("sidewalk", "On the sidewalk"),
    ("alley", "In an alley"),
    ("park", "In a park"),
    ("private", "On private ground"),
    ("other", "Somewhere else"),
)
SINCE = _one(
    "since",
    "How long has it been so?",
    ("today", "Since today"),
    ("days", "A few days"),
    ("weeks", "A few weeks"),
    ("longer", "Longer"),
)
AMOUNT = _one(
    "amount",
    "How much is it?",
    ("bags", "A bag or two"),
    ("car", "As much as fits into a car"),
    ("truck", "As much as fits into a truck"),
    ("more", "More than that"),
)

PUBLIC_TOPICS = (
    PublicSeed(
        "dumping",
        TRASH,
        "Furniture, tires, building waste or bags that somebody left where they do not belong.",
        "dumping,mattress,tires,furniture,construction waste",
        (
            _any(
                "what",
                "What was dumped?",
                ("household", "Household trash"),
                ("furniture", "Furniture or mattresses"),
                ("building", "Building material"),
                ("tires", "Tires"),
                ("chemicals", "Paint, oil or chemicals"),
                ("other", "Something else"),
                required=True,
            ),
            AMOUNT,
            SPOT,
        ),
    ),
    PublicSeed(
        "trash",
        TRASH,
        "Trash that was not picked up, full litter cans, dirty alleys and streets.",
        "trash,litter,alley,recycling,missed pickup",
        (SPOT, SINCE),
    ),
    PublicSeed(
        "rodents",
        TRASH,
        "Rats, their burrows, or other vermin outside.",
        "rats,rodents,burrow,vermin",
        (
            _any(
                "seen",
                "What did you see?",
                ("live", "Live rats"),
                ("burrows", "Burrows"),
                ("droppings", "Droppings"),
                ("gnawed", "Gnawed bins or doors"),
                required=True,
            ),
            SPOT,
            SINCE,
        ),
    ),
    PublicSeed(
        "graffiti",
        STREETS,
        "Graffiti, or posters where they do not belong.",
        "graffiti,tag,poster,sticker",
        (SPOT, _words("says", "Does it threaten or insult somebody? Write what it says.", "text")),
    ),
    PublicSeed(
        "streetlights",
        STREETS,
        "Streetlights that are out, blink, or burn by day.",
        "streetlight,lamp,dark,light out",
        (
            _words("lights", "How many lights is it about?", "number"),
            _words("pole", "Number on the pole, if you can read it"),
            WIRES,
        ),
    ),
    PublicSeed(
        "signals",
        STREETS,
        "Traffic signals, street signs, crosswalks and road markings.",
        "signal,traffic light,stop sign,crosswalk,marking",
        (
            _one(
                "wrong",
                "What is wrong?",
                ("dark", "It is dark"),
                ("stuck", "It does not change"),
                ("missing", "It is missing"),
                ("damaged", "It is damaged"),
                ("faded", "It is faded"),
                required=True,
            ),
            HURT,
        ),
    ),
    PublicSeed(
        "roadway",
        STREETS,
        "Potholes and broken surfaces of streets and alleys.",
        "pothole,road,alley,pavement",
        (
            _one(
                "size",
                "How large is it?",
                ("plate", "As large as a plate"),
                ("tire", "As large as a tire"),
                ("larger", "Larger"),
            ),
            HURT,
        ),
    ),
    PublicSeed(
        "sidewalks",
        STREETS,
        "Broken, raised or blocked sidewalks.",
        "sidewalk,trip,broken brick,wheelchair",
        (HURT, _one("wheels", "Can a wheelchair or a stroller get past?", *YES_NO)),
    ),
    PublicSeed(
        "vacant",
        HOUSES,
        "Empty buildings that are open, unsafe, or a nuisance.",
        "vacant,empty house,unsafe building,blight",
        (_one("open", "Can people get in?", *YES_NO, required=True), HURT, SINCE),
    ),
    PublicSeed(
        "vehicles",
        STREETS,
        "Cars, bicycles or scooters that were left and do not move.",
        "abandoned car,vehicle,bicycle,scooter",
        (
            _words("tag", "Tag number and state, if there is one"),
            _words("first_seen", "When did you first see it there?", "datetime"),
        ),
    ),
    PublicSeed(
        "trees",
        GREEN,
        "Street trees that fell, died, or are about to drop something.",
        "tree,branch,limb,stump,roots",
        (
            _one(
                "tree",
                "What is wrong with the tree?",
                ("fallen", "It fell"),
                ("branch", "A branch is broken"),
                ("dead", "It looks dead"),
                ("roots", "Its roots lift the ground"),
                ("other", "Something else"),
                required=True,
            ),
            HURT,
            WIRES,
        ),
    ),
    PublicSeed(
        "water",
        GREEN,
        "Standing water, blocked drains, leaks and running hydrants.",
        "flood,drain,leak,hydrant,sewer",
        (
            _one(
                "kind",
                "What do you see?",
                ("standing", "Water that stands"),
                ("drain", "A blocked drain"),
                ("leak", "Water that comes out of the ground"),
                ("hydrant", "A running hydrant"),
                ("other", "Something else"),
                required=True,
            ),
            HURT,
        ),
    ),
    PublicSeed(
        "parks",
        GREEN,
        "Parks, playgrounds and other public grounds that need care.",
        "park,playground,grass,weeds",
        (SINCE, HURT),
    ),
    PublicSeed(
        "snow",
        GREEN,
        "Snow and ice on streets and sidewalks that nobody cleared.",
        "snow,ice,plow,salt",
        (SPOT, HURT),
    ),
    PublicSeed(
        "noise",
        HOUSES,
        "Noise that comes back: music, building work at night, machines.",
        "noise,music,construction,nightlife",
        (
            _one(
                "source",
                "What makes the noise?",
                ("music", "Music or a party"),
                ("building", "Building work"),
                ("machines", "Machines"),
                ("other", "Something else"),
            ),
            _words("when", "On which days, and at what time?", "text"),
        ),
    ),
    PublicSeed(
        "other",
        HOUSES,
        "Something else in the neighborhood that needs the city.",
        "other,question,concern",
        (SINCE,),
    ),
)


def asked_in_all(asked: Asked) -> Asked:
    """A question of the start with its words in every language that has them."""
    return replace(asked, translations={code: _asked(asked, code) for code in CODES})


def seed_words(seed: PublicSeed) -> Mapping[str, Mapping[str, str]]:
    """The description and the group of a topic of the start, by language."""
    return {
        code: {"description": _in(code, seed.description), "group": _in(code, seed.group)}
        for code in CODES
    }


def _asked(asked: Asked, language: str) -> Mapping[str, Any]:
    words: dict[str, Any] = {"text": _in(language, asked.text)}
    if asked.choices:
        words["choices"] = {c.key: _in(language, c.name) for c in asked.choices}
    return words


def _in(language: str, english: str) -> str:
    return SAID[english][CODES.index(language)]
