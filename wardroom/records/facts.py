"""What can happen to a request for records. Lines stay for ever, so none says who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day
from wardroom.records.rules import CHANNELS, DECISIONS, NOUN, OUTCOMES


@dataclass(frozen=True, kw_only=True)
class RequestFact(Fact):
    """A fact about a request for records."""

    request: int

    def about(self) -> tuple[Ref, ...]:
        return (Ref(NOUN, str(self.request)),)


@dataclass(frozen=True, kw_only=True)
class RecordsAsked(RequestFact):
    """Somebody asked for records; the clock of the law began."""

    channel: str
    received_on: date
    due_on: date

    def sentence(self) -> str:
        how = CHANNELS.get(self.channel, self.channel).lower()
        return (
            f"Records request {self.request} came {how} on {long_day(self.received_on)}; "
            f"the answer is due on {long_day(self.due_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class RecordsSearched(RequestFact):
    """The records were searched for what a request asks."""

    search: int
    found: int
    new: int

    def sentence(self) -> str:
        return (
            f"Records request {self.request}: a search found {self.found}, {self.new} of them new"
        )


@dataclass(frozen=True, kw_only=True)
class RecordDecided(RequestFact):
    """It was decided what becomes of records that were found."""

    records: int
    decision: str
    code: str = ""

    def sentence(self) -> str:
        ground = f" under {self.code}" if self.code else ""
        many = "1 record" if self.records == 1 else f"{self.records} records"
        what = DECISIONS.get(self.decision, self.decision).lower()
        return f"Records request {self.request}: {many}: {what}{ground}"


@dataclass(frozen=True, kw_only=True)
class RecordRedacted(RequestFact):
    """Parts of records were taken out, on a ground of the law."""

    places: int
    code: str

    def sentence(self) -> str:
        many = "1 place was" if self.places == 1 else f"{self.places} places were"
        return f"Records request {self.request}: {many} taken out under {self.code}"


@dataclass(frozen=True, kw_only=True)
class RedactionDropped(RequestFact):
    """A part that was taken out was put back before the release."""

    redaction: int

    def sentence(self) -> str:
        return f"Records request {self.request}: a part that was taken out was put back"


@dataclass(frozen=True, kw_only=True)
class RequestExtended(RequestFact):
    """The answer takes longer, for a reason that whoever asked is told in writing."""

    reason: str
    due_on: date

    def sentence(self) -> str:
        return (
            f"Records request {self.request} takes longer, until {long_day(self.due_on)}: "
            f"{self.reason}"
        )


@dataclass(frozen=True, kw_only=True)
class RecordsReleased(RequestFact):
    """A request was answered; what goes out is fixed from now on."""

    release: int
    outcome: str
    given: int
    cut: int
    kept_back: int

    def sentence(self) -> str:
        what = OUTCOMES.get(self.outcome, self.outcome).lower()
        return (
            f"Records request {self.request} was answered: {what}; "
            f"{self.given} given out, {self.cut} of them in part, {self.kept_back} kept back"
        )


@dataclass(frozen=True, kw_only=True)
class ReleaseFiled(RequestFact):
    """The release is made and on file, with the fingerprint of all of it."""

    release: int
    digest: str

    def sentence(self) -> str:
        return f"The release of records request {self.request} is on file ({self.digest[:12]})"


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(RequestFact):
    """Whoever asked no longer wants the records."""

    def sentence(self) -> str:
        return f"Records request {self.request} was withdrawn"


@dataclass(frozen=True, kw_only=True)
class AnswerAppealed(RequestFact):
    """Whoever asked appealed to the Mayor; the clock of the appeal began."""

    appealed_on: date
    due_on: date

    def sentence(self) -> str:
        return (
            f"The answer to records request {self.request} was appealed on "
            f"{long_day(self.appealed_on)}; the decision is due on {long_day(self.due_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class AppealDecided(RequestFact):
    """An appeal was decided: the answer stands, or the request is open again."""

    upheld: bool
    due_on: date | None = None

    def sentence(self) -> str:
        if self.upheld or self.due_on is None:
            return f"The answer to records request {self.request} stands after an appeal"
        return (
            f"Records request {self.request} is open again after an appeal, until "
            f"{long_day(self.due_on)}"
        )
