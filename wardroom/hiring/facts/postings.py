"""What can happen to a posting. That one exists is no secret; who applied stands in none.

Lines stay for ever, so none gives a reason, which may name who applied: the hiring keeps it.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import day_in, long_day, quoted


@dataclass(frozen=True, kw_only=True)
class PostingFact(Fact):
    """A fact about a posting."""

    posting: int
    title: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("posting", str(self.posting)),)


@dataclass(frozen=True, kw_only=True)
class DraftFact(PostingFact):
    """A fact about a draft, a panel, or what must be kept: for the people of the hiring alone."""

    def about(self) -> tuple[Ref, ...]:
        return (Ref("hiring", str(self.posting)),)


@dataclass(frozen=True, kw_only=True)
class PostingDrafted(DraftFact):
    """A director began to write a posting."""

    def sentence(self) -> str:
        return f"Posting {quoted(self.title)} was begun"


@dataclass(frozen=True, kw_only=True)
class PostingRewritten(DraftFact):
    """The words of a posting were changed before anybody applied."""

    def sentence(self) -> str:
        return f"Posting {quoted(self.title)} was written anew"


@dataclass(frozen=True, kw_only=True)
class PostingQuestionSet(DraftFact):
    """A question was put to a posting, or taken off it, before anybody applied."""

    question: int
    wording: str
    asked_of: str
    taken_off: bool = False

    def sentence(self) -> str:
        done = "taken off" if self.taken_off else "added"
        return f"PostingQuestion {done} ({self.asked_of}): {self.wording}"


@dataclass(frozen=True, kw_only=True)
class PanelMemberSet(DraftFact):
    """Somebody sits on the panel of a posting from now on, or no longer."""

    user: int
    member_name: str
    left: bool = False

    def sentence(self) -> str:
        done = "left" if self.left else "sits on"
        return f"{self.member_name} {done} the panel of {quoted(self.title)}"


@dataclass(frozen=True, kw_only=True)
class PostingHandedOver(DraftFact):
    """Another director keeps a posting."""

    keeper_name: str

    def sentence(self) -> str:
        return f"{self.keeper_name} keeps {quoted(self.title)} from now on"


@dataclass(frozen=True, kw_only=True)
class PostingPublished(PostingFact):
    """A posting stands on the public pages."""

    opens: str
    closes: str
    again: bool = False

    def sentence(self) -> str:
        until = f"until {self.closes}" if self.closes else "until filled"
        return f"Posting {quoted(self.title)} is open from {self.opens} {until}"


@dataclass(frozen=True, kw_only=True)
class PostingEnded(PostingFact):
    """A posting takes no more applications: closed, filled or withdrawn."""

    state_label: str

    def sentence(self) -> str:
        return f"Posting {quoted(self.title)}: {self.state_label.lower()}"


@dataclass(frozen=True, kw_only=True)
class LastDayMoved(PostingFact):
    """A posting takes applications until another day, or until it is filled."""

    closes: str

    def sentence(self) -> str:
        until = f"until {self.closes}" if self.closes else "until filled"
        return f"Posting {quoted(self.title)} is open {until}: its last day was moved"


@dataclass(frozen=True, kw_only=True)
class HiringHeld(DraftFact):
    """What was sent to a posting must be kept for now, or need not any longer."""

    lifted: bool = False

    def sentence(self) -> str:
        done = "may be disposed of again" if self.lifted else "must be kept"
        return f"What was sent to {quoted(self.title)} {done}"


@dataclass(frozen=True, kw_only=True)
class HiringDue(PostingFact):
    """The months are over for which what was sent to a posting is kept."""

    noise = True

    def sentence(self) -> str:
        return f"What was sent to {quoted(self.title)} was kept its months"


@dataclass(frozen=True, kw_only=True)
class HiringDisposed(PostingFact):
    """What applicants sent and what the panel wrote was removed; the counts stay."""

    applications: int
    files: int

    def sentence(self) -> str:
        return (
            f"What was sent to {quoted(self.title)} was removed: {self.applications} applications,"
            f" {self.files} files"
        )


@dataclass(frozen=True, kw_only=True)
class ApplicantAppointed(PostingFact):
    """Somebody was appointed, on this day (as 2026-12-14). Appointments are public."""

    appointee: str
    office_name: str
    grade: str
    appointed_on: str
    lives_in_city: bool

    def sentence(self) -> str:
        first = day_in(self.appointed_on)
        words = long_day(first) if first is not None else self.appointed_on
        return f"{self.appointee} was appointed: {self.title}, from {words}"
