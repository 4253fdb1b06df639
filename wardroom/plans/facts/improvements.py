"""What can happen to initiatives and to agreed improvements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class ImprovementAgreed(MatterFact):
    """A step was agreed at the table, with who takes it and by what authority."""

    entity_id: int | None
    entity_name: str
    wording: str
    authority: str
    agreed_on: date
    found_by: str

    def about(self) -> tuple[Ref, ...]:
        entity = (Ref("party", str(self.entity_id)),) if self.entity_id is not None else ()
        return (*super().about(), *entity)

    def words(self) -> str:
        return f"{self.wording} {self.found_by}"

    def sentence(self) -> str:
        return (
            f"{self.entity_name} agreed on {long_day(self.agreed_on)}: {quoted(self.wording)}. "
            f"Authority: {self.authority}. What showed the need: {self.found_by}"
        )


@dataclass(frozen=True, kw_only=True)
class ImprovementEvidenced(MatterFact):
    """Somebody wrote down what shows that an improvement is in place."""

    evidence: str
    seen_on: date

    def words(self) -> str:
        return self.evidence

    def sentence(self) -> str:
        return f"Seen on {long_day(self.seen_on)}: {self.evidence}"


@dataclass(frozen=True, kw_only=True)
class ImprovementLedToPlan(MatterFact):
    """A version of a work plan followed from an improvement; told on both."""

    plan_id: int
    plan_matter_id: int
    plan_title: str
    version: int

    def about(self) -> tuple[Ref, ...]:
        plan = (Ref("plan", str(self.plan_id)), Ref("matter", str(self.plan_matter_id)))
        return (*super().about(), *plan)

    def sentence(self) -> str:
        return (
            f"{quoted(self.title)} led to version {self.version} of the work plan of "
            f"{self.plan_title}"
        )
