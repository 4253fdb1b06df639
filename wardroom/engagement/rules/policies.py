"""What is said about a policy, ward by ward: for it, against it, or not understood.

The tenor belongs to what was said, once, and to nobody: an entry has no name beside it, and
nothing adds entries up by person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.analysis.definitions import Definition
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import CHANNELS, KINDS, check_text

POLICY_WATCH = "policy_watch"
TENORS: Mapping[str, str] = {
    "for": "For it",
    "against": "Against it",
    "confused": "Not understood",
}
WAYS_HEARD: Mapping[str, str] = {**CHANNELS, "event": "a meeting"}
POLICY_ENDS = KINDS[POLICY_WATCH].outcomes
MEMO_STEP = "Read what was said, and write the memo"
AFTER_MEMO_STEP = "Read what was said since the memo"
BASELINE_WEEKS, FEWEST_WEEKS, FEWEST_SAID, FEWEST_APART = 8, 10, 10, 5
LATELY = 4
LONGEST_ABOUT = 40
WEEK = timedelta(days=7)
_REACHES = re.compile(  # an e-mail address; ten digits as 3-3-4; seven as 3-4
    r"\S@\S|(?<!\d)(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s./–-]*\d{3}[\s.–-]*\d{4}(?!\d)"
    r"|(?<!\d)\d{3}[.–-]\d{4}(?!\d)"
)
LONGEST_AGO = timedelta(days=365)
TOO_FEW = "Too few to say."
ORDINARY = "Nothing out of the ordinary for this ward."
POLICY_SIGNAL = Definition(
    "More or less said than is usual",
    1,
    "What was written down of one policy in one ward, week by week, each of for, against and not "
    "understood by itself, held against the ward's own first 8 full weeks by Wardroom's "
    "chart with its four rules. With fewer than 10 full weeks, or fewer than 10 entries, nothing "
    "is said. A week fewer than 5 entries away from the mean of the first weeks is never called a "
    "change, and what ended more than 4 weeks ago is not told any more.",
    "Chart of single values, Wheeler 1993; all that was written down and no sample of residents",
)
# Where a signal ended, counted in weeks from the first, and whether it points up.
Signals = Sequence[tuple[int, bool]]


@dataclass(frozen=True)
class Weeks:
    """How much was said in a ward week by week, from its first entry to the last full week."""

    first_on: date | None
    counts: tuple[int, ...]

    @property
    def enough(self) -> bool:
        """Whether there is a baseline, and enough beside it to say anything."""
        return len(self.counts) >= FEWEST_WEEKS and sum(self.counts) >= FEWEST_SAID

    @property
    def usual(self) -> float:
        """The mean of the first weeks."""
        first = self.counts[:BASELINE_WEEKS]
        return sum(first) / len(first)

    def stands_apart(self, week: int, upwards: bool) -> bool:
        """Whether a week is far enough from the usual, in this direction, to speak of it."""
        away = self.counts[week] - self.usual
        return (away if upwards else -away) >= FEWEST_APART


@dataclass(frozen=True)
class Charted:
    """The weeks of one tenor in one ward, with the signals that a chart found in them."""

    tenor: str
    weeks: Weeks
    signals: Signals = ()


def check_said(text: str) -> str:
    """What was said. Refuses: no words; too many; a phone number or an e-mail address."""
    _check_reaches_nobody(text, field="text")
    return check_text(
        text,
        code="text_missing",
        sentence="Write down what was said, without a name.",
        field="text",
        most=300,
    )


def check_about(about: str) -> str:
    """What it is about, in a word or two. Refuses: a sentence; a number or an address."""
    _check_reaches_nobody(about, field="about")
    if len(about.strip()) > LONGEST_ABOUT:
        raise Refused("too_long", "One or two words are enough here.", field="about")
    return about.strip()


def check_tenor(tenor: str) -> None:
    """For, against or not understood. Refuses: what is none of them."""
    if tenor not in TENORS:
        sentence = "Choose what it was: for it, against it, or not understood."
        raise Refused("unknown_tenor", sentence, field="tenor")


def check_heard(channel: str) -> None:
    """How it was heard. Refuses: a way that is none."""
    if channel not in WAYS_HEARD:
        raise Refused("unknown_channel", "Choose how you heard it.", field="channel")


def check_heard_on(heard_on: date, *, today: date) -> None:
    """It was said already. Refuses: a day to come, or more than a year ago."""
    if heard_on > today:
        raise Refused("said_in_the_future", "This day is still to come.", field="heard_on")
    if heard_on < today - LONGEST_AGO:
        raise Refused("too_long_ago", "That is more than a year ago.", field="heard_on")


def weeks_of(days: Mapping[date, int], *, since: date | None, today: date) -> Weeks:
    """Entries of each day as full weeks from ``since`` on; the running week is left out."""
    this_week = _monday(today)
    if since is None or _monday(since) >= this_week:
        return Weeks(None, ())
    first = _monday(since)
    counts: Counter[date] = Counter()
    for day, number in days.items():
        counts[_monday(day)] += number
    number_of_weeks = (this_week - first) // WEEK
    return Weeks(first, tuple(counts[first + n * WEEK] for n in range(number_of_weeks)))


def ward_words(charts: Sequence[Charted]) -> str:
    """What the charts of a ward say of the newest weeks, in words."""
    enough = [chart for chart in charts if chart.weeks.enough]
    if not enough:
        return TOO_FEW
    return " ".join(filter(None, map(_signal_words, enough))) or ORDINARY


def _check_reaches_nobody(text: str, *, field: str) -> None:
    if _REACHES.search(text):
        raise Refused(
            "personal_words",
            "Leave out phone numbers and e-mail addresses, and names too: these words are printed.",
            field=field,
        )


def _signal_words(chart: Charted) -> str:
    """The newest change of one tenor; empty where there is none to speak of."""
    weeks = chart.weeks
    oldest = max(BASELINE_WEEKS, len(weeks.counts) - LATELY)
    told = [(n, up) for n, up in chart.signals if n >= oldest and weeks.stands_apart(n, up)]
    if not told or weeks.first_on is None:
        return ""
    number, up = told[-1]
    week = weeks.first_on + number * WEEK
    amount = "more" if up else "less"
    return (
        f"{TENORS[chart.tenor]}: {amount} than is usual for this ward, "
        f"week of {week:%B} {week.day}."
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
