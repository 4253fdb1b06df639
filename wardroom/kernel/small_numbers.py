"""Small numbers that could point to a person, and totals that do not give them away."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5
HIDDEN = "not shown"


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
