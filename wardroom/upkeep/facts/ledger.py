"""What can happen to the ledger as a whole: somebody wants it checked, and it was walked."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref

HOUSE = (Ref("house", "ledger"),)


@dataclass(frozen=True, kw_only=True)
class LedgerCheckAsked(Fact):
    """Somebody wants to know now whether the ledger is whole."""

    def sentence(self) -> str:
        return "A check of the ledger was asked for"

    def about(self) -> tuple[Ref, ...]:
        return HOUSE


@dataclass(frozen=True, kw_only=True)
class LedgerChecked(Fact):
    """The ledger was walked from its first line; ``broken`` says what is wrong with it, if so."""

    lines: int
    head: str
    broken: str

    def sentence(self) -> str:
        return self.broken.strip() or f"The ledger was checked and is whole: {self.lines:,} lines"

    def about(self) -> tuple[Ref, ...]:
        return HOUSE
