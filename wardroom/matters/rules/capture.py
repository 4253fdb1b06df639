"""The capture line: one line of free text, and what it names by signs.

``@person`` or ``@"Two Words"``, ``#topic``, ``/place`` or ``/"1200 block of K St NW"``,
``!fri`` for a date, ``$1,200`` for an amount. What is not understood stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wardroom.kernel.errors import Refused

MOST_LETTERS = 2000
NOUNS: Mapping[str, str] = {"@": "party", "#": "topic", "/": "place"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
CHANNELS: Mapping[str, str] = {
    "phone": "a call",
    "email": "an e-mail",
    "text": "a text message",
    "in_person": "a talk in person",
    "letter": "a letter",
}
_VERBS: Mapping[str, str] = {
    "called": "phone", "phoned": "phone", "rang": "phone", "call": "phone",
    "emailed": "email", "e-mailed": "email", "mailed": "email", "wrote": "email",
    "texted": "text", "met": "in_person", "visited": "in_person", "spoke": "in_person",
    "saw": "in_person", "letter": "letter",
}  # fmt: skip
_NAMED = re.compile(r"""(?<!\S)([@#/])(?:"([^"\n]{1,120})"|([^\s@#!$"/,;:?()]{1,120}))""")
_WHEN = re.compile(r"(?<!\S)!([A-Za-z0-9/-]{1,12})(?=[\s.,;:?!)]|$)")
_AMOUNT = re.compile(r"(?<!\S)\$(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?(?=[\s.,;:?!)]|$)")
_DAYS_ON = re.compile(r"(\d{1,3})([dw])")
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


@dataclass(frozen=True)
class Named:
    """A name in a captured line: its sign and the words after it."""

    sign: str
    text: str

    @property
    def noun(self) -> str:
        """What kind of thing the sign stands for."""
        return NOUNS[self.sign]


@dataclass(frozen=True)
class Captured:
    """A captured line, taken apart; ``text`` is all of it as typed."""

    text: str
    named: tuple[Named, ...]
    due_on: date | None
    when: str
    amounts: tuple[Decimal, ...]
    channel: str
    unread: tuple[str, ...] = ()
    past: tuple[tuple[str, date], ...] = ()

    @property
    def wording(self) -> str:
        """The line as a to-do: without its date."""
        if self.due_on is None:
            return self.text
        return " ".join(self.text.replace(f"!{self.when}", " ").split())


def captured(text: str, *, today: date) -> Captured:
    """Take a captured line apart.

    ``past`` holds the dates that are over, each as typed and as a day: they make no to-do.
    Refuses: a line without a letter or digit, or over 2,000 characters. A date that is none
    stays text.
    """
    text = " ".join(text.replace("\0", " ").split())
    if not any(letter.isalnum() for letter in text):
        raise Refused("text_missing", "Write a few words.", field="text")
    if len(text) > MOST_LETTERS:
        raise Refused("too_long", f"Keep this within {MOST_LETTERS} characters.", field="text")
    days = {m[1]: day_meant(m[1], today=today) for m in _WHEN.finditer(text)}
    due_on, when = _due(days, today)
    named = (Named(m[1], _plain(m[2] or m[3])) for m in _NAMED.finditer(text))
    amounts = (Decimal(f"{m[1].replace(',', '')}.{m[2] or '0'}") for m in _AMOUNT.finditer(text))
    return Captured(
        text=text,
        named=tuple(dict.fromkeys(n for n in named if n.text)),
        due_on=due_on,
        when=when,
        amounts=tuple(amounts),
        unread=tuple(word for word, day in days.items() if day is None),
        past=tuple((word, day) for word, day in days.items() if day and day < today),
        channel=_VERBS.get(text.split()[0].casefold(), ""),
    )


def day_meant(word: str, *, today: date) -> date | None:
    """The day that a short word means, seen from today; none where it means none.

    ``fri`` is the coming Friday, never today; ``3d`` and ``2w`` count from today; a month
    and a day without a year is the next such day.
    """
    word = word.casefold()
    try:
        return _day_meant(word, today)
    except (ValueError, OverflowError):
        return None


def _day_meant(word: str, today: date) -> date | None:
    if word in {"today", "now"}:
        return today
    if word in {"tomorrow", "tom"}:
        return today + timedelta(days=1)
    weekday = next(
        (n for n, day in enumerate(DAYS) if len(word) > 2 and day.startswith(word)), None
    )
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    span = _DAYS_ON.fullmatch(word)
    if span:
        return today + timedelta(days=int(span[1]) * (7 if span[2] == "w" else 1))
    month = _MONTH_DAY.fullmatch(word)
    if month and month[1] in MONTHS:
        return _coming(MONTHS.index(month[1]) + 1, int(month[2]), today)
    numbers = _NUMBERS.fullmatch(word)
    if numbers:
        if numbers[3]:
            return date(int(numbers[3]), int(numbers[1]), int(numbers[2]))
        return _coming(int(numbers[1]), int(numbers[2]), today)
    return date.fromisoformat(word) if len(word) == 10 else None


def _coming(month: int, day: int, today: date) -> date:
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def _due(days: Mapping[str, date | None], today: date) -> tuple[date | None, str]:
    """The first day that is not over, and how it was typed."""
    coming = ((day, word) for word, day in days.items() if day and day >= today)
    return next(coming, (None, ""))


def _plain(words: str) -> str:
    return " ".join(words.replace("_", " ").rstrip(".!").split())
