"""What can happen to an issue and to the complaints that make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Ref
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class ComplaintFact(MatterFact):
    """Something that happened to one person's complaint, told on their page too."""

    complaint_id: int
    party_id: int | None
    reporter: str

    def about(self) -> tuple[Ref, ...]:
        own = [Ref("complaint", str(self.complaint_id))]
        if self.party_id is not None:
            own.append(Ref("party", str(self.party_id)))
        return (*super().about(), *own)


@dataclass(frozen=True, kw_only=True)
class ComplaintTaken(ComplaintFact):
    """Somebody reported something, and it was taken in."""

    channel: str
    channel_label: str
    said: str
    received_at: datetime
    request_number: str
    topic_code: str
    joined: bool

    def about(self) -> tuple[Ref, ...]:
        topic = (Ref("topic", self.topic_code),) if self.topic_code else ()
        return (*super().about(), *topic)

    def words(self) -> str:
        return " ".join(word for word in (self.said, self.request_number) if word)

    def sentence(self) -> str:
        number = f", 311 number {self.request_number}" if self.request_number else ""
        how = f"{self.channel_label}{number}"
        also = " too" if self.joined else ""
        return f"{self.reporter} reported this{also} ({how}): {self.said}"


@dataclass(frozen=True, kw_only=True)
class ReporterTold(ComplaintFact):
    """Somebody who reported an issue was told what became of it."""

    how: str
    how_label: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"{self.reporter} was told {self.how_label}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class ComplaintMoved(ComplaintFact):
    """A complaint went to another issue, with the person who made it."""

    former_id: int
    former_title: str
    undone: bool

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.former_id)))

    def sentence(self) -> str:
        word = "came back from" if self.undone else "came over from"
        return f"The complaint of {self.reporter} {word} {self.former_title}"


@dataclass(frozen=True, kw_only=True)
class PersonWrittenTo(MatterFact):
    """Somebody of the office wrote an e-mail to somebody of a matter."""

    to_name: str
    to_address: str
    subject: str
    text: str

    def words(self) -> str:
        return f"{self.subject} {self.text}"

    def sentence(self) -> str:
        return f"Wrote to {self.to_name}: {self.subject}"
