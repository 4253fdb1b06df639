"""Taking parts out of a text: where they lie, which overlap, and what is left to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# No longer than an address may be: else a mail of one long word takes a minute to look through.
EMAIL = re.compile(r"(?<![\w.+'=%-])[\w.+'=%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# Spaces, dots, slashes and dashes of all sorts, and the mark of a line that was wrapped or quoted.
BETWEEN = r"[\s>./\u2010-\u2015-]{0,4}"
PHONE = re.compile(
    rf"(?<![\w.-])(?:\+[1-9](?:{BETWEEN}\(?\d\)?){{7,14}}"
    rf"|(?:1{BETWEEN})?\(?\d{{3}}\)?{BETWEEN}\d{{3}}{BETWEEN}\d{{4}}"
    r"|\d{3}[.\u2010-\u2015-]\d{4})(?:,?\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w-])",
    re.IGNORECASE,
)
# What stands between two words of a name: spaces, and the marks of quoted and of starred lines.
BETWEEN_WORDS = r"[\s>*_|]+"


@dataclass(frozen=True)
class Span:
    """A part of a text that is taken out, and on which ground."""

    start: int
    end: int
    code: str
    reason: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: words that go out, or what is taken out, with its grounds."""

    text: str = ""
    codes: tuple[str, ...] = ()


def places_of(text: str, phrase: str) -> tuple[tuple[int, int], ...]:
    """Where a phrase stands in a text, whatever its case and however its words are spaced.

    It stands on its own: "Ann" is not found in "planning".
    """
    words = composed(phrase).split()
    if not words:
        return ()
    middle = BETWEEN_WORDS.join(re.escape(word) for word in words)
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    found = re.compile(f"{before}{middle}{after}", re.IGNORECASE).finditer(text)
    return tuple(match.span() for match in found)


def composed(text: str) -> str:
    """A text with each letter in one piece, as most write it: not an e and its accent after it."""
    return unicodedata.normalize("NFC", text)


def reaching_words(text: str, *, but: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Where e-mail addresses and phone numbers stand, ``but`` for those of the office."""
    ours = {word.casefold() for word in but}
    found = [
        match.span()
        for pattern in (EMAIL, PHONE)
        for match in pattern.finditer(text)
        if match.group().casefold() not in ours
    ]
    return tuple(sorted(found))


def is_covered(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether a stretch was taken out already, whole."""
    return any(span.start <= start and end <= span.end for span in spans)


def pieces_of(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """A text as it goes out: no letter of what was taken out is in any piece."""
    return tuple(
        Piece(codes=piece.codes) if piece.codes else piece for piece in marked_of(text, spans)
    )


def marked_of(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """A text as whoever reviews it reads it: what is taken out stands in its pieces, marked.

    Stretches that overlap or touch become one with all their codes.
    """
    bars: list[tuple[int, int, tuple[str, ...]]] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        start, end = max(0, span.start), min(len(text), span.end)
        if start >= end:
            continue
        if bars and start <= bars[-1][1]:
            first, last, codes = bars[-1]
            bars[-1] = (first, max(last, end), tuple(dict.fromkeys((*codes, span.code))))
        else:
            bars.append((start, end, (span.code,)))
    pieces, at = [], 0
    for start, end, codes in bars:
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], codes))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)
