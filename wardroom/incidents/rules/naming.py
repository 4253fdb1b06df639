"""Words that may name somebody, where a report or the label of a home is to name nobody.

It finds what is plain: a title before a name, two names before what happened to them, a phone
number, an e-mail address. It is a question to the writer, and no proof that nobody is named.
"""

from __future__ import annotations

import re
from itertools import pairwise

from wardroom.kernel.errors import Refused

_NAME = r"[^\W\d_a-z](?:[^\W\d_]|['’\-])+"
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?\s+{_NAME}(?:\s+{_NAME})?")
_VERBS = r"(?:was|is|has|had|and|of|from|died|lost|needs|lives|says|said)"
_ENDS = rf"(?:['’]s\b|[,.;]|\s*\(|\s+{_VERBS}\b|\s*$)"
_PAIR = re.compile(rf"\b(?=({_NAME})\s+({_NAME}){_ENDS})", re.MULTILINE)
_REACHES = re.compile(r"\S+@\S+\.\S+|\b\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}\b")
_NO_NAMES_TEXT = (
    "street avenue road place court lane terrace drive circle alley block northeast northwest "
    "southeast southwest ward unit floor apartment apartments building house home homes school "
    "church park center library station hospital hotel shelter department office police fire "
    "battalion chief cross red health water gas power light council commission tenant advocate "
    "heights hill hills gardens village hall housing authority services service emergency team "
    "management human public works security columbia capitol captain engine truck ems metro "
    "st ave rd pl ct ln dr way ne nw se sw square plaza warning watch advisory desk "
    "exercise line clinic "
    "the all three two one four five six seven eight nine ten no new last first next"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
HOME_WORDS_TEXT = (
    "unit apt apartment floor house home basement attic penthouse front rear back upper lower "
    "left right middle corner store shop row building room suite side north south east west "
    "garage porch annex lobby hall loft studio level wing tower number trailer courtyard"
)
HOME_WORDS = frozenset(HOME_WORDS_TEXT.split())
_STREETS_TEXT = "street st avenue ave road rd place pl court ct lane ln terrace drive dr circle way"
_STREETS = frozenset(_STREETS_TEXT.split())


def names_in(*texts: str) -> tuple[str, ...]:
    """What in these words may name or reach somebody, each once."""
    found: list[str] = []
    for text in texts:
        found += [match[0] for match in _TITLED.finditer(text)]
        found += [match[0] for match in _REACHES.finditer(text)]
        for match in _PAIR.finditer(text):
            words, pair = {match[1].casefold(), match[2].casefold()}, f"{match[1]} {match[2]}"
            named = match[1][0].isupper() and match[2][0].isupper() and not words & _NO_NAMES
            if named and not any(pair in one for one in found):
                found.append(pair)
    return tuple(dict.fromkeys(found))


def check_names_nobody(*texts: str, sure: bool) -> None:
    """Refuses: words that may name somebody, until the writer looked and says that they do not."""
    found = names_in(*texts)
    if found and not sure:
        named = "; ".join(found[:3])
        raise Refused(
            "names_inside",
            f"This may name somebody: {named}. A report goes outside and names nobody: take it "
            "out, or say that you looked.",
            field="nobody_named",
        )


def is_name(label: str) -> bool:
    """Whether the label of a home may be the name of whoever lives there."""
    words = re.findall(r"[^\s,]+", label)
    if _TITLED.search(label) or re.search(r"['’]s\b|\bfamil", label, re.IGNORECASE):
        return True
    plain = [w for w in words if not any(letter.isdigit() for letter in w)]
    street = {w for w, after in pairwise(words) if after.strip(".").casefold() in _STREETS}
    known = HOME_WORDS | _STREETS
    strange = [w for w in plain if len(w) > 2 and w.strip(".#").casefold() not in known]
    named = [w for w in strange if w[0].isupper() and w not in street]
    return bool(named) or (bool(strange) and len(strange) == len(words))
