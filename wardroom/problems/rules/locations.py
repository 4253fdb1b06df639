"""The entry test and the exit test of a persistent location, and what its file still lacks.

The numbers are an office's own: they come with defaults, and the director may set others.
Source: field notes, W2 and 6.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from math import floor
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import listed

ANC_VOTE, DIRECTOR, LIAISON = "anc_vote", "director", "liaison"
AGENCY, FINDING = "agency", "field_finding"
SOURCES: Mapping[str, str] = {
    ANC_VOTE: "An ANC, by a vote",
    DIRECTOR: "The director",
    LIAISON: "A liaison",
    AGENCY: "An agency",
    FINDING: "Something seen in the field",
}
ENTERS_BY_ITSELF = frozenset({ANC_VOTE, DIRECTOR})
LONGEST_WHY, LONGEST_NAME, MOST = 1000, 120, 366
RULE_NAMES: Mapping[str, str] = {
    "episodes": "Episodes in 12 months, at least",
    "active_months": "Months with trouble, at least",
    "reporters": "Different reporters, at least",
    "returns": "Times it came back, at least",
    "return_days": "Days in which it came back",
    "clean_checks": "Clean checks in a row to leave",
    "quiet_days": "Days that must have been quiet to leave",
    "watch_months": "Months of watch after leaving",
}
SMALLEST: Mapping[str, int] = {"return_days": 14, "quiet_days": 14}
LARGEST: Mapping[str, int] = {"active_months": 12, "watch_months": 24, "clean_checks": 12}


@dataclass(frozen=True)
class LocationRule:
    """The numbers of both tests and of the watch."""

    episodes: int = 4
    active_months: int = 3
    reporters: int = 3
    returns: int = 2
    return_days: int = 90
    clean_checks: int = 3
    quiet_days: int = 90
    watch_months: int = 6


@dataclass(frozen=True)
class TestLine:
    """One line of a test: what is asked, what there is, and whether that is enough.

    ``met`` is None where the line only informs. ``code`` says which rows stand behind it.
    """

    __test__ = False

    code: str
    label: str
    there: str
    asked: str
    met: bool | None

    def to_plain(self) -> dict[str, Any]:
        """The line as JSON-ready values."""
        return asdict(self)


@dataclass(frozen=True)
class Test:
    """A test with its lines, whether it is met, and one sentence that says so."""

    __test__ = False

    lines: tuple[TestLine, ...]
    met: bool
    sentence: str

    def to_plain(self) -> dict[str, Any]:
        """The test as JSON-ready values, to be kept as it stood."""
        lines = [line.to_plain() for line in self.lines]
        return {"met": self.met, "sentence": self.sentence, "lines": lines}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any] | None) -> Test | None:
        """A test that was kept; None where none was."""
        if not plain:
            return None
        lines = tuple(TestLine(**line) for line in plain["lines"])
        return cls(lines=lines, met=plain["met"], sentence=plain["sentence"])


@dataclass(frozen=True)
class EntryNumbers:
    """What the entry test reads of a place.

    ``reporters`` is None where the feed does not tell people apart; ``nominated`` is who put it
    forward, empty where a ranking did. ``own_episodes`` and the two after it are what people told
    the office itself: its issues, the months that the feed has nothing in, and how many people.
    """

    episodes: int
    active_months: int
    reporters: int | None
    agencies: int
    returns: int
    seen_in_field: bool = False
    nominated: str = ""
    own_episodes: int = 0
    own_months: int = 0
    own_reporters: int = 0


@dataclass(frozen=True)
class ExitNumbers:
    """What the exit test reads of a location.

    ``expected`` is the number of episodes that an ordinary place like it has in the quiet days;
    None where nobody knows.
    """

    clean_checks: int
    episodes: int
    expected: float | None
    open_actions: int


def entry_test(numbers: EntryNumbers, rule: LocationRule) -> Test:
    """Whether a place may be designated by the rule, and by which way.

    Often enough, spread over months, and told by several people or seen in the field; or it
    came back soon; or an ANC voted for it or the director named it.
    """
    n, told = numbers, (numbers.reporters or 0) + numbers.own_reporters >= rule.reporters
    often = n.episodes + n.own_episodes >= rule.episodes
    spread = n.active_months + n.own_months >= rule.active_months
    known, back = told or n.seen_in_field, n.returns >= rule.returns
    named = n.nominated in ENTERS_BY_ITSELF
    people = "not told apart" if n.reporters is None else str(n.reporters)
    seen = ", seen in the field" if n.seen_in_field else ""
    who = SOURCES.get(n.nominated, "put forward by the ranking")
    lines = (
        TestLine(
            "episodes", "Episodes in 12 months",
            _with_own(f"{n.episodes}", n.own_episodes), f"{rule.episodes}", often,
        ),
        TestLine(
            "months", "Months with trouble",
            _with_own(f"{n.active_months}", n.own_months), f"{rule.active_months}", spread,
        ),
        TestLine(
            "reporters", "Reporters", _with_own(people, n.own_reporters) + seen,
            f"{rule.reporters}, or seen in the field", known,
        ),
        TestLine(
            "returns", f"Came back in {rule.return_days} days", f"{n.returns}",
            f"{rule.returns} are enough alone", back,
        ),
        TestLine(
            "nominated", "Put forward by", who,
            "an ANC's vote or the director is enough alone", named,
        ),
        TestLine("agencies", "Agencies it takes", f"{n.agencies}", "2 to need a joint plan", None),
    )  # fmt: skip
    ways = [
        (often and spread and known, "it happens often, over months, and more than one saw it"),
        (back, "it came back soon after it was closed"),
        (n.nominated == ANC_VOTE, "an ANC voted for it"),
        (n.nominated == DIRECTOR, "the director named it"),
    ]
    met = [words for is_so, words in ways if is_so]
    if met:
        return Test(lines, met=True, sentence=f"The entry test is met: {met[0]}.")
    short = [line.label.lower() for line in lines[:3] if not line.met]
    return Test(
        lines,
        met=False,
        sentence=f"The entry test is not met. Missing: {listed(short)}; it did not come back "
        "often enough either, and neither an ANC's vote nor the director put it forward.",
    )


def _with_own(in_feed: str, own: int) -> str:
    """A number of the feed, and beside it what people told the office itself."""
    return f"{in_feed} in 311 and {own} told to the office" if own else in_feed


def exit_test(numbers: ExitNumbers, rule: LocationRule) -> Test:
    """Whether a location may be left: clean looks, a quiet time, and nothing under way."""
    n, most = numbers, most_expected(numbers.expected)
    days = rule.quiet_days
    ordinary = (
        f"about {n.expected:.1f} expected"
        if n.expected is not None
        else "what is ordinary is not known"
    )
    lines = (
        TestLine(
            "checks", "Clean checks in a row", f"{n.clean_checks}", f"{rule.clean_checks}",
            n.clean_checks >= rule.clean_checks,
        ),
        TestLine(
            "requests", f"Episodes that began in the last {days} days", f"{n.episodes}",
            f"at most {most} ({ordinary})", n.episodes <= most,
        ),
        TestLine(
            "asks", "Asks and to-dos still open", f"{n.open_actions}", "none", n.open_actions == 0
        ),
    )  # fmt: skip
    short = [line.label[0].lower() + line.label[1:] for line in lines if not line.met]
    if not short:
        return Test(lines, met=True, sentence="The exit test is met. A person decides.")
    return Test(lines, met=False, sentence=f"The exit test is not met yet: {listed(short)}.")


def most_expected(expected: float | None) -> int:
    """How many episodes are no more than expected: the nearest whole number, none if unknown."""
    return 0 if expected is None else floor(expected + 0.5)


def expected_in(year: float | None, days: int) -> float | None:
    """What is expected in so many days, from what is in a year."""
    return None if year is None else year * days / 365


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such day {months} months after {day}")


def check_nomination(source: str, nominated_by: str, reason: str) -> tuple[str, str]:
    """Who and why, without blanks around them.

    Refuses: a source that is not on the list; nobody named; no reason, or one too long.
    """
    if source not in SOURCES:
        raise Refused("source_unknown", "Choose who put it forward.", field="source")
    nominated_by, reason = " ".join(nominated_by.split()), reason.strip()
    if not nominated_by:
        raise Refused("nobody_named", "Say who put it forward.", field="nominated_by")
    if len(nominated_by) > LONGEST_NAME:
        raise Refused(
            "name_too_long", f"Keep it within {LONGEST_NAME} characters.", field="nominated_by"
        )
    if not reason:
        raise Refused("reason_missing", "Say why, in a sentence.", field="reason")
    if len(reason) > LONGEST_WHY:
        raise Refused(
            "reason_too_long", f"Keep the reason within {LONGEST_WHY} characters.", field="reason"
        )
    return nominated_by, reason


def check_vote(source: str, voted_on: date | None, *, today: date) -> date | None:
    """The day of an ANC's vote; other sources have none.

    Refuses: an ANC without a vote, or with one to come.
    """
    if source != ANC_VOTE:
        return None
    if voted_on is None:
        raise Refused(
            "vote_missing",
            "Name the day on which the ANC voted. An e-mail of one commissioner is no vote: "
            "write it down as seen by a liaison instead.",
            field="voted_on",
        )
    if voted_on > today:
        raise Refused("vote_to_come", "This vote is still to come.", field="voted_on")
    return voted_on


def check_rule(rule: LocationRule, reason: str, *, now: LocationRule) -> str:
    """The reason of another rule, trimmed.

    Refuses: a number out of bounds; the numbers that hold already; no reason, or one too long.
    """
    for each in fields(rule):
        low, high = SMALLEST.get(each.name, 1), LARGEST.get(each.name, MOST)
        if not low <= getattr(rule, each.name) <= high:
            label = RULE_NAMES[each.name]
            raise Refused(
                "number_off", f"“{label}” must be between {low} and {high}.", field=each.name
            )
    if rule == now:
        raise Refused("already_set", "These numbers hold already. Change at least one.")
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing", "Say why, in a sentence.", field="reason")
    if len(reason) > 300:
        raise Refused("reason_too_long", "Keep the reason within 300 characters.", field="reason")
    return reason
