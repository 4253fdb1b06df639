"""A change in the words of a resident."""

from __future__ import annotations

TIMES = 2.5


def change_in_words(effect: float) -> str:
    """What became of 100 episodes, as a change: 40% fewer, or 3 times as many."""
    if effect >= TIMES:
        return f"{effect:.0f} times as many"
    percent = round(100 * abs(effect - 1))
    if not percent:
        return "no change"
    return f"{percent}% {'fewer' if effect < 1 else 'more'}"
