"""What can happen to what the staff needed is told from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import quoted


@dataclass(frozen=True, kw_only=True)
class StaffingFact(Fact):
    """A fact about what is needed; not all of the office reads it."""

    audience: ClassVar[str] = "staffing"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("staffing", "office"),)


@dataclass(frozen=True, kw_only=True)
class TimeLogged(StaffingFact):
    """Somebody logged how long a piece of work took."""

    noise: ClassVar[bool] = True

    kind_of_work: str
    minutes: int
    finished: int

    def sentence(self) -> str:
        return f"{self.minutes} minutes were logged for: {self.kind_of_work}"


@dataclass(frozen=True, kw_only=True)
class TimeTakenBack(StaffingFact):
    """Minutes that were logged by mistake count no more."""

    noise: ClassVar[bool] = True

    kind_of_work: str
    minutes: int

    def sentence(self) -> str:
        return f"{self.minutes} minutes logged for {self.kind_of_work} were taken back"


@dataclass(frozen=True, kw_only=True)
class UnitTimeMeasured(StaffingFact):
    """The hours of one piece of a kind of work were measured."""

    kind_of_work: str
    hours: str
    observed: int
    how: str

    def sentence(self) -> str:
        return (
            f"One piece of {quoted(self.kind_of_work)} takes {self.hours} hours, measured on "
            f"{self.observed}: {self.how}"
        )


@dataclass(frozen=True, kw_only=True)
class WorkYearSet(StaffingFact):
    """The hours that a person has in a year were set."""

    net_hours: int
    utilisation: str
    reason: str

    def sentence(self) -> str:
        return (
            f"A person is there {self.net_hours} hours a year, {self.utilisation} of them for "
            f"such work: {quoted(self.reason)}"
        )


@dataclass(frozen=True, kw_only=True)
class ScenarioKept(StaffingFact):
    """A year as it might be was kept."""

    name: str

    def sentence(self) -> str:
        return f"The scenario {quoted(self.name)} was kept"


@dataclass(frozen=True, kw_only=True)
class ScenarioDropped(StaffingFact):
    """A scenario is not looked at any more."""

    name: str

    def sentence(self) -> str:
        return f"The scenario {quoted(self.name)} was dropped"
