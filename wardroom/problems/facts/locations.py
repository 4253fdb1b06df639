"""What can happen to the file of a persistent location."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import CITY_WIDE, MatterFact


@dataclass(frozen=True, kw_only=True)
class LocationFact(MatterFact):
    """A fact about the file of a persistent location; ``spell`` counts the times from 1."""

    spell: int
    reason: str

    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class LocationLeft(LocationFact):
    outcome: str
    outcome_label: str
    test_met: bool
    told: str
    watch_until: date | None

    def sentence(self) -> str:
        watch = (
            f" It is watched until {long_day(self.watch_until)}." if self.watch_until else ""
        )  # fmt: skip
        why = f" Reason: {self.reason}" if self.reason else ""
        return f"Left {self.title}: {self.outcome_label}. {self.told}{watch}{why}"


@dataclass(frozen=True, kw_only=True)
class LocationRelapsed(LocationFact):
    """The trouble is back; ``found_by`` is check, ranking, or a person."""

    found_by: str
    former_outcome: str
    watched: bool
    next_on: date

    def sentence(self) -> str:
        when = "during its watch" if self.watched else "after it had been left"
        return f"{self.title} relapsed {when}: {self.reason}. The same file is open again"


@dataclass(frozen=True, kw_only=True)
class LocationReopened(LocationFact):
    former_outcome: str
    next_on: date

    def sentence(self) -> str:
        return f"{self.title} was taken up again: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LocationWidened(MatterFact):
    """A file that was designated anew counts more than before: troubles, addresses, or reach."""

    topics: str
    addresses: int
    radius_m: int
    former_radius_m: int

    def sentence(self) -> str:
        one = "1 more address" if self.addresses == 1 else f"{self.addresses} more addresses"
        wider = f"{self.radius_m} meters around it instead of {self.former_radius_m}"
        parts = (
            self.topics,
            one if self.addresses else "",
            wider if self.radius_m > self.former_radius_m else "",
        )
        return f"{self.title} now counts also: {'; '.join(part for part in parts if part)}"


@dataclass(frozen=True, kw_only=True)
class LocationAnalyzed(MatterFact):
    """What people make of the trouble was written, or written anew."""

    version: int

    def sentence(self) -> str:
        labels = ", ".join(change.label.lower() for change in self.changes)
        return f"The analysis of {self.title} was written, version {self.version}: {labels}"

    def words(self) -> str:
        return "\n".join(change.after for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class LocationRuleSet(Fact):
    """``numbers`` are the numbers that hold from now on, by name."""

    numbers: str
    reason: str

    def sentence(self) -> str:
        return f"Set the tests of persistent locations: {self.numbers}. {self.reason}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)
