"""What can happen to a consequence that failed at every try: it goes on, or it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class ConsequenceRetried(Fact):
    """What should have followed from a line of the ledger is tried again."""

    plain: ClassVar[frozenset[str]] = frozenset({"follows"})
    line: int
    follows: str

    def sentence(self) -> str:
        return f"What follows from line {self.line} is tried again: {self.follows}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("house", "consequences"),)


@dataclass(frozen=True, kw_only=True)
class ConsequenceGivenUp(Fact):
    """What should have followed from a line of the ledger need not happen any more."""

    plain: ClassVar[frozenset[str]] = frozenset({"follows"})
    line: int
    follows: str
    reason: str

    def sentence(self) -> str:
        return f"What follows from line {self.line} was given up: {self.follows} ({self.reason})"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("house", "consequences"),)
