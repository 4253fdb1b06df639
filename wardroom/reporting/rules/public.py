"""What may stand in a paper for the public: no small number and no encampment. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardroom.kernel.small_numbers import FEWEST, HIDDEN

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


def is_delicate(text: str) -> bool:
    """Whether a text speaks of people who live outside or need protection: never published."""
    return bool(DELICATE.search(text))
