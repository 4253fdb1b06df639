"""What can happen to a referral: an ask to an agency.

These lines may be read by partners of the agency that was asked, from the day it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts.moves import MatterFact


@dataclass(frozen=True, kw_only=True)
class AskFact(MatterFact):
    """Something that happened to one ask."""

    audience: ClassVar[str] = "partner"

    ask_id: int
    party_id: int
    agency_code: str
    wording: str

    @property
    def thing(self) -> str:
        """The ask in its own words."""
        return quoted(self.wording)

    def about(self) -> tuple[Ref, ...]:
        return (
            Ref("ask", str(self.ask_id)),
            *super().about(),
            Ref("party", str(self.party_id)),
            Ref("agency", self.agency_code),
        )


@dataclass(frozen=True, kw_only=True)
class AskProposed(AskFact):
    """The office wrote an ask down, and has not sent it yet."""

    audience: ClassVar[str] = "internal"

    due_on: date
    authority: str

    def sentence(self) -> str:
        return f"An ask to {self.agency_code} was written: {self.thing} by {long_day(self.due_on)}"


@dataclass(frozen=True, kw_only=True)
class AskRequested(AskFact):
    """An agency was asked for one thing by one date."""

    due_on: date
    again: bool
    reason: str

    def sentence(self) -> str:
        word = "asked again" if self.again else "asked"
        why = f" ({self.reason})" if self.reason else ""
        return f"{self.agency_code} was {word} for {self.thing} by {long_day(self.due_on)}{why}"


@dataclass(frozen=True, kw_only=True)
class AskAccepted(AskFact):
    """An agency promised a date."""

    promised_on: date
    due_on: date
    text: str

    def sentence(self) -> str:
        more = f": {self.text}" if self.text else ""
        return f"{self.agency_code} promised {self.thing} for {long_day(self.promised_on)}{more}"


@dataclass(frozen=True, kw_only=True)
class AskDeclined(AskFact):
    """An agency said no, with a reason."""

    code: str
    label: str
    text: str

    def sentence(self) -> str:
        if self.code == "other":
            return f"{self.agency_code} declined {self.thing}: {self.text}"
        more = f" ({self.text})" if self.text else ""
        return f"{self.agency_code} declined {self.thing}: {self.label}{more}"


@dataclass(frozen=True, kw_only=True)
class AskCountered(AskFact):
    """An agency offered another date."""

    counter_on: date
    due_on: date
    text: str

    def sentence(self) -> str:
        more = f": {self.text}" if self.text else ""
        return (
            f"{self.agency_code} offered {long_day(self.counter_on)} for {self.thing} "
            f"instead of {long_day(self.due_on)}{more}"
        )


@dataclass(frozen=True, kw_only=True)
class CounterAgreed(AskFact):
    """The office took the date that the agency had offered."""

    promised_on: date

    def sentence(self) -> str:
        return (
            f"The office agreed to {long_day(self.promised_on)}, "
            f"the date {self.agency_code} offered for {self.thing}"
        )


@dataclass(frozen=True, kw_only=True)
class PromiseMoved(AskFact):
    """An agency moved its promise; the first date is kept."""

    moved_from: date
    promised_on: date
    first_promised_on: date
    reason: str

    def sentence(self) -> str:
        return (
            f"{self.agency_code} moved its promise of {self.thing} from "
            f"{long_day(self.moved_from)} to {long_day(self.promised_on)}: {self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class AskDone(AskFact):
    """An agency says that it did what was asked; nobody of ours has looked yet."""

    disposition: str
    label: str
    text: str

    def sentence(self) -> str:
        more = f" ({self.text})" if self.text else ""
        return f"{self.agency_code} says {self.thing} is done: {self.label}{more}"


@dataclass(frozen=True, kw_only=True)
class AskReworded(AskFact):
    """The office asks for the same thing in other words, or by another day.

    ``stands_on`` is the day that the agency had promised, and still does.
    """

    due_on: date
    former_wording: str
    former_due_on: date
    stands_on: date | None
    reason: str

    def sentence(self) -> str:
        said = [f"{self.agency_code} is now asked for {self.thing}"]
        if self.wording != self.former_wording:
            said.append(f"instead of {quoted(self.former_wording)}")
        if self.due_on != self.former_due_on:
            said.append(f"by {long_day(self.due_on)} instead of {long_day(self.former_due_on)}")
        stands = f". Its promise for {long_day(self.stands_on)} stands" if self.stands_on else ""
        return f"{' '.join(said)} ({self.reason}){stands}"


@dataclass(frozen=True, kw_only=True)
class AskWithdrawn(AskFact):
    """The office no longer asks for this."""

    reason: str

    def sentence(self) -> str:
        return f"The office withdrew {self.thing} from {self.agency_code}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ProposedAskWithdrawn(AskFact):
    """The office dropped an ask that the agency had never received."""

    audience: ClassVar[str] = "internal"

    reason: str

    def sentence(self) -> str:
        return f"The ask {self.thing} was dropped before {self.agency_code} got it: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class RungClimbed(AskFact):
    """An agency was silent for so long that the next step was taken."""

    audience: ClassVar[str] = "internal"

    rung: int
    silent_since: date
    broken: bool

    @property
    def silence(self) -> str:
        """What the agency owes, in words."""
        if self.broken:
            return f"{self.thing} was promised for {long_day(self.silent_since)}"
        return f"{self.thing} has had no answer since {long_day(self.silent_since)}"


@dataclass(frozen=True, kw_only=True)
class AskReminded(RungClimbed):
    """An agency was reminded of what it was asked or had promised."""

    audience: ClassVar[str] = "partner"

    def sentence(self) -> str:
        return f"{self.agency_code} was reminded: {self.silence}"


@dataclass(frozen=True, kw_only=True)
class CallWanted(RungClimbed):
    """A silent agency has to be called by the liaison."""

    def sentence(self) -> str:
        return f"{self.agency_code} has to be called: {self.silence}"


@dataclass(frozen=True, kw_only=True)
class DirectorTold(RungClimbed):
    """The director was told of a silent agency."""

    def sentence(self) -> str:
        return f"The director was told of {self.agency_code}: {self.silence}"


@dataclass(frozen=True, kw_only=True)
class AgencyHeadTold(RungClimbed):
    """The head of a silent agency was written to."""

    audience: ClassVar[str] = "partner"

    def sentence(self) -> str:
        return f"The head of {self.agency_code} was written to: {self.silence}"


RUNGS: Mapping[str, type[RungClimbed]] = {
    "reminder": AskReminded,
    "call": CallWanted,
    "director": DirectorTold,
    "agency_head": AgencyHeadTold,
}
