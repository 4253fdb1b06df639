"""What can happen to the records of training. Not all of the office reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted


@dataclass(frozen=True, kw_only=True)
class TrainingFact(Fact):
    """A fact about something that somebody learned."""

    audience: ClassVar[str] = "staffing"

    training_id: int
    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("training", str(self.training_id)), Ref("party", str(self.party_id)))


@dataclass(frozen=True, kw_only=True)
class TrainingNoted(TrainingFact):
    """Somebody learned something."""

    sort: str
    title: str
    held_on: date
    expires_on: date | None

    def sentence(self) -> str:
        return f"{quoted(self.title)} on {long_day(self.held_on)} was noted for {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class CertificateRunsOut(TrainingFact):
    """A certificate runs out in so many days."""

    noise: ClassVar[bool] = True

    title: str
    expires_on: date
    step: int

    def sentence(self) -> str:
        return f"{quoted(self.title)} of {self.party_name} runs out on {long_day(self.expires_on)}"


@dataclass(frozen=True, kw_only=True)
class CertificateReplaced(TrainingFact):
    """A certificate was renewed, or is not needed any more: nobody is told of its end."""

    title: str

    def sentence(self) -> str:
        return f"{quoted(self.title)} of {self.party_name} was renewed or is not needed any more"


@dataclass(frozen=True, kw_only=True)
class TrainingDisposed(TrainingFact):
    """A records officer disposed of a record of training."""

    reason: str

    def sentence(self) -> str:
        return f"A record of training of {self.party_name} was disposed of: {quoted(self.reason)}"
