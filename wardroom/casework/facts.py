"""What can happen to an issue and to the complaints that make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


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
    own_language: str = ""

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        too = ", in their language too" if self.own_language else ""
        return f"{self.reporter} was told {self.how_label}{too}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class TellingTakenBack(ComplaintFact):
    """What somebody was to be told was taken back before it went out; with a reason, by itself."""

    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"What {self.reporter} was to be told was taken back before it went out{why}"


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
class ReportFact(Fact):
    """Something that happened to a report from outside, without a word of who sent it."""

    report_id: int
    topic_code: str
    topic_name: str
    channel: str
    channel_label: str
    ward_code: str
    matter_id: int | None = None

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("report", str(self.report_id)), Ref("ward", self.ward_code or CITY_WIDE)]
        if self.matter_id is not None:
            refs.append(Ref("matter", str(self.matter_id)))
        return tuple(refs)


@dataclass(frozen=True, kw_only=True)
class ReportReceived(ReportFact):
    """Somebody outside sent a report."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"A report came in ({self.channel_label}): {self.topic_name}"


@dataclass(frozen=True, kw_only=True)
class ReportLeftWaiting(ReportFact):
    """A report of a topic that takes its time is left to the worker."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"A report waits to be taken in ({self.channel_label}): {self.topic_name}"


@dataclass(frozen=True, kw_only=True)
class ReportRepeated(ReportFact):
    """The same report was sent again soon after, and counts once."""

    noise: ClassVar[bool] = True

    def sentence(self) -> str:
        return f"The same report was sent again ({self.channel_label}): {self.topic_name}"


@dataclass(frozen=True, kw_only=True)
class IssueCorrected(MatterFact):
    """Somebody corrected what an issue says of itself, field by field."""

    def about(self) -> tuple[Ref, ...]:
        """Where the ward changed, the line stays with the ward that it left, too."""
        left = [c.before for c in self.changes if c.field == "ward" and c.before]
        return (*super().about(), *(Ref("ward", code) for code in left))

    def words(self) -> str:
        return " ".join(change.after for change in self.changes)

    def sentence(self) -> str:
        told = (f"{c.label} was {_said(c.before)}, is {_said(c.after)}" for c in self.changes)
        return f"Corrected: {'; '.join(told)}"


@dataclass(frozen=True, kw_only=True)
class SplitUndone(MatterFact):
    """An issue that had been split off went back to the one it came from."""

    other_id: int
    other_title: str
    reason: str

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("matter", str(self.other_id)))

    def sentence(self) -> str:
        return f"{self.title} went back to {self.other_title}: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class BatchFact(Fact):
    """Something that happened to a batch: one change made to many issues at once."""

    batch_id: int
    said: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("batch", str(self.batch_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class BatchPrepared(BatchFact):
    """Somebody chose issues, and what is to be done with each of them."""

    noise: ClassVar[bool] = True

    rows: int

    def sentence(self) -> str:
        return f"Prepared for {_issues(self.rows)}: {self.said}"


@dataclass(frozen=True, kw_only=True)
class BatchWentOn(BatchFact):
    """Some rows of a batch were tried, done or undone."""

    noise: ClassVar[bool] = True

    state: str
    rows: int
    left: int

    def sentence(self) -> str:
        return f"{self.said}: {_issues(self.rows)} more, {self.left} left"


@dataclass(frozen=True, kw_only=True)
class BatchLeftToWorker(BatchFact):
    """A batch is long, so the worker goes on with it."""

    noise: ClassVar[bool] = True

    left: int

    def sentence(self) -> str:
        return f"{self.said}: {_issues(self.left)} left to the worker"


@dataclass(frozen=True, kw_only=True)
class BatchDone(BatchFact):
    """One change was made to many issues."""

    done: int
    left_out: int

    def sentence(self) -> str:
        out = f"; {self.left_out} left out" if self.left_out else ""
        return f"Done with {_issues(self.done)}: {self.said}{out}"


@dataclass(frozen=True, kw_only=True)
class BatchUndone(BatchFact):
    """A change that was made to many issues was taken back."""

    undone: int
    kept: int

    def sentence(self) -> str:
        kept = f"; {self.kept} kept, changed since" if self.kept else ""
        return f"Taken back on {_issues(self.undone)}: {self.said}{kept}"


def _issues(number: int) -> str:
    return f"{number} issue{'s' * (number != 1)}"


def _said(words: str) -> str:
    return quoted(words) if words else "empty"


@dataclass(frozen=True, kw_only=True)
class SuccessorIntroduced(MatterFact):
    """Somebody who complained is told who looks after it now; one note for all their issues."""

    reporter_id: int
    reporter: str
    handover_id: int
    former_name: str
    successor_name: str
    matter_ids: tuple[int, ...]
    complaint_ids: tuple[int, ...]
    thread_matter: int

    def about(self) -> tuple[Ref, ...]:
        others = tuple(Ref("matter", str(pk)) for pk in self.matter_ids if pk != self.matter_id)
        own = (Ref("handover", str(self.handover_id)), Ref("party", str(self.reporter_id)))
        return (*super().about(), *others, *own)

    def sentence(self) -> str:
        return (
            f"{self.reporter} is told that {self.successor_name} takes over from {self.former_name}"
        )


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


@dataclass(frozen=True, kw_only=True)
class ReporterAsked(ComplaintFact):
    """Somebody who sent a report is asked something about it."""

    question_id: int
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"Asked {self.reporter}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class ReporterAnswered(ComplaintFact):
    """Somebody who sent a report answered what they were asked."""

    question_id: int
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return f"{self.reporter} answered: {self.text}"


@dataclass(frozen=True, kw_only=True)
class StillThere(ComplaintFact):
    """Somebody who sent a report says that the trouble is still there."""

    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        said = f": {self.text}" if self.text else ""
        return f"{self.reporter} says that it is still there{said}"


@dataclass(frozen=True, kw_only=True)
class OutcomeRated(ComplaintFact):
    """Somebody who sent a report says whether it was solved."""

    rating: str
    rating_label: str
    text: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        said = f": {self.text}" if self.text else ""
        return f"{self.reporter} says that it is {self.rating_label}{said}"


@dataclass(frozen=True, kw_only=True)
class KeptApart(MatterFact):
    """Somebody looked, and an issue is another trouble than the one that was suggested."""

    def sentence(self) -> str:
        return "Another trouble than the open issue near by: kept apart"


@dataclass(frozen=True, kw_only=True)
class WordsRead(MatterFact):
    """Somebody of the office read what whoever reported an issue says."""

    def sentence(self) -> str:
        return "Read what was said by whoever reported it"


@dataclass(frozen=True, kw_only=True)
class LinksWanted(Fact):
    """Somebody asked for the links to the reports of an address, which may have none."""

    noise: ClassVar[bool] = True

    link_ids: tuple[int, ...]

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)

    def sentence(self) -> str:
        number = len(self.link_ids)
        return f"Somebody asked for the links to their reports: {number} found"


@dataclass(frozen=True, kw_only=True)
class TopicsLearned(Fact):
    """It was learned anew which words tell of which topic."""

    lesson_id: int
    sample: int
    named: int
    right: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref("ward", CITY_WIDE),)

    def sentence(self) -> str:
        return (
            f"Learned from {self.sample} reports which words tell of which topic: {self.right} of"
            f" {self.named} suggestions were right"
        )
