"""What can happen to a promise that was made in public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import MatterFact


def _by(due_on: date | None) -> str:
    return f", by {long_day(due_on)}" if due_on else ""


@dataclass(frozen=True, kw_only=True)
class CommitmentHeard(MatterFact):
    """Somebody wrote down a promise as it was heard; it waits for its confirmation."""

    wording: str
    maker_name: str
    made_to: str
    said_on: date
    where: str
    due_on: date | None
    agency_id: int | None

    def about(self) -> tuple[Ref, ...]:
        agency = (Ref("party", str(self.agency_id)),) if self.agency_id is not None else ()
        return (*super().about(), *agency)

    def words(self) -> str:
        return f"{self.wording} {self.where}"

    def sentence(self) -> str:
        where = f" at {self.where}" if self.where else ""
        return (
            f"Heard on {long_day(self.said_on)}{where}: {self.maker_name} promised "
            f"{self.made_to}: {quoted(self.wording)}{_by(self.due_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class CommitmentConfirmed(MatterFact):
    """It was really promised, in these words."""

    wording: str
    due_on: date | None

    def sentence(self) -> str:
        return f"Confirmed: {quoted(self.wording)}{_by(self.due_on)}"


@dataclass(frozen=True, kw_only=True)
class CommitmentPublished(MatterFact):
    """The director let the public read of a promise, in words that were written for it."""

    public_text: str

    def words(self) -> str:
        return self.public_text

    def sentence(self) -> str:
        return f"Told to the public: {quoted(self.public_text)}"


@dataclass(frozen=True, kw_only=True)
class CommitmentWithdrawn(MatterFact):
    """The public reads no more of a promise than it read before."""

    public_text: str

    def sentence(self) -> str:
        return f"Taken out of the news for the public: {quoted(self.public_text)}"


@dataclass(frozen=True, kw_only=True)
class CommitmentBegun(MatterFact):
    """Work on a promise began."""

    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Under way: {self.text}"


@dataclass(frozen=True, kw_only=True)
class CommitmentChanged(MatterFact):
    """A promise got other words or another day, and somebody was told."""

    former: str
    former_due_on: date | None
    wording: str
    due_on: date | None
    why: str
    told: str

    def words(self) -> str:
        return f"{self.wording} {self.why}"

    def sentence(self) -> str:
        return (
            f"Changed from {quoted(self.former)}{_by(self.former_due_on)} to "
            f"{quoted(self.wording)}{_by(self.due_on)}. Why: {self.why}. Told: {self.told}"
        )


@dataclass(frozen=True, kw_only=True)
class CommitmentProgressed(MatterFact):
    """Something was heard or seen of a promise that is not yet kept."""

    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Where it stands: {self.text}"


@dataclass(frozen=True, kw_only=True)
class CommitmentKept(MatterFact):
    """A promise was kept, with what shows it and who was told."""

    evidence: str
    told: str

    def words(self) -> str:
        return self.evidence

    def sentence(self) -> str:
        return f"Kept: {self.evidence}. Told: {self.told}"


@dataclass(frozen=True, kw_only=True)
class CommitmentNotKept(MatterFact):
    """A promise was not kept, with the reason and who was told."""

    why: str
    told: str

    def words(self) -> str:
        return self.why

    def sentence(self) -> str:
        return f"Not kept: {self.why}. Told: {self.told}"
