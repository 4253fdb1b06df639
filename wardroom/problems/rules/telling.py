"""How a candidate's numbers are put into plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardroom.problems.rules.definitions import EARLIER, NUMBERS
from wardroom.problems.rules.explaining import COURSES, month_named, sentence_of
from wardroom.problems.rules.reporting import Reporting, told_of_reporting

FIRST_METHOD = "Method 1"
SEVERITIES = {1: "Nuisance", 2: "Health or safety", 3: "Danger"}
LEAST_Q = 0.001
MOST_KINDS = 3


@dataclass(frozen=True)
class Measured:
    """The numbers of a candidate that its reasons speak about.

    ``q_value`` is None where it was not weighed. ``excess_a_month`` is in episodes over what
    was to be expected.
    """

    method: str
    episodes: int
    expected: float
    q_value: float | None
    flagged: bool
    excess_a_month: float
    course: str
    window: int
    active_months: int
    returns: int
    reporters: int | None
    agencies: Sequence[str]
    topics: Sequence[Mapping[str, Any]]
    severity: int
    overdue: int
    numbers: Mapping[str, Any]
    reporting: Reporting | None = None

    @property
    def by_first_method(self) -> bool:
        """Whether an earlier method of this house ranked it, with other words for its numbers."""
        return self.method.startswith(FIRST_METHOD)


def told_in_a_sentence(m: Measured) -> str:
    """A candidate's case in one sentence, as a commissioner would be told it."""
    case = m.numbers.get("stuck_case")
    if case and m.q_value is None:
        return (
            f"{case['topic']}: one case, open since {month_named(case['opened_on'][:7])}, was"
            f" reported again in {case['repeat_months']} of the last 12 months."
        )
    if m.by_first_method:
        return f"{summary_of(m.episodes, m.expected, m.active_months)}."
    return sentence_of(
        [topic["name"] for topic in m.topics],
        active_months=m.active_months,
        episodes=m.episodes,
        expected=m.expected,
        returns=m.returns,
        median_return_days=m.numbers.get("median_return_days"),
        first_month=m.numbers["first_month"],
        course=m.course,
    )


def reasons_for(m: Measured) -> tuple[str, ...]:
    """Why a place is a candidate, in sentences that a resident would follow."""
    return (*_how_much(m), *_who(m), *_how_it_goes(m))


def how_sure(m: Measured) -> str:
    """How likely it is that a place this sure turns out ordinary."""
    if m.by_first_method:
        return "Ranked by an earlier method, which gave no error rate for the list."
    if m.q_value is None:
        return (
            "Not weighed: it is listed for its number of episodes, or for a case that nobody"
            " closes. Whether that is out of the ordinary here was not asked."
        )
    if m.flagged:
        return f"{_odds(m.q_value)} this sure turn out ordinary."
    return (
        f"Not sure enough for the list: {_odds(m.q_value).lower()} this sure turn out ordinary."
        f" It may still be worth a walk.{_one_more(m)}"
    )


def _one_more(m: Measured) -> str:
    topic = m.numbers.get("one_more")
    if not topic:
        return ""
    return (
        f" It is at the edge: one more episode of {_lower_first(topic)} this month would put it"
        " on the list."
    )


def summary_of(episodes: int, expected: float, active_months: int) -> str:
    """A candidate in one line."""
    return (
        f"{_counted(episodes, 'episode')} in 12 months where about {expected:.1f}"
        f" {'was' if 0.95 <= expected < 1.05 else 'were'} expected;"
        f" active in {active_months} of 12 months"
    )


def numbers_shown(m: Measured) -> tuple[tuple[str, str, str, str], ...]:
    """The numbers as (code, label, as shown, what it means), by the method that made them."""
    shown = {
        "excess": f"{m.excess_a_month:.1f} a month",
        "episodes": f"{m.episodes:,}",
        "expected": f"{m.expected:.1f}",
        "active_months": f"{m.active_months} of 12",
        "returns": f"{m.returns:,}",
        "repeats": f"{m.numbers.get('repeats', 0):,}",
        "reporters": "not known" if m.reporters is None else f"{m.reporters:,}",
        "agencies": _listed(m.agencies) or "none named",
        "severity": SEVERITIES[m.severity],
        "overdue": f"{m.overdue:,}",
        "even": _even(m.reporting),
    }
    definitions = EARLIER if m.by_first_method else NUMBERS
    return tuple((code, label, shown[code], meaning) for code, label, meaning in definitions)


