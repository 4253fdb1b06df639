"""What can happen to the time of people on other terms. Not all of the office reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted

CALLED = {"detail": "detail", "volunteer": "time as a volunteer", "fixed_term": "fixed term"}


@dataclass(frozen=True, kw_only=True)
class TermFact(Fact):
    """A fact about somebody's time here."""

    audience: ClassVar[str] = "staffing"

    term_id: int
    party_id: int
    party_name: str
    term_kind: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("term", str(self.term_id)), Ref("party", str(self.party_id)))

    @property
    def called(self) -> str:
        """What it is, with whose it is."""
        return f"{CALLED.get(self.term_kind, 'term')} of {self.party_name}"


@dataclass(frozen=True, kw_only=True)
class TermAgreed(TermFact):
    """Somebody comes for a time."""

    home: str
    memorandum: str
    since_on: date
    until_on: date
    checked: tuple[str, ...]
    reason: str = ""

    def sentence(self) -> str:
        home = f" from {self.home}" if self.home else ""
        return (
            f"The {self.called}{home} was agreed on, from {long_day(self.since_on)} to "
            f"{long_day(self.until_on)}" + (f": {quoted(self.reason)}" if self.reason else "")
        )


@dataclass(frozen=True, kw_only=True)
class TermExtended(TermFact):
    """Somebody stays longer than was agreed before, for a reason."""

    before_on: date
    until_on: date
    reason: str

    def sentence(self) -> str:
        return f"The {self.called} was extended to {long_day(self.until_on)}: {quoted(self.reason)}"


@dataclass(frozen=True, kw_only=True)
class TermShortened(TermFact):
    """Somebody leaves earlier than was agreed."""

    before_on: date
    until_on: date
    reason: str

    def sentence(self) -> str:
        return (
            f"The {self.called} ends earlier, on {long_day(self.until_on)}: {quoted(self.reason)}"
        )


@dataclass(frozen=True, kw_only=True)
class TermBecameEmployment(TermFact):
    """Somebody who was here for a time stays as an employee."""

    reason: str

    def sentence(self) -> str:
        return f"The {self.called} is over, and they stay as an employee: {quoted(self.reason)}"


@dataclass(frozen=True, kw_only=True)
class TermDisposed(TermFact):
    """A records officer disposed of what was kept about somebody's time here."""

    reason: str

    def sentence(self) -> str:
        return f"What was kept about the {self.called} was disposed of: {quoted(self.reason)}"


@dataclass(frozen=True, kw_only=True)
class TermEndsSoon(TermFact):
    """Somebody's time here ends in so many days: what is theirs has to go to others."""

    noise: ClassVar[bool] = True

    until_on: date
    step: int
    days_left: int

    def sentence(self) -> str:
        days = "day" if self.days_left == 1 else "days"
        return f"The {self.called} ends in {self.days_left} {days}, on {long_day(self.until_on)}"


@dataclass(frozen=True, kw_only=True)
class TermOver(TermFact):
    """Somebody's time here has ended by itself."""

    until_on: date

    def sentence(self) -> str:
        return f"The {self.called} ended on {long_day(self.until_on)}"
