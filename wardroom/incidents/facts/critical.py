"""What can happen to an incident: opened, taken, gone to. These lines stay inside the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.kernel.facts import Ref
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class IncidentFact(MatterFact):
    """Something that happened to an incident."""

    incident_id: int


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(IncidentFact):
    """Somebody opened an incident; ``came_from`` is what told of it, as noun:key."""

    plain: ClassVar[frozenset[str]] = frozenset({"came_from"})

    kind_label: str
    severity: int
    where_text: str
    text: str
    exercise: bool
    came_from: str = ""

    def about(self) -> tuple[Ref, ...]:
        noun, _, key = self.came_from.partition(":")
        more = (Ref(noun, key),) if noun and key else ()
        return (*super().about(), *more)

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        exercise = "Exercise. " if self.exercise else ""
        where = f", {self.where_text}" if self.where_text else ""
        said = f" {self.text}" if self.text else ""
        return f"{exercise}{self.kind_label}{where}: severity {self.severity}.{said}"


@dataclass(frozen=True, kw_only=True)
class IncidentTaken(IncidentFact):
    """Somebody said that they have it; ``step`` is that of the call-out, 0 without any."""

    party_id: int
    party_name: str
    minutes: int
    step: int
    how: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def sentence(self) -> str:
        if self.how.startswith("who "):
            return f"{self.party_name}, {self.how}, has it {self._when()}"
        return f"{self.party_name} has it, {self.how}, {self._when()}"

    def _when(self) -> str:
        return f"{_minutes(self.minutes)} after it was opened" if self.minutes else "at once"


@dataclass(frozen=True, kw_only=True)
class IncidentGivenBack(IncidentFact):
    """Whoever had it cannot go on: nobody has it, and the next is called."""

    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.party_id)))

    def sentence(self) -> str:
        return f"{self.party_name} cannot after all: nobody has it, and the next is called"


@dataclass(frozen=True, kw_only=True)
class CallsCalledOff(IncidentFact):
    """An incident ended before anybody had it: ``party_ids`` were called for nothing."""

    party_ids: tuple[int, ...]
    names: tuple[str, ...]

    def sentence(self) -> str:
        return f"Called off, as it ended: {', '.join(self.names)}"


@dataclass(frozen=True, kw_only=True)
class IncidentPlaced(IncidentFact):
    """Somebody said where it is; ``added`` is how many more are to be called there."""

    where_text: str
    added: int

    def words(self) -> str:
        return self.where_text

    def sentence(self) -> str:
        more = f", and {self.added} more to call" if self.added else ""
        return f"Where it is: {self.where_text}{more}"


@dataclass(frozen=True, kw_only=True)
class SeveritySet(IncidentFact):
    """Somebody said how grave an incident is, and why; and when the next is called now."""

    severity: int
    former: int
    reason: str
    next_call_minutes: int | None = None

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        said = f"Severity {self.severity} instead of {self.former}: {self.reason}"
        if self.next_call_minutes is None:
            return said
        wait = _minutes(self.next_call_minutes)
        return f"{said}. Without an answer somebody else is called in {wait}"


@dataclass(frozen=True, kw_only=True)
class WayOfWorkSet(IncidentFact):
    """Whoever has it goes there, or works from where they are; and who leads at the scene."""

    mode_label: str
    lead_text: str

    def sentence(self) -> str:
        lead = f". {self.lead_text} leads at the scene" if self.lead_text else ""
        return f"Our part: {self.mode_label.lower()}{lead}"


@dataclass(frozen=True, kw_only=True)
class ArrivalNoted(IncidentFact):
    """Whoever went to an incident is there."""

    party_name: str

    def sentence(self) -> str:
        return f"{self.party_name} is at the scene"


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"
