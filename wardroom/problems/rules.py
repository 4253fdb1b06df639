"""What a decision needs, and how a candidate's numbers are put into plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wardroom.kernel.errors import Refused

WATCH, REFUSE, DESIGNATE = "watch", "refuse", "designate"
VERDICTS = (WATCH, REFUSE, DESIGNATE)
STAGES = ("designated", "planned", "working", "checked", "closed")
UNDECIDED, ALL = "undecided", "all"
LONGEST_REASON = 500
LONGEST_WATCH = timedelta(days=366)


@dataclass(frozen=True)
class Measured:
    """The numbers of a candidate that its reasons speak about."""

    episodes: int
    expected: float
    ratio: float
    score: float
    active_months: int
    returns: int
    reporters: int | None
    agencies: Sequence[str]
    topics: Sequence[str]
    numbers: Mapping[str, Any]


def check_decision(
    verdict: str, reason: str, *, look_again_on: date | None, next_on: date | None, today: date
) -> str:
    """A decision that is whole; gives the reason without blanks around it.

    Refuses: an unknown verdict; no reason, or one too long; a watch without a day to look
    again; a designation without a next date.
    """
    if verdict not in VERDICTS:
        raise Refused("verdict_unknown", "Choose what you decide.", field="verdict")
    reason = reason.strip()
    if not reason:
        raise Refused("reason_missing", "Say why, in a sentence.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            "reason_too_long",
            f"Keep the reason within {LONGEST_REASON} characters.",
            field="reason",
        )
    if verdict == WATCH:
        _check_look_again(look_again_on, today)
    if verdict == DESIGNATE and next_on is None:
        raise Refused(
            "next_date_missing",
            "Name the next date: the day by which the work plan is written.",
            field="next_on",
        )
    return reason


def state_of(
    verdict: str | None, *, look_again_on: date | None, location_is_open: bool, on: date
) -> str:
    """Where a candidate stands on a day, from the latest decision about its place.

    A watch ends on the day it named, and a designation with its location: then the place
    waits for a decision again. A refusal stands.
    """
    if location_is_open:
        return DESIGNATE
    if verdict == WATCH and look_again_on is not None and look_again_on > on:
        return WATCH
    return REFUSE if verdict == REFUSE else UNDECIDED


def stages_reached(
    *, planned: bool, answered: bool, checked: bool, closed: bool = False
) -> tuple[str, ...]:
    """How far a persistent location has come; the last of them is where it stands.

    ``answered``: an agency agreed to do its part. ``checked``: somebody went and looked after
    a plan was adopted. A look before that is part of deciding, not of the work.
    """
    passed = (True, planned, answered, checked, closed)
    return tuple(stage for stage, is_so in zip(STAGES, passed, strict=True) if is_so)


def reasons_for(m: Measured) -> tuple[str, ...]:
    """Why a place is a candidate, in sentences that a resident would follow."""
    lines = [
        f"It had {_counted(m.episodes, 'episode')} of trouble in the last 12 months;"
        f" a place of the same kind in the same ward has about {m.expected:.1f}.",
        f"The trouble was there in {m.active_months} of the last 12 months.",
    ]
    if m.returns:
        days = m.numbers.get("median_return_days")
        usual = f", usually after {days:.0f} days" if days is not None else ""
        lines.append(
            f"{_counted(m.returns, 'time')} it came back after the city had closed the"
            f" request{usual}."
        )
    if m.reporters is not None:
        share = m.numbers.get("top_share")
        loudest = (
            f"; the most active one was among the callers in {100 * share:.0f} % of the episodes"
            if share
            else ""
        )
        people = "different person" if m.reporters == 1 else "different people"
        lines.append(f"At least {m.reporters} {people} reported it{loudest}.")
    if len(m.agencies) > 1:
        lines.append(f"{len(m.agencies)} agencies share the work: {_listed(m.agencies)}.")
    stuck = m.numbers.get("stuck")
    if stuck:
        lines.append(f"{_counted(stuck, 'episode')} stayed open for more than a year.")
    return tuple(lines)


def summary_of(episodes: int, expected: float, active_months: int) -> str:
    """A candidate in one line."""
    return (
        f"{_counted(episodes, 'episode')} in 12 months where about {expected:.1f}"
        f" {'was' if 0.95 <= expected < 1.05 else 'were'} expected;"
        f" active in {active_months} of 12 months"
    )


def months_named(last: str, counts: Sequence[int]) -> tuple[tuple[str, int], ...]:
    """Counts with the name of their month, the last of which is given as 2026-11."""
    year, month = int(last[:4]), int(last[5:7])
    index = year * 12 + month - 1
    first = index - len(counts) + 1
    return tuple(
        (f"{(first + i) // 12}-{(first + i) % 12 + 1:02d}", int(n)) for i, n in enumerate(counts)
    )


NUMBERS = (
    (
        "episodes",
        "Episodes in 12 months",
        "Reports of the same kind of trouble at the same place"
        " count as one episode while one of them is open and until the trouble has been silent for"
        " as many days as its kind needs.",
    ),
    (
        "expected",
        "Expected",
        "How many episodes the places of the same kind (address, block or intersection) in the"
        " same ward had on average, counting those with any trouble in three years, whichever"
        " trouble it was.",
    ),
    (
        "ratio",
        "Times expected, cautiously",
        "Episodes over expected, pulled toward the city's average where"
        " there is little to go by, so that one bad month does not lead the list.",
    ),
    (
        "score",
        "Chance it is over twice",
        "How sure we are that the place's true rate is more than"
        " twice the expected one. The list is ranked by it.",
    ),
    ("active_months", "Active months", "Months of the last 12 in which an episode was going on."),
    (
        "returns",
        "Came back",
        "Episodes that began soon after an earlier one of the same kind was closed.",
    ),
    (
        "reporters",
        "Reporters",
        "Different people who reported it, where the feed tells them apart;"
        " one person counts once in an episode.",
    ),
    ("agencies", "Agencies", "Agencies whose services were asked for here."),
)


def numbers_shown(m: Measured) -> tuple[tuple[str, str, str, str], ...]:
    """The numbers as (code, label, as shown, what it means)."""
    shown = {
        "episodes": f"{m.episodes:,}",
        "expected": f"{m.expected:.1f}",
        "ratio": f"{m.ratio:.1f}",
        "score": _chance(m.score),
        "active_months": f"{m.active_months} of 12",
        "returns": f"{m.returns:,}",
        "reporters": "not known" if m.reporters is None else f"{m.reporters:,}",
        "agencies": _listed(m.agencies) or "none named",
    }
    return tuple((code, label, shown[code], meaning) for code, label, meaning in NUMBERS)


def _check_look_again(day: date | None, today: date) -> None:
    if day is None:
        raise Refused(
            "look_again_missing",
            "Name the day on which you will look again.",
            field="look_again_on",
        )
    if not today < day <= today + LONGEST_WATCH:
        raise Refused(
            "look_again_off",
            "Look again on a day after today and within a year.",
            field="look_again_on",
        )


def _chance(share: float) -> str:
    """A chance in whole per cent that never claims to be certain."""
    if share > 0.99:
        return "over 99 %"
    return "under 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
