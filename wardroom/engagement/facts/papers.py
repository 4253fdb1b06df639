"""What can happen to the papers of a commission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class PaperFact(MatterFact):
    """Something that happened to a paper of a commission, told on the commission as well."""

    anc_code: str
    commission_id: int | None

    def about(self) -> tuple[Ref, ...]:
        party = (Ref("party", str(self.commission_id)),) if self.commission_id is not None else ()
        return (*super().about(), Ref("anc", self.anc_code), *party)


@dataclass(frozen=True, kw_only=True)
class PaperReceived(PaperFact):
    """A proposal or a recommendation of a commission came in, with the vote that made it."""

    paper_kind: str
    received_on: date
    voted_on: date
    yes: int
    no: int
    abstained: int
    concerns: tuple[str, ...]

    def words(self) -> str:
        return " ".join((self.title, *self.concerns))

    def sentence(self) -> str:
        what = "proposal" if self.paper_kind == "anc_proposal" else "recommendation"
        many = f"{len(self.concerns)} {'concern' if len(self.concerns) == 1 else 'concerns'}"
        return (
            f"ANC {self.anc_code} sent a {what}, received {long_day(self.received_on)}: "
            f"{quoted(self.title)}. Voted {long_day(self.voted_on)}, {self.yes} to {self.no}, "
            f"{self.abstained} abstaining. It raises {many}"
        )


@dataclass(frozen=True, kw_only=True)
class ConcernAnswered(PaperFact):
    """The office found something on one concern of a paper; a later finding replaces it."""

    concern: str
    finding: str
    finding_label: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"On {quoted(self.concern)}: {self.finding_label}. {self.text}"


@dataclass(frozen=True, kw_only=True)
class PaperLetterSent(PaperFact):
    """A letter about a paper went to its commission."""

    letter: str
    letter_label: str
    sent_on: date
    copied_to: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        copied = f", with a copy to {self.copied_to}" if self.copied_to else ""
        return (
            f"{self.letter_label} sent to ANC {self.anc_code} on "
            f"{long_day(self.sent_on)}{copied}: {self.text}"
        )
