"""What can happen to guidelines, groups' plans, help for groups, and reviews of programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.engagement.facts.groups import GroupFact
from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


@dataclass(frozen=True, kw_only=True)
class GuidelineIssued(Fact):
    """A guideline was issued, or changed into another version."""

    guideline_id: int
    title: str
    version: int
    why: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("guideline", str(self.guideline_id)), Ref("ward", CITY_WIDE))

    def sentence(self) -> str:
        why = f": {self.why}" if self.why else ""
        return f"Issued version {self.version} of {quoted(self.title)}{why}"


@dataclass(frozen=True, kw_only=True)
class GuidelineAccepted(GroupFact):
    """A group accepted one version of a guideline."""

    guideline_id: int
    title: str
    version: int
    accepted_on: date
    accepted_by: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("guideline", str(self.guideline_id)))

    def sentence(self) -> str:
        return (
            f"{self.party_name} accepted version {self.version} of {quoted(self.title)} on "
            f"{long_day(self.accepted_on)}; {self.accepted_by} said so"
        )


@dataclass(frozen=True, kw_only=True)
class PlanFact(MatterFact):
    """A fact about a group's plan, told on the group too."""

    group_party_id: int

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("party", str(self.group_party_id)))


@dataclass(frozen=True, kw_only=True)
class PlanSubmitted(PlanFact):
    """A group submitted a plan, or submitted it again with other words."""

    version: int
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Submitted, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class PlanApproved(PlanFact):
    """The director approved a group's plan, and said when it is looked at."""

    version: int
    words_said: str
    look_on: tuple[date, ...]

    def sentence(self) -> str:
        days = ", ".join(long_day(day) for day in self.look_on)
        said = f" {self.words_said}." if self.words_said else ""
        return f"Approved, version {self.version}.{said} Looked at on {days}"


@dataclass(frozen=True, kw_only=True)
class PlanReturned(PlanFact):
    """The director returned a group's plan, and said what has to change."""

    version: int
    words_said: str

    def sentence(self) -> str:
        return f"Returned, version {self.version}: {self.words_said}"


@dataclass(frozen=True, kw_only=True)
class PlanLookedAt(PlanFact):
    """Somebody looked at how an approved plan goes."""

    due_on: date
    finding: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Looked at the plan: {self.finding.lower()}. {self.text}"


@dataclass(frozen=True, kw_only=True)
class AssistanceOpened(MatterFact):
    """The office took on to help a group, or both sides of a dispute."""

    kind_label: str
    for_whom: str
    goal: str
    party_id: int | None

    def about(self) -> tuple[Ref, ...]:
        party = (Ref("party", str(self.party_id)),) if self.party_id is not None else ()
        return (*super().about(), *party)

    def words(self) -> str:
        return self.goal

    def sentence(self) -> str:
        return f"{self.kind_label} for {self.for_whom}: {self.goal}"


@dataclass(frozen=True, kw_only=True)
class GiftApproved(MatterFact):
    """Somebody who may approve a donation in kind did so."""

    approval: str

    def sentence(self) -> str:
        return f"The gift was approved: {self.approval}"


@dataclass(frozen=True, kw_only=True)
class AssistanceLineAdded(MatterFact):
    """A need, or something to hand over, was written down."""

    line_kind: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"{self.line_kind}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class AssistanceLineDone(MatterFact):
    """A need was met, or something was handed over, with what shows it."""

    text: str
    done_words: str

    def sentence(self) -> str:
        return f"Done: {self.text}. {self.done_words}"


@dataclass(frozen=True, kw_only=True)
class ReviewFact(Fact):
    """A fact about one review of a program, told in its ward."""

    review_id: int
    program: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("review", str(self.review_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class ReviewNoted(ReviewFact):
    """A review of a program with community groups was written down."""

    held_on: date
    invited_by: str
    groups: tuple[str, ...]

    def sentence(self) -> str:
        return (
            f"{self.invited_by} invited {', '.join(self.groups)} to review "
            f"{quoted(self.program)} on {long_day(self.held_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class VoiceHeard(ReviewFact):
    """Whether a group came to a review, and what it said, was written down."""

    name: str
    came: bool
    said: str

    def words(self) -> str:
        return self.said

    def sentence(self) -> str:
        came = "came" if self.came else "did not come"
        said = f" and said: {self.said}" if self.said else ""
        return f"{self.name} {came}{said}"


@dataclass(frozen=True, kw_only=True)
class VoiceAnswered(ReviewFact):
    """What became of what a group said in a review, and why."""

    name: str
    disposition: str
    reason: str

    def sentence(self) -> str:
        return f"What {self.name} said: {self.disposition.lower()}. {self.reason}"
