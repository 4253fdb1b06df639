"""What can happen while somebody hands their work over.

These lines stand on no ward's timeline and name no single thing: what moved says so itself,
where its ward and its seal decide who reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day


@dataclass(frozen=True, kw_only=True)
class HandoverFact(Fact):
    """Something that happened in one handover."""

    handover_id: int
    party_id: int
    party_name: str
    ward: str

    @property
    def work(self) -> str:
        """Whose work it is, and in which ward where it is one alone."""
        return f"{self.party_name}{f' in Ward {self.ward}' if self.ward else ''}"

    def about(self) -> tuple[Ref, ...]:
        return (Ref("handover", str(self.handover_id)), Ref("party", str(self.party_id)))


@dataclass(frozen=True, kw_only=True)
class HandoverStarted(HandoverFact):
    """It was said that somebody's work goes to others."""

    last_on: date
    things: int
    why: str

    def sentence(self) -> str:
        return (
            f"The work of {self.work} is being handed over, {_things(self.things)}; "
            f"the last day is {long_day(self.last_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class WorkLeftBehind(HandoverFact):
    """A role ended while there was work that nobody had taken over."""

    last_on: date
    left: str

    def sentence(self) -> str:
        return (
            f"The role of {self.party_name} ended on {long_day(self.last_on)} with {self.left}: "
            "the director chooses who takes that over"
        )


@dataclass(frozen=True, kw_only=True)
class HandoverCaughtUp(HandoverFact):
    """The list of a handover was brought up to date with the work itself."""

    noise: ClassVar[bool] = True

    found: int
    overtaken: int

    def sentence(self) -> str:
        return f"{_things(self.found)} came onto the list, {_things(self.overtaken)} fell off it"


@dataclass(frozen=True, kw_only=True)
class SuccessorFact(HandoverFact):
    """Something between a handover and one who is to take from it."""

    successor_id: int
    successor_name: str
    things: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.successor_id)))


@dataclass(frozen=True, kw_only=True)
class SuccessorChosen(SuccessorFact):
    """Somebody was asked to take things over."""

    def sentence(self) -> str:
        return f"{self.successor_name} is to take over {_things(self.things)} from {self.work}"


@dataclass(frozen=True, kw_only=True)
class ItemsAccepted(SuccessorFact):
    """Things became a successor's; by the operator where nobody was asked."""

    by_operator: bool

    def sentence(self) -> str:
        if self.by_operator:
            return (
                f"The operator gave {_things(self.things)} of {self.work} to {self.successor_name}"
            )
        return f"{self.successor_name} took over {_things(self.things)} from {self.work}"


@dataclass(frozen=True, kw_only=True)
class ItemsSentBack(SuccessorFact):
    """Somebody did not take what was to be theirs."""

    reason: str

    def sentence(self) -> str:
        return (
            f"{self.successor_name} sent back {_things(self.things)} of {self.work}: {self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class HandoverNoteWritten(HandoverFact):
    """What a successor needs to know was written down, or written anew."""

    noise: ClassVar[bool] = True

    subject: str
    former: str

    def sentence(self) -> str:
        return f"A note for the successor was written: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class HandoverFinished(HandoverFact):
    """Everything of somebody's is with others."""

    last_on: date
    only_left: bool = False

    def sentence(self) -> str:
        if self.only_left:
            return f"What {self.work} left behind is handed over"
        return f"The work of {self.work} is handed over, and ends on {long_day(self.last_on)}"


@dataclass(frozen=True, kw_only=True)
class HandoverCalledOff(HandoverFact):
    """Somebody stays after all; what was accepted stays where it is."""

    reason: str

    def sentence(self) -> str:
        return f"The work of {self.work} is not handed over after all: {self.reason}"


def _things(number: int) -> str:
    return f"{number} thing{'s' * (number != 1)}"
