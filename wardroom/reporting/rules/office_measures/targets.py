"""What the office wants of a measure, and how the figure stands beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text
from wardroom.reporting.rules.office_measures.measures import MEASURES, Measure, Unit
from wardroom.reporting.rules.office_measures.trends import Figure

MOST_DAYS = 3650
LONGEST_WHY = 300


@dataclass(frozen=True)
class Target:
    """What the office wants of a measure from a day on; none where a former one was dropped."""

    value: float | None
    from_on: date
    why: str
    set_by: str


def target_at(targets: Iterable[Target], on: date) -> Target | None:
    """The target in force on a day, of those in the order they were set; none where none is."""
    held = [t for t in targets if t.from_on <= on]
    newest = max(held, key=lambda t: t.from_on, default=None)
    last = [t for t in held if newest is not None and t.from_on == newest.from_on][-1:]
    return last[0] if last and last[0].value is not None else None


def beside_target(measure: Measure, figure: Figure, target: Target | None) -> str:
    """How the figure stands beside the target; with an interval only where it is clear of it."""
    if target is None or target.value is None:
        return "No target is set."
    if figure.value is None:
        return ""
    low, high = figure.lower, figure.upper
    low = figure.value if low is None and not measure.sampled else low
    high = figure.value if high is None and not measure.sampled else high
    if measure.at_least:
        met, missed = (
            low is not None and low >= target.value,
            high is not None and high < target.value,
        )
    else:
        met, missed = (
            high is not None and high <= target.value,
            low is not None and low > target.value,
        )
    if met:
        return "The target is met."
    return "The target is missed." if missed else "Too close to the target to tell."


def check_target(code: str, value: float | None, why: str, *, from_on: date, today: date) -> str:
    """Why a target is set, trimmed.

    Refuses: a measure that is not among the twelve; a number that cannot be reached; a day that
    is over, since that moves the goal after the game; no reason.
    """
    measure = MEASURES.get(code)
    if measure is None:
        raise Refused("unknown_measure", "There is no such measure.")
    if value is not None and measure.unit is Unit.SHARE and not 0 < value <= 1:
        raise Refused("bad_target", "Give a share from 1 to 100 percent.", field="value")
    if value is not None and measure.unit is Unit.DAYS and not 0 < value <= MOST_DAYS:
        raise Refused("bad_target", f"Give from 1 to {MOST_DAYS:,} days.", field="value")
    if from_on < today:
        raise Refused(
            "target_in_the_past",
            "A target holds from today on or later: what is over was not aimed at it.",
            field="from_on",
        )
    return check_text(
        why,
        code="reason_missing",
        sentence="Say why this is the target.",
        field="why",
        most=LONGEST_WHY,
    )


def target_words(measure: Measure, value: float) -> str:
    """A target in words: at least 90%, or at most 12 days."""
    if measure.unit is Unit.DAYS:
        return f"at most {value:g} {'day' if value == 1 else 'days'}"
    return f"at least {100 * value:g}%"
