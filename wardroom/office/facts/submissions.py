"""What can happen to a budget submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.office.rules.amounts import shown


@dataclass(frozen=True, kw_only=True)
class BudgetFact(Fact):
    """Something that happened to a budget submission; for those who read the money."""

    audience: ClassVar[str] = "money"

    submission_id: int
    year: int
    version: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("budget submission", str(self.submission_id)),)

    @property
    def called(self) -> str:
        """Its name in a sentence."""
        return f"the budget submission of fiscal year {self.year}, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class BudgetDrafted(BudgetFact):
    """A submission was begun."""

    def sentence(self) -> str:
        return f"Drafted {self.called}"


@dataclass(frozen=True, kw_only=True)
class BudgetWorded(BudgetFact):
    """The words of a draft, or the scenario in it, were changed."""

    scenario: str

    def sentence(self) -> str:
        of = f", with the scenario {self.scenario}" if self.scenario else ""
        return f"Worded {self.called}{of}"


@dataclass(frozen=True, kw_only=True)
class BudgetSigned(BudgetFact):
    """A submission was signed and its numbers frozen."""

    existing: int
    proposed: int
    digest: str

    def sentence(self) -> str:
        return (
            f"Signed {self.called}: {shown(self.existing)} in existing funds, "
            f"{shown(self.proposed)} proposed"
        )
