"""What can happen to the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class ReferenceDataLoaded(Fact):
    topics: int
    rules: int
    holidays: int
    promises: int = 0
    public: int = 0
    exemptions: int = 0

    def sentence(self) -> str:
        grounds = f", and {self.exemptions} grounds to keep back" if self.exemptions else ""
        return (
            f"Reference data was loaded: {self.topics} topics, {self.rules} clocks, "
            f"{self.promises} promises, {self.holidays} holidays and {self.public} topics that the "
            f"public may report were new{grounds}"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("library", "reference"),)


@dataclass(frozen=True, kw_only=True)
class ServicesSorted(Fact):
    services: int

    def sentence(self) -> str:
        return f"{self.services} services were put under their topics"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("library", "topics"),)


@dataclass(frozen=True, kw_only=True)
class ServicePlaced(Fact):
    service_code: str
    service_name: str
    topic_code: str

    def sentence(self) -> str:
        return f"{self.service_name} now counts as {self.topic_code}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("library", "topics"),)


@dataclass(frozen=True, kw_only=True)
class TopicPromiseSet(Fact):
    """How soon a topic is to be dealt with was set anew, from a day on."""

    topic_code: str
    topic_name: str
    agency_code: str
    days: int
    clock: str
    citation: str
    valid_from: date
    former_days: int | None

    def sentence(self) -> str:
        who = f" by {self.agency_code}" if self.agency_code else ""
        instead = f" instead of {self.former_days}" if self.former_days is not None else ""
        return (
            f"{self.topic_name} is to be dealt with{who} in {self.days} days{instead} "
            f"from {long_day(self.valid_from)} on ({self.citation})"
        )

    def about(self) -> tuple[Ref, ...]:
        return (Ref("library", "promises"),)
