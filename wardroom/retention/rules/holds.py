"""What a legal hold covers: it looks for names and words in all that a record says.

The inside of files is not read; a hold over a file names its record, its class or its days.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wardroom.kernel.errors import Refused

FEWEST_DIGITS, OWN_DIGITS = 7, 10
# Letters with a stroke and the like, which no decomposition takes apart.
BARE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)


@dataclass(frozen=True)
class Scope:
    """What must be kept: all of these at once, where they are given.

    ``unit`` is one record as noun:key; ``words`` are several, any one of which is enough.
    """

    class_code: str = ""
    unit: str = ""
    person: str = ""
    place: str = ""
    words: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Traits:
    """What a record is like, as far as a hold may ask for it.

    ``also`` are other records of which it has a copy or a part, as noun:key; ``within`` are the
    classes whose holds keep it, too: those of which something goes with it.
    """

    class_code: str
    unit: str
    began_on: date
    ended_on: date
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    text: str = ""
    also: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    @cached_property
    def said(self) -> tuple[tuple[str, str], ...]:
        """All that a record says as holds compare it, made once however many holds stand."""
        return tuple(_said(one) for one in (*self.people, *self.places, self.text))


def covers(scope: Scope, record: Traits) -> bool:
    """Whether a hold keeps this record."""
    if scope.class_code not in ("", record.class_code, *record.within):
        return False
    if scope.unit not in ("", record.unit, *record.also):
        return False
    if scope.from_on is not None and record.ended_on < scope.from_on:
        return False
    if scope.until_on is not None and record.began_on > scope.until_on:
        return False
    if not (scope.person or scope.place or scope.words):
        return True
    wanted = [(scope.person,), (scope.place,), words_in(scope.words)]
    return all(
        any(_names(words, one) for words in some for one in record.said)
        for some in wanted
        if any(some)
    )


def words_in(text: str) -> tuple[str, ...]:
    """The words of a hold: each comma or line begins another."""
    parts = text.replace("\n", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def check_scope(scope: Scope) -> Scope:
    """A scope that says something. Refuses: none at all; days the wrong way round."""
    if scope.from_on and scope.until_on and scope.from_on > scope.until_on:
        raise Refused("wrong_way", "The first day comes before the last.", field="until_on")
    if scope == Scope():
        raise Refused("no_scope", "Say what must be kept: fill in at least one.", field="words")
    if scope.words and not words_in(scope.words):
        raise Refused("no_words", "Write at least one word.", field="words")
    return scope


def _said(text: str) -> tuple[str, str]:
    """A text as holds compare it: run together, and its digits alone."""
    return plain(text).replace(" ", ""), re.sub(r"\D", "", text)


def _names(wanted: str, said: tuple[str, str]) -> bool:
    """Whether a text has these words, or this number, however they are written.

    Names in one word or in two, and numbers with or without the country's, are the same.
    """
    text, digits_there = said
    run_together, digits = _said(wanted)
    if run_together in text:
        return True
    only_a_number = len(digits) >= FEWEST_DIGITS and not re.search(r"[^\W\d_]", wanted)
    return only_a_number and digits[-OWN_DIGITS:] in digits_there


def plain(text: str) -> str:
    """A text without marks over letters, signs between words, and large letters."""
    flat = unicodedata.normalize("NFKD", text).casefold().translate(BARE)
    kept = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w@]+|_", " ", kept).split())
