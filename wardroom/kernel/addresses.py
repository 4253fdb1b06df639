"""Addresses as outsiders may read them: the hundred block, and never a house or an apartment."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_STREETS = (
    "street|st|avenue|ave|road|rd|place|pl|court|ct|drive|dr|lane|ln|terrace|ter|way|alley"
    "|boulevard|blvd|circle|cir|square|sq|parkway|pkwy|highway|hwy|row|walk|crescent|mews"
    "|broadway|plaza|loop|trail|expressway"
)
_QUARTER = r"\b(?:NE|NW|SE|SW|N\.E|N\.W|S\.E|S\.W)\b\.?"
_ONE = r"\d{1,6}(?:-?[a-z])?(?!\w)(?:\s*(?:1/2\b|½))?"
_JOIN = r"(?:\s*[-–—/&+]\s*|\s+(?:and|or|to|through)\s+)#?"
# Bounded, so that no text of numbers only takes long.
_NUMBERS = rf"{_ONE}(?:(?:,\s*#?{_ONE}){{0,8}},?{_JOIN}{_ONE}){{0,8}}"
_APART = r"(?:apartment|apt|unit|suite|ste)\b\s*\.?\s*#?\s*"
_ROOM = r"(?:\d[\w-]*|[a-z](?:-?\d+)?(?!\w))"
_LITTLE = (
    "along|and|are|at|behind|between|block|blocks|by|for|from|had|has|have|in|is|near|of|on|or"
    "|our|that|their|this|to|was|were|with"
)
_WORD = rf"(?!(?:{_LITTLE})\b)[\w.'’-]+\s+"
_BEFORE = r"(?<![\w/-])(?:(?:#|\bno\.?(?=\s*\d))\s*)?"
_AFTER = r"(?P<comma>,?)\s+(?:\(?rear\)?,?\s+)?(?!blocks?\b)"
_HOUSE = re.compile(
    rf"(?:\b{_APART}{_ROOM},?\s+)?{_BEFORE}(?P<numbers>{_NUMBERS}){_AFTER}"
    rf"(?P<street>(?:{_WORD}){{0,4}}?(?:{_STREETS})\b\.?(?:\s+{_QUARTER})?"
    rf"|(?:{_WORD}){{1,3}}?{_QUARTER})(?:,?\s*#\s*{_ROOM})?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"^(?P<lead>(?:(?:alley|back|behind|front|in|rear|side)\s+){{0,2}}(?:of\s+)?)"
    rf"{_BEFORE}(?P<numbers>{_NUMBERS}){_AFTER}(?=[a-z0-9])",
    re.IGNORECASE,
)
_UNIT = re.compile(rf",?\s*\b{_APART}{_ROOM}", re.IGNORECASE)
_LABEL_UNIT = re.compile(rf",?\s*(?:#\s*|\b{_APART}){_ROOM}", re.IGNORECASE)
_NO_HOUSE = re.compile(
    rf"\b(?:(?:{_MONTHS})\.?(?:\s+\d{{1,2}},)?|ward|week|stop|anc)\s*$", re.IGNORECASE
)
_NO_YEAR = re.compile(r"\b(?:in|since|until|during|by|of|before|after)\s*$", re.IGNORECASE)
_BLOCK = re.compile(r"\bblocks? of\b", re.IGNORECASE)


def by_block(text: str) -> str:
    """A text with every house number put as its block, and no apartment."""
    parts, end = [], 0
    for found in _houses(text):
        parts += [text[end : found.start()], f"{_blocks(found['numbers'])} of {found['street']}"]
        end = found.end()
    put = "".join([*parts, text[end:]])
    return _UNIT.sub("", put) if _BLOCK.search(put) else put


def house_in(text: str) -> str:
    """The first address of a house in a text; empty where there is none."""
    found = next(_houses(text), None)
    return " ".join(found.group().split()) if found else ""


def block_of(label: str) -> str:
    """A place by its hundred block; the label says that it is one, so any street will do."""
    put = by_block(label)
    found = _LABEL.match(put)
    if found is not None:
        put = f"{found['lead']}{_blocks(found['numbers'])} of {put[found.end() :]}"
    return _LABEL_UNIT.sub("", put)


def _houses(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _HOUSE.finditer(text) if not _is_date(text, found))


def _is_date(text: str, found: re.Match[str]) -> bool:
    """Whether what stands before a comma is a day, a year or a ward, and no house."""
    if not found["comma"]:
        return False
    before, number = text[: found.start("numbers")], found["numbers"]
    year = re.fullmatch(r"(?:19|20)\d\d", number)
    return bool(_NO_HOUSE.search(before) or (year and _NO_YEAR.search(before)))


def _blocks(numbers: str) -> str:
    whole = re.findall(r"\d+", re.sub(r"\s1/2|(?<=\d)\s*½", "", numbers))
    blocks = list(dict.fromkeys(str(int(number) // 100 * 100) for number in whole))
    if len(blocks) == 1:
        return f"{blocks[0]} block"
    return f"{', '.join(blocks[:-1])} and {blocks[-1]} blocks"