def _even(r: Reporting | None) -> str:
    if r is None:
        return "not counted"
    return f"{r.excess:.1f} a month ({r.low:.1f} to {r.high:.1f})"


def months_named(last: str, counts: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Counts with the name of their month, the last of which is given as 2026-11."""
    year, month = int(last[:4]), int(last[5:7])
    index = year * 12 + month - 1
    first = index - len(counts) + 1
    return tuple(
        (f"{(first + i) // 12}-{(first + i) % 12 + 1:02d}", int(n)) for i, n in enumerate(counts)
    )


def _how_much(m: Measured) -> list[str]:
    if m.by_first_method:
        usual = f"a place of the same kind in the same ward has about {m.expected:.1f}"
        had = f"It had {_counted(m.episodes, 'episode')} of trouble in the last 12 months;"
        return [f"{had} {usual}.", f"The trouble was there in {m.active_months} of them."]
    lines = [
        f"It had {_counted(m.episodes, 'episode')} in the last 12 months; about {m.expected:.1f}"
        f" {'was' if 0.95 <= m.expected < 1.05 else 'were'} to be expected, going by how much"
        " else people ask for at this spot, by what is usual within half a mile, and by the"
        " season.",
        f"The trouble was there in {m.active_months} of the last 12 months.",
    ]
    if m.q_value is not None and len(m.topics) > 1:
        each = [_kind(topic, m.window) for topic in m.topics[:MOST_KINDS]]
        lines.append(f"What stands out: {'; '.join(each)}.")
    if m.excess_a_month >= 0.05:
        over = f"{m.excess_a_month:.1f}"
        lines.append(f"That is about {over} episodes a month more than is ordinary here.")
    return lines


def _kind(topic: Mapping[str, Any], window: int) -> str:
    return (
        f"{topic['name'].lower()} in {topic['active_months']} of the last {window} months"
        f" (about {topic['expected_months']:.1f} expected)"
    )


def _who(m: Measured) -> list[str]:
    lines = []
    if m.returns:
        days = m.numbers.get("median_return_days")
        usual = f", usually after {_counted(round(days), 'day')}" if days is not None else ""
        lines.append(
            f"{_counted(m.returns, 'time')} it came back after the city had closed the"
            f" request{usual}."
        )
    if m.reporters is not None:
        share = m.numbers.get("top_share")
        loudest = (
            f"; the most active one was among the callers in {100 * share:.0f}% of the episodes"
            if share
            else ""
        )
        people = "different person" if m.reporters == 1 else "different people"
        lines.append(f"At least {m.reporters} {people} reported it{loudest}.")
    if len(m.agencies) > 1:
        lines.append(f"{len(m.agencies)} agencies share the work: {_listed(m.agencies)}.")
    return lines


def _how_it_goes(m: Measured) -> list[str]:
    lines = []
    case = m.numbers.get("stuck_case")
    if case:
        lines.append(
            f"A case of {case['topic'].lower()} has been open since"
            f" {month_named(case['opened_on'][:7])}; in the last 12 months it was reported again"
            f" {_counted(case['repeats'], 'time')}, in {case['repeat_months']} different months."
        )
    elif m.numbers.get("stuck"):
        lines.append(f"{_counted(m.numbers['stuck'], 'episode')} stayed open for over a year.")
    if m.overdue:
        verb = "is" if m.overdue == 1 else "are"
        lines.append(f"{_counted(m.overdue, 'open request')} {verb} past due here.")
    if m.course in COURSES:
        course = COURSES[m.course]
        lines.append(
            f"It first showed in {month_named(m.numbers['first_month'])}, as far as our three"
            f" years of requests tell. {course.label}: {_lower_first(course.meaning)}"
        )
    if m.reporting is not None:
        lines.append(told_of_reporting(m.reporting))
    return lines


def _odds(q: float) -> str:
    """A share of a list as "about 1 in 20 places"."""
    if q < LEAST_Q:
        return f"Fewer than 1 in {round(1 / LEAST_Q):,} places"
    if q > 0.5:
        return "More than half of the places"
    n = 1 / q
    step = 10 ** max(len(str(int(n))) - 2, 0) * (5 if n >= 20 else 1)
    return f"About 1 in {max(round(n / step) * step, 2):,} places"


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
