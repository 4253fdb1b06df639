"""A verdict in the words of a resident."""

from __future__ import annotations

from math import isfinite

from wardroom.analysis.change_words import change_in_words
from wardroom.analysis.judging import CANNOT_TELL, FEWEST_PLACES, NO_BETTER, WORKED, Needed, Verdict

TOO_FEW_PLACES = "There are too few places to compare with."
LONGEST_WAIT = 60
TOO_LITTLE = "Too little was to be expected at these places to tell a change from chance."


def sentence_for(verdict: Verdict) -> str:
    """What came of it, against what was to be expected, and how sure that is."""
    if not verdict.draws:
        quiet = verdict.treated > 0 and verdict.compared >= FEWEST_PLACES
        return f"We cannot tell yet. {TOO_LITTLE if quiet else TOO_FEW_PLACES}"
    counted = (
        f"{_episodes(verdict.after)} came where about {verdict.expected:.0f} were to be expected"
    )
    if isfinite(verdict.high):
        low, high = change_in_words(verdict.low), change_in_words(verdict.high)
        sure = f"the true change most likely lies between {low} and {high}"
    else:
        sure = "with so few places the true change can be anything"
    if verdict.treated == 1:
        sure = f"{sure}, and one place alone cannot show whether a plan works"
    starts = {
        WORKED: "The plan worked",
        NO_BETTER: "These places did no better than others like them",
        CANNOT_TELL: "We cannot tell yet",
    }
    start = starts.get(verdict.word, "It got worse than at other places like these")
    return f"{start}: {counted}; {sure}."


def needed_in_words(needed: Needed) -> str:
    """How many more places or months it takes to see such an effect; nobody waits five years."""
    months = needed.months
    if months is not None and months > LONGEST_WAIT:
        months = None
    seen = f"To see {change_in_words(needed.effect)}, four times in five, "
    if needed.places == 0:
        return f"{seen}these places and months are enough."
    if needed.places is None and months is None:
        return f"{seen}there are too few places to compare with, however long we wait."
    ways = []
    if needed.places is not None:
        ways.append(f"{needed.places} more treated {_plural(needed.places, 'place')}")
    if months is not None:
        ways.append(f"{months} more {_plural(months, 'month')}")
    waiting = "" if months is not None else "; waiting longer alone would not do"
    return f"{seen}it takes {' or '.join(ways)}{waiting}."


def _episodes(number: int) -> str:
    return f"{number} {_plural(number, 'episode')}"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
