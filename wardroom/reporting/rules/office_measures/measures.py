"""The twelve measures of how the office does, what each means, and which are left out. Pure.

Source: field notes, section 6.11. Of its fourteen candidates two are left out; `LEFT_OUT` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wardroom.analysis.definitions import (
    INCIDENT_ANSWER,
    MEETINGS_HELD,
    PROMISE_KEPT,
    REAL_CONTACT,
    Definition,
)

MOST = 12


class Unit(StrEnum):
    """In what a measure is told."""

    SHARE = "share"
    DAYS = "days"


class Kind(StrEnum):
    """What the months of a measure are, and so what can be read from them."""

    FLOW = "flow"
    STOCK = "stock"
    ROLLING = "rolling"
    ROUNDS = "rounds"


NO_SIGNALS: Mapping[Kind, str] = {
    Kind.STOCK: "Each month is mostly the same as the one before, so no month is called a signal:"
    " the rules for signals hold for months that do not share their cases.",
    Kind.ROLLING: "Each point covers the twelve months before it, so points beside each other"
    " share most of their cases, and none is called a signal.",
    Kind.ROUNDS: "Rounds of checks differ in what they drew from, so none is called a signal."
    " Compare the intervals.",
}


@dataclass(frozen=True)
class Measure:
    """One measure of the office; ``sampled`` says that an interval is due."""

    code: str
    name: str
    definition: Definition
    kind: Kind
    noun: str
    plural: str
    unit: Unit = Unit.SHARE
    sampled: bool = True
    at_least: bool = True


@dataclass(frozen=True)
class LeftOut:
    """A measure that is not among the twelve, and why."""

    name: str
    why: str


def _own(name: str, meaning: str, source: str) -> Definition:
    return Definition(name, 1, meaning, source)


WILSON = "Share of all that is due; interval by Wilson 1927"
CENSUS = "A count of all of them and no sample, so it has no interval"

ALL: tuple[Measure, ...] = (
    Measure(
        "answered",
        "Residents answered within a working day",
        _own(
            "Residents answered within a working day",
            "Of the reports of residents that a person had to take in, the share that was taken in"
            " by the end of the next working day; whoever left an address is written to then. Mail"
            " that nobody has looked at counts as not answered once that day is over. What came"
            " through the public page or an app is left out: a program answers that at once.",
            WILSON,
        ),
        Kind.FLOW,
        "report",
        "reports",
    ),
    Measure(
        "on_time",
        "The city's requests done on time",
        _own(
            "The city's requests done on time",
            "Of the city's requests that fell due in the twelve months before the measurement, the"
            " share resolved by then. Those still open count as late; duplicates, transfers and"
            " tests are left out.",
            WILSON,
        ),
        Kind.ROLLING,
        "request",
        "requests",
    ),
    Measure(
        "time",
        "Days until half of the city's requests are closed",
        _own(
            "Days until half of the city's requests are closed",
            "The days by which half of the requests of the twelve months before the measurement"
            " were closed, and nine of ten, counting those still open for as long as they have"
            " waited.",
            "Kaplan and Meier 1958",
        ),
        Kind.ROLLING,
        "request",
        "requests",
        unit=Unit.DAYS,
        at_least=False,
    ),
    Measure(
        "promises",
        "Promises to us kept by the first date",
        PROMISE_KEPT,
        Kind.FLOW,
        "ask",
        "asks",
    ),
    Measure(
        "seen_fixed",
        "Said done and found fixed",
        _own(
            "Said done and found fixed",
            "Of what the city closed, the share that our own people found fixed where the lot sent"
            " them, in the rounds of spot checks that ended. Rounds count by how much was closed in"
            " them, and so do the ends of their intervals, which makes the interval wider than it"
            " need be and never too narrow. What nobody could tell widens it further. Whether"
            " trouble came back later is told by agency and kind among the measures of the"
            " requests.",
            "Stratified sampling with finite populations; field notes, section 6.5",
        ),
        Kind.ROUNDS,
        "check",
        "checks",
    ),
    Measure(
        "plans",
        "Persistent locations with a plan that holds",
        _own(
            "Persistent locations with a plan that holds",
            "Of the persistent locations open at the end of the month, the share with a work plan"
            " adopted since the location was taken up and whose day of review is not over.",
            CENSUS,
        ),
        Kind.STOCK,
        "location",
        "locations",
        sampled=False,
    ),
    Measure(
        "sustained",
        "Locations that stayed solved through their watch",
        _own(
            "Locations that stayed solved through their watch",
            "Of the persistent locations that were left as solved and whose watch, of 180 days as a"
            " rule, is over: the share that was not taken up again as a relapse before its last"
            " day. They count in the month in which the watch ended.",
            WILSON,
        ),
        Kind.FLOW,
        "location",
        "locations",
    ),
    Measure(
        "incidents",
        "Incidents that somebody had within 15 minutes",
        INCIDENT_ANSWER,
        Kind.FLOW,
        "incident",
        "incidents",
    ),
    Measure(
        "anc_clocks",
        "Clocks of the ANC law that were met",
        _own(
            "Clocks of the ANC law that were met",
            "Of the clocks that a commission's own proposal starts, to acknowledge it in writing"
            " within 10 days and to report on it within 60, and whose day is over: the share met"
            " by then. For great weight the law says promptly and names no days, so it is not in"
            " the share; beside it stands how many decided papers had a finding on every concern.",
            "D.C. Code 1-309.10; " + WILSON,
        ),
        Kind.FLOW,
        "clock",
        "clocks",
    ),
    Measure(
        "core_teams",
        "Core team meetings held of those planned",
        _own(
            "Core team meetings held of those planned",
            MEETINGS_HELD.meaning.replace("of this quarter", "of these months"),
            MEETINGS_HELD.source,
        ),
        Kind.FLOW,
        "meeting",
        "meetings",
        sampled=False,
    ),
    Measure(
        "commitments",
        "Promises made in public that were kept",
        _own(
            "Promises made in public that were kept",
            "Of the confirmed promises made in public whose first day is over, the share that was"
            " noted as kept, and closed, by that day: what was kept in time and noted after it does"
            " not count. A day moved later does not save one. What turned out not to have"
            " been promised and what was opened in error are left out.",
            WILSON,
        ),
        Kind.FLOW,
        "promise",
        "promises",
    ),
    Measure(
        "outreach",
        "Single-member districts we were in touch with",
        _own(
            "Single-member districts we were in touch with",
            "Of the single-member districts of the city, the share in which the office had a real"
            " contact in the month or the two before. " + REAL_CONTACT.meaning,
            CENSUS,
        ),
        Kind.STOCK,
        "district",
        "districts",
        sampled=False,
    ),
)
MEASURES: Mapping[str, Measure] = {measure.code: measure for measure in ALL}
LEFT_OUT = (
    LeftOut(
        "Steps of plans that are overdue",
        "A count without anything to divide it by grows with the number of plans and says nothing"
        " of how they go. It is a list to work through, and stands among the asks.",
    ),
    LeftOut(
        "Trouble that came back after it was closed",
        "It is told by agency and by kind among the measures of the requests, less what comes back"
        " by chance. Over the whole city it mostly follows the mix of kinds.",
    ),
)
