"""What somebody who reported reads of it, and says about it: plain words in their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.casework.rules.tongues import Told
from wardroom.kernel.errors import Refused

MOST_WORDS = 2000
# So long can the office take back what it tells: letters wait, and pages say nothing of it.
TIME_TO_TAKE_BACK = timedelta(seconds=30)
CAME_BACK_FIRST = "somebody said that it came back"
STILL_THERE = "It is still there."
# What somebody says of the end, and how the office reads it.
RATINGS: Mapping[str, str] = {"yes": "solved", "partly": "solved in part", "no": "not solved"}
LOW_RATINGS = frozenset({"partly", "no"})
DONE, SEEN, TOLD_END, BACK = "done", "seen", "told", "back"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the issue of a report stands; an empty day is one that has not come.

    ``asked`` counts the agencies that were asked, ``promised_on`` is the first promise that is
    still to be kept.
    """

    is_open: bool
    is_return: bool = False
    asked: int = 0
    promised_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    done_on: date | None = None
    seen_on: date | None = None
    told_on: date | None = None
    back_on: date | None = None


@dataclass(frozen=True)
class FactLine:
    """One of the facts that stay apart, known or not yet."""

    code: str
    known: bool
    text: str


def standing_lines(told: Told, standing: Standing) -> tuple[str, ...]:
    """How it stands, in a few plain sentences."""
    words = told.follow
    if not standing.is_open and standing.closed_on is not None:
        outcome = words.outcomes.get(standing.outcome, standing.outcome)
        return (words.closed.format(day=told.day(standing.closed_on), outcome=outcome),)
    lines = [words.returned if standing.is_return else words.received]
    if standing.asked:
        lines.append(words.asked[told.plural(standing.asked)].format(n=standing.asked))
    if standing.promised_on is not None:
        lines.append(words.promised.format(day=told.day(standing.promised_on)))
    return tuple(lines)


def fact_lines(told: Told, standing: Standing) -> tuple[FactLine, ...]:
    """What is known of the end, each fact for itself: none follows from another."""
    days = {
        DONE: standing.done_on,
        SEEN: standing.seen_on,
        TOLD_END: standing.told_on,
        BACK: standing.back_on,
    }
    return tuple(_fact_line(told, code, on) for code, on in days.items())


def _fact_line(told: Told, code: str, on: date | None) -> FactLine:
    known, unknown = told.follow.fact_lines[code]
    return FactLine(code, on is not None, known.format(day=told.day(on)) if on else unknown)


def check_rating(code: str) -> str:
    """What somebody says of the end. Refuses: any other."""
    if code not in RATINGS:
        raise Refused("unknown_rating", "Choose one of the answers.", field="rating")
    return code


def check_words(text: str, *, needed: bool = False) -> str:
    """What somebody adds, in words that fit. Refuses: none where they are needed; too many."""
    text = text.replace("\0", "").strip()
    if needed and not text:
        raise Refused("text_missing", "Write your answer.", field="text")
    if len(text) > MOST_WORDS:
        raise Refused("too_long", f"Keep this within {MOST_WORDS} characters.", field="text")
    return text


def day_ahead(next_on: date | None, *, today: date) -> date | None:
    """The day of a next step as it is told outside: one that is past promises nothing."""
    return next_on if next_on is not None and next_on >= today else None
