"""What can happen to a single step of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class StepFact(MatterFact):
    """A fact about one step, told on its matter."""

    ask_id: int
    position: int
    agency_code: str
    wording: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ask", str(self.ask_id)))


@dataclass(frozen=True, kw_only=True)
class StepVerified(StepFact):
    """Somebody who neither did nor asked for a step looked whether it was done."""

    observer_id: int
    observer_name: str
    finding: str
    finding_label: str
    seen_on: date
    note: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.observer_id)))

    def words(self) -> str:
        return self.note

    def sentence(self) -> str:
        note = f". {self.note}" if self.note else ""
        return (
            f"{self.observer_name} looked at step {self.position} ({self.agency_code}: "
            f"{self.wording}) on {long_day(self.seen_on)}. {self.finding_label}{note}"
        )


@dataclass(frozen=True, kw_only=True)
class StepOwnerNamed(StepFact):
    """Somebody said who at the agency sees to a step."""

    owner_name: str
    former_name: str

    def sentence(self) -> str:
        what = f"step {self.position} ({self.agency_code}: {self.wording})"
        if not self.owner_name:
            return f"{self.former_name} no longer sees to {what}"
        return f"{self.owner_name} sees to {what}"
