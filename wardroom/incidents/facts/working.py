"""What can happen while an incident is worked through: lines done, calls made, reports written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.incidents.facts.critical import IncidentFact


@dataclass(frozen=True, kw_only=True)
class ChecklistLinesDone(IncidentFact):
    """Some lines of the checklist were seen to."""

    lines: tuple[str, ...]

    def sentence(self) -> str:
        return f"Done: {'; '.join(self.lines)}"


@dataclass(frozen=True, kw_only=True)
class ChecklistLineLeftOut(IncidentFact):
    """A line of the checklist is not needed, and why."""

    line: str
    reason: str

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        return f"Not needed: {self.line}. {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ChecklistLinePutBack(IncidentFact):
    """A line of the checklist that was ticked or left out by mistake is open again."""

    line: str

    def sentence(self) -> str:
        return f"Open again: {self.line}"


@dataclass(frozen=True, kw_only=True)
class IncidentCallNoted(IncidentFact):
    """Somebody of the call list was called."""

    called: str
    role_label: str
    outcome_label: str
    note: str

    def words(self) -> str:
        return self.note

    def sentence(self) -> str:
        note = f". {self.note}" if self.note else ""
        return f"{self.outcome_label}: {self.called}, {self.role_label}{note}"


@dataclass(frozen=True, kw_only=True)
class CallLineAdded(IncidentFact):
    """Somebody else is to be called."""

    called: str
    role_label: str

    def sentence(self) -> str:
        return f"To be called: {self.called}, {self.role_label}"


@dataclass(frozen=True, kw_only=True)
class SituationWritten(IncidentFact):
    """A situation report was written."""

    number: int
    text: str
    next_update_at: datetime | None

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Situation report {self.number}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class SituationReleased(IncidentFact):
    """A situation report was released by somebody who did not write it, and goes out."""

    report_id: int
    number: int
    party_ids: tuple[int, ...]

    def sentence(self) -> str:
        count = len(self.party_ids)
        told = "1 person" if count == 1 else f"{count} people"
        return f"Situation report {self.number} was released, and goes to {told}"


@dataclass(frozen=True, kw_only=True)
class SituationReturned(IncidentFact):
    """A situation report was sent back to its writer instead of being released, and why."""

    number: int
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Situation report {self.number} was sent back: {self.text}"
