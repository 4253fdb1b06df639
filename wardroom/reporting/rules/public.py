"""What may stand in a paper for the public: no small number and no encampment. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

FEWEST = 5
HIDDEN = "not shown"
DELICATE = re.compile(
    r"\b(?:encamp\w*|tents?|homeless\w*|unhoused|unsheltered|shelters?|victims?)\b", re.IGNORECASE
)


def shown_cells(numbers: Sequence[int]) -> tuple[list[str], str]:
    """A column of counts and its total as "anc 1" showed them; kept to tell those again.

    It did not hide enough: two hidden cells with a sum of 6 can only be 1 and 5. From 1 to 4 is
    not shown, nor the smallest other number; where there is no other, nor is the total.
    """
    hidden = {n for n, number in enumerate(numbers) if 0 < number < FEWEST}
    others = [n for n, number in enumerate(numbers) if number >= FEWEST]
    if hidden and others:
        hidden.add(min(others, key=lambda n: numbers[n]))
    cells = [HIDDEN if n in hidden else f"{number:,}" for n, number in enumerate(numbers)]
    total = HIDDEN if hidden and not others else f"{sum(numbers):,}"
    return cells, total


def counts_shown(numbers: Sequence[int]) -> tuple[list[str], str]:
    """A column of counts and its total, so that no number from 1 to 4 can be computed back.

    From 1 to 4 is not shown, and the total then is what the others make with one for each that
    is not: readers learn from it nothing that the column does not say, and nearly as much as
    from the sum. Every hidden number can still be 1, 2, 3 or 4.
    """
    small = [0 < number < FEWEST for number in numbers]
    cells = [
        HIDDEN if hidden else f"{number:,}" for number, hidden in zip(numbers, small, strict=True)
    ]
    if not any(small):
        return cells, f"{sum(numbers):,}"
    least = sum(1 if hidden else n for n, hidden in zip(numbers, small, strict=True))
    return cells, f"at least {least:,}"


def is_delicate(text: str) -> bool:
    """Whether a text speaks of people who live outside or need protection: never published."""
    return bool(DELICATE.search(text))
