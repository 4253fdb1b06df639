"""What is asked of somebody who reports something: questions, and answers that fit them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import day_in

# How Open311 calls what an answer may be, and how the office calls it.
DATATYPES: Mapping[str, str] = {
    "string": "One line",
    "text": "Several lines",
    "number": "A number",
    "datetime": "A day, or a day and a time",
    "singlevaluelist": "One of a list",
    "multivaluelist": "Any of a list",
}
FREE = frozenset({"string", "text"})
LISTS = frozenset({"singlevaluelist", "multivaluelist"})
# When a report of a topic has its number: at once, a little later, or never.
PUBLIC_KINDS: Mapping[str, str] = {
    "realtime": "Gets its number at once",
    "batch": "Gets its number later",
    "blackbox": "Gets no number and is never listed",
}
SPOKEN = ("en", "es", "am", "zh", "fr", "ko", "vi")
MOST_LINE, MOST_LINES, MOST_CHOICES, MOST_CHOSEN = 250, 2000, 50, 50
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Choice:
    """One answer to choose: the key that is kept, and what people read."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question about a report. One that is ``shown_only`` is a notice without an answer.

    ``translations`` hold by language code the same words: text, help, and choices by key.
    """

    code: str
    text: str
    datatype: str = "string"
    required: bool = False
    shown_only: bool = False
    help: str = ""
    choices: tuple[Choice, ...] = ()
    translations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def text_in(self, language: str) -> str:
        """The question in a language; in English where nobody put it into that."""
        return str(self._words(language).get("text") or self.text)

    def is_said_in(self, language: str) -> bool:
        """Whether somebody put the question itself into a language."""
        return language == "en" or bool(self._words(language).get("text"))

    def help_in(self, language: str) -> str:
        """The line under the question, in a language."""
        return str(self._words(language).get("help") or self.help)

    def choices_in(self, language: str) -> tuple[Choice, ...]:
        """What can be chosen, in a language."""
        names: Mapping[str, str] = self._words(language).get("choices") or {}
        return tuple(Choice(c.key, names.get(c.key) or c.name) for c in self.choices)

    def lacks_in(self, language: str) -> tuple[str, ...]:
        """What of it nobody put into a language; nothing where all is said in it."""
        words = self._words(language)
        named: Mapping[str, str] = words.get("choices") or {}
        parts = (
            ("the question", not words.get("text")),
            ("the line under it", bool(self.help) and not words.get("help")),
            ("what can be chosen", any(not named.get(c.key) for c in self.choices)),
        )
        return tuple(part for part, lacks in parts if lacks)

    def _words(self, language: str) -> Mapping[str, Any]:
        return self.translations.get(language, {})


def check_asked(asked: Asked) -> None:
    """A question that can be put. Refuses: a bad code, no text, a list with nothing to choose."""
    if not CODE.fullmatch(asked.code):
        raise Refused(
            "bad_code",
            "A code is lower-case letters, digits and underscores, such as how_many.",
            field="code",
        )
    if not asked.text.strip() or len(asked.text) > 300:
        raise Refused("text_missing", "Write the question, in 300 characters.", field="text")
    if asked.datatype not in DATATYPES:
        raise Refused("unknown_datatype", "Choose a kind of answer.", field="datatype")
    if asked.datatype in LISTS and not asked.shown_only:
        _check_choices(asked.choices)
    elif asked.choices:
        raise Refused("no_list", "Only a list has something to choose from.", field="choices")
    if asked.required and asked.shown_only:
        raise Refused("notice", "A notice asks for no answer.", field="required")
    if unknown := set(asked.translations) - set(SPOKEN):
        raise Refused(
            "unknown_language", f"{min(unknown)} is not one of our languages.", field="translations"
        )


def _check_choices(choices: Sequence[Choice]) -> None:
    keys = [c.key for c in choices]
    if not 2 <= len(keys) <= MOST_CHOICES or len(set(keys)) != len(keys):
        raise Refused(
            "bad_choices", "Give from 2 to 50 choices, each with its own key.", field="choices"
        )
    if not all(CODE.fullmatch(c.key) and c.name.strip() for c in choices):
        raise Refused("bad_choices", "Each choice needs a key and a name.", field="choices")


def flaw_of(asked: Asked, given: Sequence[str]) -> str:
    """What is wrong with an answer, as a sentence; empty where nothing is."""
    values = [value.strip() for value in given if value.strip()]
    if asked.shown_only:
        return ""
    if not values:
        return f"Answer this question: {asked.text}" if asked.required else ""
    if asked.datatype in LISTS:
        return _flaw_of_choice(asked, values)
    if len(values) > 1:
        return f"Give one answer only: {asked.text}"
    return _flaw_of_words(asked, values[0])


def _flaw_of_choice(asked: Asked, values: Sequence[str]) -> str:
    keys = {c.key for c in asked.choices}
    if any(value not in keys for value in values):
        return f"Choose an answer from the list: {asked.text}"
    if asked.datatype == "singlevaluelist" and len(set(values)) > 1:
        return f"Choose one answer only: {asked.text}"
    return f"These are too many answers: {asked.text}" if len(values) > MOST_CHOSEN else ""


def _flaw_of_words(asked: Asked, value: str) -> str:
    most = MOST_LINES if asked.datatype == "text" else MOST_LINE
    if len(value) > most:
        return f"Keep this within {most} characters: {asked.text}"
    if asked.datatype == "number" and not re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,10})?", value):
        return f"Give a number: {asked.text}"
    if asked.datatype == "datetime" and not _is_instant(value):
        return f"Give a day or a time, such as 2026-11-29 or 2026-11-29T14:30: {asked.text}"
    return ""


def _is_instant(value: str) -> bool:
    if day_in(value) is not None:
        return True
    try:
        at = datetime.fromisoformat(value) if 16 <= len(value) <= 40 else None
    except ValueError:
        return False
    return at is not None and 1900 <= at.year <= 2200


def kept_answers(
    questions: Sequence[Asked], given: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The answers to these questions as they are kept; what nobody asked is left out."""
    kept = {}
    for asked in questions:
        values = [v.strip() for v in given.get(asked.code, ()) if v.strip()]
        if values and not asked.shown_only:
            kept[asked.code] = list(dict.fromkeys(values))
    return kept


def told_answers(
    questions: Sequence[Asked], answers: Mapping[str, Sequence[str]], *, language: str = "en"
) -> tuple[tuple[str, str], ...]:
    """Each question and its answer in words, as the office reads them or in a language."""
    told = []
    for asked in questions:
        if asked.code in answers:
            names = {c.key: c.name for c in asked.choices_in(language)}
            answer = ", ".join(names.get(v, v) for v in answers[asked.code])
            told.append((asked.text_in(language), answer))
    return tuple(told)
