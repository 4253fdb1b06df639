"""What can happen to a policy that is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class PolicyEntryNoted(MatterFact):
    """Something was said about a policy; who said it is kept nowhere."""

    said_in_ward: str
    tenor_words: str
    text: str
    heard_on: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ward", self.said_in_ward))

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Ward {self.said_in_ward}, {self.tenor_words.lower()}: {quoted(self.text)}"
