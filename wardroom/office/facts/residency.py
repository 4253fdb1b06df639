"""What can happen to the residency of people who were appointed. Not all of the office reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted


@dataclass(frozen=True, kw_only=True)
class ResidencyFact(Fact):
    """A fact about a residency clock."""

    audience: ClassVar[str] = "staffing"

    clock_id: int
    party_id: int
    party_name: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("residency", str(self.clock_id)), Ref("party", str(self.party_id)))


@dataclass(frozen=True, kw_only=True)
class ResidencyClockStarted(ResidencyFact):
    """Somebody was appointed, and has to live in the city by a day."""

    appointed_as: str
    appointed_on: date
    due_on: date
    citation: str

    def sentence(self) -> str:
        return (
            f"{self.party_name} was appointed on {long_day(self.appointed_on)} and proves "
            f"residency by {long_day(self.due_on)} ({self.citation})"
        )


@dataclass(frozen=True, kw_only=True)
class AppointeeNamed(ResidencyFact):
    """It is known who of the office an appointee is."""

    named_before: str

    def sentence(self) -> str:
        return f"The clock of {self.named_before} is that of {self.party_name} of the office"


@dataclass(frozen=True, kw_only=True)
class ResidencyReminded(ResidencyFact):
    """So many days of the time to prove residency have passed."""

    noise: ClassVar[bool] = True

    step: int
    due_on: date

    def sentence(self) -> str:
        return (
            f"{self.step} days have passed since {self.party_name} was appointed; residency is "
            f"proved by {long_day(self.due_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class ResidencyRecheckDue(ResidencyFact):
    """Proof of residency is to be looked at again."""

    noise: ClassVar[bool] = True

    step: int
    recheck_on: date

    def sentence(self) -> str:
        return (
            f"The residency of {self.party_name} is looked at again by {long_day(self.recheck_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class ResidencyProved(ResidencyFact):
    """Somebody saw proof of residency."""

    kinds: tuple[str, ...]
    seen_on: date
    recheck_on: date

    def sentence(self) -> str:
        return (
            f"Proof of the residency of {self.party_name} was seen on {long_day(self.seen_on)}; "
            f"it is looked at again by {long_day(self.recheck_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class ResidencyDecided(ResidencyFact):
    """A person decided about an appointment whose residency was not proved in time."""

    outcome: str
    reason: str

    def sentence(self) -> str:
        what = "is forfeited" if self.outcome == "forfeited" else "stands"
        return (
            f"It was decided that the appointment of {self.party_name} {what}: "
            f"{quoted(self.reason)}"
        )


@dataclass(frozen=True, kw_only=True)
class ResidencyClockEnded(ResidencyFact):
    """Somebody left the office, and nothing is to be proved any more."""

    reason: str

    def sentence(self) -> str:
        return f"The residency clock of {self.party_name} was ended: {quoted(self.reason)}"


@dataclass(frozen=True, kw_only=True)
class ResidencyDisposed(ResidencyFact):
    """A records officer disposed of what was kept about proof of residency."""

    reason: str

    def sentence(self) -> str:
        return (
            f"What was kept about proof of the residency of {self.party_name} was disposed of: "
            f"{quoted(self.reason)}"
        )
