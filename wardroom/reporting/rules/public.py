"""What may stand in a paper for the public: no small number, no house, no encampment. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST = 5
HIDDEN = "not shown"
DELICATE = re.compile(
    r"\b(?:encamp\w*|tents?|homeless\w*|unhoused|unsheltered|shelters?|victims?)\b", re.IGNORECASE
)
STREETS = (
    "street|st|avenue|ave|road|rd|place|pl|court|ct|drive|dr|lane|ln|terrace|ter|way|alley"
    "|boulevard|blvd|circle|cir|square|sq|parkway|pkwy|highway|hwy|row|walk|crescent|mews"
)
HOUSE = re.compile(
    rf"(?<![\w/-])(?:(?:apartment|apt|unit|suite)\s*\.?\s*#?\w+,?\s+)?(\d{{1,5}})[a-z]?(?:\s*1/2)?"
    rf"\s+(?!block\b)((?:[\w.'’]+\s+){{0,4}}?(?:{STREETS})\b\.?(?:\s+(?:NE|NW|SE|SW)\b)?)",
    re.IGNORECASE,
)
UNIT = re.compile(r",?\s*(?:#|\b(?:apartment|apt|unit|suite)\b\.?\s*#?)\s*\w+", re.IGNORECASE)


def shown_cells(numbers: Sequence[int]) -> tuple[list[str], str]:
    """A column of counts and its total, with the small ones hidden.

    From 1 to 4 is not shown. Nor is then the smallest other number, so that nobody finds a
    small one by taking the rest from the total; where there is no other, the total is hidden.
    """
    hidden = {n for n, number in enumerate(numbers) if 0 < number < FEWEST}
    others = [n for n, number in enumerate(numbers) if number >= FEWEST]
    if hidden and others:
        hidden.add(min(others, key=lambda n: numbers[n]))
    cells = [HIDDEN if n in hidden else f"{number:,}" for n, number in enumerate(numbers)]
    total = HIDDEN if hidden and not others else f"{sum(numbers):,}"
    return cells, total


def is_delicate(text: str) -> bool:
    """Whether a text speaks of people who live outside or need protection: never published."""
    return bool(DELICATE.search(text))


def by_block(text: str) -> str:
    """A text with every house number put as its block, and no apartment."""
    if not HOUSE.search(text):
        return text
    return UNIT.sub("", HOUSE.sub(lambda found: f"{_block(found[1])} block of {found[2]}", text))


def house_in(text: str) -> str:
    """The first address of a house in a text; empty where there is none."""
    found = HOUSE.search(text)
    return " ".join(found.group().split()) if found else ""


def _block(number: str) -> int:
    return int(number) // 100 * 100
