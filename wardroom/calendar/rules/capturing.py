"""What a line typed in a meeting is: a promise, something asked, or a note. Pure."""

from __future__ import annotations

import re

from wardroom.calendar.rules import ASKED, NOTE, PROMISE

_PROMISE = re.compile(
    r"^\s*!!|\bwe(?:['’]ll|\s+will)\b(?!\s+(?:not|never)\s+promise)", re.IGNORECASE
)
_ASKED = re.compile(r"^\s*\?|\bthey\s+(?:asked|ask|want|wanted)\b", re.IGNORECASE)


def kind_of_line(text: str) -> str:
    """The kind of a line by its words: “we will” promises, “they asked” asks, all else notes.

    What they asked stays asked, even where they want that “we will”. Two exclamation marks
    before a line make it a promise, a question mark something asked.
    """
    if text.lstrip().startswith("!!"):
        return PROMISE
    if _ASKED.search(text):
        return ASKED
    return PROMISE if _PROMISE.search(text) else NOTE


def words_of_line(text: str) -> str:
    """A line without the marks that said what it is."""
    return re.sub(r"^\s*(?:!!|\?)\s*", "", text).strip()
