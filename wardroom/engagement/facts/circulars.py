"""What can happen to a letter to many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Fact, Ref


@dataclass(frozen=True, kw_only=True)
class CircularFact(Fact):
    """Something that happened to one letter to many."""

    circular: int
    subject: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("circular", str(self.circular)),)


@dataclass(frozen=True, kw_only=True)
class CircularWritten(CircularFact):
    """Somebody wrote a letter to many; it waits for the director."""

    for_whom: str

    def sentence(self) -> str:
        return f"Letter to many written, for {self.for_whom}: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularReworded(CircularFact):
    """The words of a letter were written anew, or put into another language."""

    language: str

    def sentence(self) -> str:
        return f"Letter to many worded anew ({self.language}): {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularApproved(CircularFact):
    """The director let it go out, half a minute from then."""

    copies: int
    goes_at: datetime

    def sentence(self) -> str:
        return f"Letter to {self.copies:,} approved: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularTakenBack(CircularFact):
    """It was taken back before any copy left."""

    def sentence(self) -> str:
        return f"Letter to many taken back before any copy left: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularOpened(CircularFact):
    """Its time came: it has one copy for each address."""

    copies: int

    def sentence(self) -> str:
        return f"Letter to many goes out to {self.copies:,} addresses: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CopiesQueued(CircularFact):
    """Some copies were put into the outbox, and some left out."""

    noise = True
    queued: int
    left_out: int

    def sentence(self) -> str:
        return f"{self.queued} copies put into the outbox, {self.left_out} left out: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularSent(CircularFact):
    """Every copy is in the outbox or left out with a reason."""

    queued: int
    left_out: int

    def sentence(self) -> str:
        return f"Letter to many sent to {self.queued:,}, {self.left_out:,} left out: {self.subject}"


@dataclass(frozen=True, kw_only=True)
class CircularStopped(CircularFact):
    """Somebody stopped a letter that was going out."""

    kept_back: int
    reason: str

    def sentence(self) -> str:
        return (
            f"Letter to many stopped, {self.kept_back:,} copies kept back: {self.subject} "
            f"({self.reason})"
        )


@dataclass(frozen=True, kw_only=True)
class CircularWithdrawn(CircularFact):
    """Somebody said that a draft is not wanted any more."""

    reason: str

    def sentence(self) -> str:
        return f"Draft of a letter to many withdrawn: {self.subject} ({self.reason})"
