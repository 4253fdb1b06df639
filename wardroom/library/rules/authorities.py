"""Whom to call about what is not the city's: known by the words of a report, or by its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import without_accents
from wardroom.library.rules.asking import CODE, SPOKEN

MOST_NAME, MOST_ABOUT, MOST_HOURS, MOST_WORDS, MOST_PHRASES = 120, 300, 120, 1000, 60
SHORTEST_PHRASE = 2
_MANY = "(?:e?s|x)?"
_BETWEEN = rf"{_MANY}\s+(?:(?:the|el|la|los|las|le|les)\s+|[ld]['’])?"
PHONE = re.compile(r"[0-9+(][0-9 ().-]{1,38}[0-9]")
OWN_WORDS = frozenset({"add"})  # what the pages of the list themselves are called
LIMITS = {"name": MOST_NAME, "about": MOST_ABOUT, "hours": MOST_HOURS, "words": MOST_WORDS}


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One authority that is not the city's: what is theirs, how to call them, and when.

    ``words`` are the phrases of a report that may mean them, with commas between them.
    ``owner_code`` is the owner of ground that they are; ``outside`` says that they help where
    the city ends. ``translations`` hold by language a name, what is theirs, hours and words.
    """

    code: str
    name: str
    about: str
    phone: str
    hours: str
    words: str = ""
    owner_code: str = ""
    outside: bool = False
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said_in(self, part: str, language: str) -> str:
        """Its name, what is theirs or their hours in a language; else in English."""
        return self.translations.get(language, {}).get(part) or str(getattr(self, part))

    def is_said_in(self, part: str, language: str) -> bool:
        """Whether somebody put that into the language."""
        return language == "en" or bool(self.translations.get(language, {}).get(part))

    def phrases(self) -> tuple[str, ...]:
        """The phrases that may mean them, of every language."""
        spoken = [self.words, *(said.get("words", "") for said in self.translations.values())]
        return tuple(phrase for text in spoken for phrase in phrases_of(text))


def phrases_of(text: str) -> tuple[str, ...]:
    """Phrases with commas between them, as they are looked for; whichever comma is used."""
    parts = (_plain(part) for part in re.split(r"[,，、፣\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def check_authority(kept: Authority) -> None:
    """An authority that people can be told of.

    Refuses: a bad code or a word of Wardroom's own, no name, nothing that is theirs, no phone
    or no hours, words too long or too many, a language that is not ours.
    """
    if not CODE.fullmatch(kept.code):
        raise Refused(
            "bad_code",
            "A code is lower-case letters, digits and underscores, such as power_company.",
            field="code",
        )
    if kept.code in OWN_WORDS:
        sentence = f"Choose another code: “{kept.code}” is a word of Wardroom's own."
        raise Refused("bad_code", sentence, field="code")
    for name, said in (
        ("name", "Give its name."),
        ("about", "Say what is theirs."),
        ("phone", "Give a phone number to call."),
        ("hours", "Say when somebody answers, such as: At all hours."),
    ):
        if not str(getattr(kept, name)).strip():
            raise Refused("text_missing", said, field=name)
    if not PHONE.fullmatch(kept.phone):
        raise Refused("bad_phone", "Write the phone number with its area code.", field="phone")
    check_lengths({name: str(getattr(kept, name)) for name in LIMITS})
    if set(kept.translations) - set(SPOKEN):
        raise Refused("unknown_language", "One of these is no language.", field="language")


def check_lengths(words: Mapping[str, str]) -> None:
    """Refuses: words too long, more phrases than can be looked for, or one of one letter."""
    for name, text in words.items():
        if len(text) > LIMITS[name]:
            raise Refused("too_long", f"Keep this within {LIMITS[name]} characters.", field=name)
    phrases = phrases_of(words.get("words", ""))
    if len(phrases) > MOST_PHRASES:
        raise Refused("too_many", f"Give {MOST_PHRASES} phrases at most.", field="words")
    if short := next((p for p in phrases if p.isascii() and len(p) < SHORTEST_PHRASE), ""):
        sentence = f"“{short}” stands in every report. Write more of it."
        raise Refused("too_short", sentence, field="words")


def meant_by(text: str, known: Iterable[Authority]) -> tuple[Authority, ...]:
    """The authorities that the words of a report may mean, in the order of the list."""
    words = _plain(re.sub(r"[,;]", " ", text))
    return tuple(each for each in known if any(_has(words, p) for p in each.phrases()))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _has(text: str, phrase: str) -> bool:
    """Whether a phrase stands in a text: as whole words where the script parts its words."""
    if not all(_is_latin(letter) for letter in phrase):
        return phrase in text
    said = without_accents(phrase) if text.isascii() else phrase
    return _pattern(said).search(text) is not None


@lru_cache(maxsize=2000)
def _pattern(phrase: str) -> re.Pattern[str]:
    """A phrase with each of its words in the singular or plural, with or without an article."""
    words = _BETWEEN.join(re.escape(word) for word in phrase.split())
    return re.compile(rf"(?<!\w){words}{_MANY}(?!\w)")


def _is_latin(letter: str) -> bool:
    """Below Ethiopic: Latin letters, with the accents of Vietnamese, and signs."""
    return letter < "\u0370" or "\u1e00" <= letter <= "\u2044"
