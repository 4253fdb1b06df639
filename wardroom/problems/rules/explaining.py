"""Why a place is on the list, in words that a commissioner accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MOST_NAMED = 3


@dataclass(frozen=True)
class Course:
    """How a place's trouble has gone lately, and what that word means."""

    code: str
    label: str
    meaning: str


COURSES = {
    course.code: course
    for course in (
        Course("new", "New", "Nothing of the kind before the last six months."),
        Course("intensifying", "Getting worse", "Clearly more in the last six months than before."),
        Course("persistent", "Persistent", "There in at least eight of the last twelve months."),
        Course("sporadic", "On and off", "It comes and goes."),
        Course("diminishing", "Letting up", "Clearly less lately than it was."),
    )
}


def sentence_of(
    kinds: Sequence[str],
    *,
    active_months: int,
    episodes: int,
    expected: float,
    returns: int,
    median_return_days: float | None,
    first_month: str,
    course: str,
) -> str:
    """A place's case in one sentence; ``first_month`` is written 2024-05."""
    parts = [
        f"{_listed(kinds)}: there in {active_months} of the last 12 months,"
        f" {_counted(episodes, 'episode')} where about {_about(expected)} were to be expected"
    ]
    if returns:
        days = None if median_return_days is None else _counted(round(median_return_days), "day")
        usual = f", usually after {days}" if days else ""
        parts.append(f"it came back {_counted(returns, 'time')} after closing{usual}")
    parts.append(f"first seen in {month_named(first_month)}")
    if course == "diminishing":
        parts.append("it is letting up")
    elif course == "intensifying":
        parts.append("it is getting worse")
    return "; ".join(parts) + "."


def month_named(month: str) -> str:
    """A month written 2024-05 as people say it."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _about(expected: float) -> str:
    return f"{expected:.1f}" if expected < 10 else f"{expected:.0f}"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _listed(words: Sequence[str]) -> str:
    named = list(words[:MOST_NAMED])
    more = len(words) - len(named)
    if more:
        named.append(f"{more} more")
    if len(named) < 2:
        return "".join(named) or "Trouble"
    return f"{', '.join(named[:-1])} and {named[-1]}"
