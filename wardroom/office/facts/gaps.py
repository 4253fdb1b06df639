"""What the house notes about gaps in the rota."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class GapsNoted(Fact):
    """The gaps of the next 30 days stand in the lists of those who can fill them, or left them."""

    gaps: int
    first: str

    noise = True

    def about(self) -> tuple[Ref, ...]:
        return (Ref("gap", "all"),)

    def sentence(self) -> str:
        if not self.gaps:
            return "No gap is left in the next 30 days"
        return f"Gaps in the next 30 days: {self.gaps}. {self.first}"
