"""What can happen to a policy that is watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.text import quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class PolicyEntryNoted(MatterFact):
    """Something was said about a policy, in the ward of this line; by whom is kept nowhere."""

    tenor_words: str
    channel_label: str
    text: str
    heard_on: date

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"{self.tenor_words}, from {self.channel_label}: {quoted(self.text)}"
