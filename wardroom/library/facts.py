"""What can happen to the library."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class ReferenceDataLoaded(Fact):
    topics: int
    rules: int
    holidays: int

    def sentence(self) -> str:
        return (
            f"Reference data was loaded: {self.topics} topics, {self.rules} clocks and "
            f"{self.holidays} holidays were new"
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
