"""What is said about a policy, ward by ward: for it, against it, or not understood.

The tenor belongs to what was said, once, and to nobody: an entry has no name beside it, and
nothing adds entries up by person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

POLICY_WATCH = "policy_watch"
FOR, AGAINST, CONFUSED = "for", "against", "confused"
TENORS: Mapping[str, str] = {
    FOR: "For it",
    AGAINST: "Against it",
    CONFUSED: "Not understood",
}
POLICY_ENDS: Mapping[str, str] = {
    "reported": "Reported, no longer watched",
    "stopped": "Stopped, and why",
    "opened_in_error": "Opened in error",
}
LOOK_STEP = "Read what was said, and write the memo"
BASELINE_WEEKS, FEWEST_WEEKS, FEWEST_SAID = 8, 10, 10
WEEK = timedelta(days=7)
TOO_FEW = "Too few to say."
ORDINARY = "Nothing out of the ordinary for this ward."


@dataclass(frozen=True)
class Weeks:
    """How much was said in a ward week by week, from the first entry to the last full week."""

    first_on: date | None
    counts: tuple[int, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a baseline, and enough beside it to say anything."""
        return len(self.counts) >= FEWEST_WEEKS and sum(self.counts) >= FEWEST_SAID


def check_said(text: str) -> str:
    """What was said. Refuses: nothing."""
    return check_text(
        text,
        code="text_missing",
        sentence="Write down what was said, without a name.",
        field="text",
        most=300,
    )


def check_tenor(tenor: str) -> str:
    """For, against or not understood. Refuses: what is none of them."""
    if tenor not in TENORS:
        raise Refused("unknown_tenor", "Choose what it was: for, against, not understood.",
                      field="tenor")  # fmt: skip
    return tenor


def check_heard_on(heard_on: date, *, today: date) -> None:
    """It was said already. Refuses: a day to come, or more than a year ago."""
    if heard_on > today:
        raise Refused("said_in_the_future", "This day is still to come.", field="heard_on")
    if heard_on < today - timedelta(days=365):
        raise Refused("too_long_ago", "That is more than a year ago.", field="heard_on")


def weeks_of(days: Iterable[date], *, today: date) -> Weeks:
    """The entries of a ward by week; the week that is not over yet is left out."""
    this_week = today - timedelta(days=today.weekday())
    starts = Counter(day - timedelta(days=day.weekday()) for day in days if day < this_week)
    if not starts:
        return Weeks(None, ())
    first = min(starts)
    number = (this_week - first).days // 7
    return Weeks(first, tuple(starts[first + n * WEEK] for n in range(number)))


def signal_words(weeks: Weeks, signals: Sequence[tuple[int, bool]]) -> str:
    """What a chart says of the newest weeks, in words; ``signals`` are weeks and whether up.

    What ended before the last four weeks is history and no signal of now.
    """
    if not weeks.enough or weeks.first_on is None:
        return TOO_FEW
    lately = [(n, up) for n, up in signals if n >= len(weeks.counts) - 4 and n >= BASELINE_WEEKS]
    if not lately:
        return ORDINARY
    number, up = lately[-1]
    week = weeks.first_on + number * WEEK
    said = "More" if up else "Less"
    return f"{said} is said than is usual for this ward, week of {week:%B} {week.day}."
