"""What can happen to matters and asks.

Lines about an ask may be read by partners of the agency that was asked, from the day it is
asked; lines about the matter itself stay inside the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted

CITY_WIDE = "city"


@dataclass(frozen=True, kw_only=True)
class MatterFact(Fact):
    """Something that happened to a matter, told at its place and in its ward."""

    matter_id: int
    title: str
    place_id: int | None
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("matter", str(self.matter_id)), Ref("ward", self.ward_code or CITY_WIDE)]
        if self.place_id is not None:
            refs.append(Ref("place", str(self.place_id)))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class MatterOpened(MatterFact):
    """The office took something on."""

    matter_kind: str
    owner_id: int
    owner_name: str
    next_on: date
    next_step: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.owner_id)))

    def sentence(self) -> str:
        step = f": {self.next_step}" if self.next_step else ""
        return (
            f"{self.title} was opened. {self.owner_name} owns it; "
            f"next on {long_day(self.next_on)}{step}"
        )


@dataclass(frozen=True, kw_only=True)
class NextStepSet(MatterFact):
    """An open matter got another next date."""

    next_on: date
    next_step: str

    def sentence(self) -> str:
        step = f": {self.next_step}" if self.next_step else ""
        return f"Next on {long_day(self.next_on)}{step}"


@dataclass(frozen=True, kw_only=True)
class MatterHandedOver(MatterFact):
    """An open matter got another owner."""

    former_id: int
    former_name: str
    owner_id: int
    owner_name: str

    def about(self) -> tuple[Ref, ...]:
        parties = (Ref("party", str(self.former_id)), Ref("party", str(self.owner_id)))
        return (*super().about(), *parties)

    def sentence(self) -> str:
        return f"{self.former_name} handed {self.title} over to {self.owner_name}"


@dataclass(frozen=True, kw_only=True)
class MatterClosed(MatterFact):
    """A matter got its outcome."""

    outcome: str
    outcome_label: str
    text: str

    def sentence(self) -> str:
        why = f" ({self.text})" if self.text else ""
        return f"{self.title} was closed: {self.outcome_label}{why}"


@dataclass(frozen=True, kw_only=True)
class MatterReopened(MatterFact):
    """A closed matter was taken up again."""

    reason: str
    next_on: date
    next_step: str = ""
    former_outcome: str

    def sentence(self) -> str:
        return f"{self.title} was opened again: {self.reason}. Next on {long_day(self.next_on)}"


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
