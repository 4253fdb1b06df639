"""What can happen to a version of a work plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class PlanAdopted(MatterFact):
    """A version of the work plan took force."""

    plan_id: int
    version: int
    objective: str
    target_on: date
    review_on: date
    reason: str
    steps: int
    new_ask_ids: tuple[int, ...]

    def about(self) -> tuple[Ref, ...]:
        return (Ref("plan", str(self.plan_id)), *super().about())

    def sentence(self) -> str:
        count = f"{self.steps} step" if self.steps == 1 else f"{self.steps} steps"
        if self.version == 1:
            head = f"The work plan {quoted(self.objective)} was adopted with {count}"
        else:
            head = (
                f"The work plan was revised to version {self.version} with {count} ({self.reason})"
            )
        return f"{head}; review on {long_day(self.review_on)}"


@dataclass(frozen=True, kw_only=True)
class PlanReviewed(MatterFact):
    """Somebody looked at a plan again and left it as it is."""

    plan_id: int
    version: int
    review_on: date
    note: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("plan", str(self.plan_id)), *super().about())

    def words(self) -> str:
        return self.note

    def sentence(self) -> str:
        return (
            f"The work plan was looked at again and stays at version {self.version}: {self.note}. "
            f"Next look on {long_day(self.review_on)}"
        )
