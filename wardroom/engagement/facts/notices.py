"""What can happen to a notice that an agency owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class NoticeFact(MatterFact):
    """Something that happened to a notice owed, told on the agency and on each ANC as well."""

    agency_id: int
    agency_code: str
    ancs: tuple[str, ...]

    def about(self) -> tuple[Ref, ...]:
        ancs = tuple(Ref("anc", code) for code in self.ancs)
        return (*super().about(), Ref("party", str(self.agency_id)), *ancs)

    @property
    def whose(self) -> str:
        return ", ".join(f"ANC {code}" for code in self.ancs) or "the ANCs"


@dataclass(frozen=True, kw_only=True)
class NoticeExpected(NoticeFact):
    """An agency plans something of which ANCs are to be told before."""

    deed: str
    decide_on: date
    send_by_on: date

    def sentence(self) -> str:
        return (
            f"{self.agency_code} owes {self.whose} notice: {self.deed}. It plans to decide on"
            f" {long_day(self.decide_on)}; notice by {long_day(self.send_by_on)} is in time"
        )


@dataclass(frozen=True, kw_only=True)
class NoticeSeen(NoticeFact):
    """A notice was seen: when it went out, how, and to whom."""

    sent_on: date
    medium: str
    sent_to: str
    earliest_on: date

    def words(self) -> str:
        return self.sent_to

    def sentence(self) -> str:
        return (
            f"{self.agency_code} gave notice on {long_day(self.sent_on)} ({self.medium}) to"
            f" {self.sent_to}. It may decide from {long_day(self.earliest_on)} on"
        )


@dataclass(frozen=True, kw_only=True)
class NoticeSaid(NoticeFact):
    """An agency says that it gave notice; nobody has seen it yet."""

    sent_on: date
    medium: str
    sent_to: str

    def words(self) -> str:
        return self.sent_to

    def sentence(self) -> str:
        return (
            f"{self.agency_code} says that it gave notice on {long_day(self.sent_on)}"
            f" ({self.medium}) to {self.sent_to}; the office has not looked yet"
        )


@dataclass(frozen=True, kw_only=True)
class GoodCauseSaid(NoticeFact):
    """An agency says that it published good cause; nobody has seen it yet."""

    why: str

    def words(self) -> str:
        return self.why

    def sentence(self) -> str:
        return (
            f"{self.agency_code} says that it published good cause for less notice: {self.why};"
            " the office has not looked yet"
        )


@dataclass(frozen=True, kw_only=True)
class NoticeStruck(NoticeFact):
    """A notice or a good cause was not so, and counts no more."""

    what: str
    why: str

    def words(self) -> str:
        return self.why

    def sentence(self) -> str:
        return f"Struck, and counts no more: {self.what}. {self.why}"


@dataclass(frozen=True, kw_only=True)
class GoodCauseNoted(NoticeFact):
    """An agency published good cause for less notice, or an emergency."""

    why: str

    def words(self) -> str:
        return self.why

    def sentence(self) -> str:
        return f"{self.agency_code} published good cause for less notice: {self.why}"


@dataclass(frozen=True, kw_only=True)
class DecisionMoved(NoticeFact):
    """An agency plans to decide on another day."""

    former_on: date
    decide_on: date

    def sentence(self) -> str:
        return (
            f"{self.agency_code} plans to decide on {long_day(self.decide_on)}, not on"
            f" {long_day(self.former_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class NoticeQuestionAnswered(MatterFact):
    """Whether one of our own initiatives needs notice to ANCs, and why."""

    required: bool
    reason: str

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        needed = "is" if self.required else "is not"
        return f"Notice to ANCs {needed} required: {self.reason}"
