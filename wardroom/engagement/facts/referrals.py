"""What can happen when somebody is sent to a service. No line says who it was."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Ref
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class ReferralMade(MatterFact):
    """Somebody was sent to services."""

    need: str
    services: tuple[str, ...]
    service_ids: tuple[str, ...]
    way_words: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), *(Ref("listing", key) for key in self.service_ids))

    def sentence(self) -> str:
        return f"Somebody who needs {self.need} was sent to {', '.join(self.services)}"


@dataclass(frozen=True, kw_only=True)
class ReferralAnswered(MatterFact):
    """Somebody said whether the services helped."""

    answers: tuple[str, ...]
    by_link: bool

    def sentence(self) -> str:
        how = "By the link in the mail" if self.by_link else "Asked"
        return f"{how}: {'; '.join(self.answers)}"


@dataclass(frozen=True, kw_only=True)
class ReferralEnded(MatterFact):
    """Nothing more is asked of a referral."""

    outcome: str
    need: str

    def sentence(self) -> str:
        return f"{self.outcome} ({self.need})"
