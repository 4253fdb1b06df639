"""A verdict in the words of a resident."""

from __future__ import annotations

from math import isfinite

from wardroom.analysis.judging import CANNOT_TELL, NO_BETTER, WORKED, Needed, Verdict

NOTHING_TO_COMPARE = "There are too few places to compare with."
NO_FEWER, TIMES = 0.005, 2.5


def sentence_for(verdict: Verdict) -> str:
    """What came of it, against what was to be expected, and how sure that is."""
    if not verdict.draws:
        return f"We cannot tell yet. {NOTHING_TO_COMPARE}"
    counted = (
        f"{_episodes(verdict.after)} came where about {verdict.expected:.0f} were to be expected"
    )
    sure = f"the true change lies between {_change(verdict.low)} and {_change(verdict.high)}"
    if not isfinite(verdict.high):
        sure = "with so few places the true change can be anything"
    starts = {
        WORKED: "The plan worked",
        NO_BETTER: "These places did no better than others like them",
        CANNOT_TELL: "We cannot tell yet",
    }
    start = starts.get(verdict.word, "It got worse than at other places like these")
    return f"{start}: {counted}; {sure}."


def needed_in_words(needed: Needed) -> str:
    """How many more places or months it takes to see such an effect."""
    seen = f"To see {_change(needed.effect)}, four times in five, "
    if needed.places == 0:
        return f"{seen}these places and months are enough."
    if needed.places is None and needed.months is None:
        return f"{seen}there are too few places to compare with, however long we wait."
    ways = []
    if needed.places is not None:
        ways.append(f"{needed.places} more treated {_plural(needed.places, 'place')}")
    if needed.months is not None:
        ways.append(f"{needed.months} more {_plural(needed.months, 'month')}")
    waiting = "" if needed.months is not None else "; waiting longer alone would not do"
    return f"{seen}it takes {' or '.join(ways)}{waiting}."


def _change(effect: float) -> str:
    """What became of 100 episodes, as a change."""
    percent = round(100 * abs(effect - 1))
    if abs(effect - 1) < NO_FEWER or not percent:
        return "no change"
    if effect >= TIMES:
        return f"{effect:.0f} times as many"
    return f"{percent} % {'fewer' if effect < 1 else 'more'}"


def _episodes(number: int) -> str:
    return f"{number} {_plural(number, 'episode')}"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
