"""What can happen to an event and to those who take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE

WAS = {"present": "was at", "alternate": "sent an alternate to", "absent": "was absent from"}


@dataclass(frozen=True, kw_only=True)
class EventFact(Fact):
    """A fact about one event, told in its ward and on the matter that it is about."""

    event_id: int
    event_kind: str
    title: str
    ward_code: str
    matter_id: int | None
    place_id: int | None

    def about(self) -> tuple[Ref, ...]:
        refs = [Ref("event", str(self.event_id)), Ref("ward", self.ward_code or CITY_WIDE)]
        if self.matter_id is not None:
            refs.append(Ref("matter", str(self.matter_id)))
        if self.place_id is not None:
            refs.append(Ref("place", str(self.place_id)))
        return tuple(refs)

    @property
    def name(self) -> str:
        """The event in its own words."""
        return quoted(self.title)


@dataclass(frozen=True, kw_only=True)
class EventPlanned(EventFact):
    """An event was put into the calendar; ``when`` is its start as people read it."""

    starts_at: datetime
    ends_at: datetime
    when: str

    def sentence(self) -> str:
        return f"Planned {self.name} for {self.when}"

    def words(self) -> str:
        return self.title


@dataclass(frozen=True, kw_only=True)
class EventMoved(EventFact):
    """An event has another time; the time before stays on record."""

    former_starts_at: datetime
    former_when: str
    starts_at: datetime
    ends_at: datetime
    when: str
    reason: str

    def sentence(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        return f"Moved {self.name} from {self.former_when} to {self.when}{why}"


@dataclass(frozen=True, kw_only=True)
class EventCancelled(EventFact):
    """An event does not take place; the calendar keeps it, with the reason."""

    starts_at: datetime
    when: str
    reason: str

    def sentence(self) -> str:
        return f"Canceled {self.name} of {self.when}: {self.reason}"

    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class EventHeld(EventFact):
    """An event took place."""

    starts_at: datetime
    when: str

    def sentence(self) -> str:
        return f"Held {self.name} of {self.when}"


@dataclass(frozen=True, kw_only=True)
class ParticipationFact(EventFact):
    """A fact about one who takes part: a party, or a name that nobody resolved yet."""

    participation_id: int
    party_id: int | None
    party_name: str
    agency_code: str

    def about(self) -> tuple[Ref, ...]:
        refs = super().about()
        return refs if self.party_id is None else (*refs, Ref("party", str(self.party_id)))

    @property
    def who(self) -> str:
        """Who it is, with the agency behind them."""
        agency = self.agency_code
        return self.party_name if not agency else f"{self.party_name} ({agency})"


@dataclass(frozen=True, kw_only=True)
class ParticipationAdded(ParticipationFact):
    """Somebody, or an agency, takes part in an event."""

    plain: ClassVar[frozenset[str]] = frozenset({"role"})

    role: str

    def sentence(self) -> str:
        return f"{self.who} takes part in {self.name}"


@dataclass(frozen=True, kw_only=True)
class AnswerNoted(ParticipationFact):
    """Somebody said whether they come."""

    answer: str

    def sentence(self) -> str:
        comes = "comes" if self.answer == "yes" else "does not come"
        return f"{self.who} {comes} to {self.name}"


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(ParticipationFact):
    """Who was there, and who was not."""

    attended: str

    def sentence(self) -> str:
        was = {
            "present": "was at",
            "alternate": "was the alternate at",
            "absent": "was absent from",
        }
        return f"{self.who} {was.get(self.attended, 'was noted at')} {self.name}"


@dataclass(frozen=True, kw_only=True)
class SeriesFact(Fact):
    """A fact about a meeting that comes back every week, told in its ward."""

    series_id: int
    event_kind: str
    title: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("series", str(self.series_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class SeriesBegun(SeriesFact):
    """A weekly meeting was planned; ``clock`` is its time on the wall clock."""

    first_on: date
    clock: str
    minutes: int

    def sentence(self) -> str:
        return (
            f"Planned {quoted(self.title)} every {self.first_on:%A} at {self.clock} from "
            f"{long_day(self.first_on)}"
        )


@dataclass(frozen=True, kw_only=True)
class SeriesPlannedAhead(SeriesFact):
    """More meetings of a series were put into the calendar; ``skipped`` are closed days."""

    meetings: int
    until_on: date
    skipped: tuple[str, ...]

    def sentence(self) -> str:
        many = "1 meeting" if self.meetings == 1 else f"{self.meetings} meetings"
        but = f", none on {'; '.join(self.skipped)}" if self.skipped else ""
        return f"Planned {many} of {quoted(self.title)} up to {long_day(self.until_on)}{but}"


@dataclass(frozen=True, kw_only=True)
class SeriesEnded(SeriesFact):
    """A weekly meeting does not come back any more."""

    ended_on: date
    meetings: int
    reason: str

    def sentence(self) -> str:
        many = "1 meeting" if self.meetings == 1 else f"{self.meetings} meetings"
        return (
            f"Ended {quoted(self.title)} on {long_day(self.ended_on)}, with {many} still "
            f"planned: {self.reason}"
        )

    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class AskAgreed(EventFact):
    """An ask was agreed aloud in a meeting, and somebody took it on there."""

    ask_id: int
    agency_code: str
    wording: str
    owner_name: str
    due_on: date

    def about(self) -> tuple[Ref, ...]:
        return (*super().about(), Ref("ask", str(self.ask_id)))

    def sentence(self) -> str:
        return (
            f"{self.owner_name} of {self.agency_code} took on {quoted(self.wording)} by "
            f"{long_day(self.due_on)} in {self.name}"
        )


@dataclass(frozen=True, kw_only=True)
class LineFact(EventFact):
    """A fact about a line of a meeting; with ``ask_id`` it says why that ask is late."""

    line_id: int
    line_kind: str
    line_label: str
    text: str
    ask_id: int | None

    def about(self) -> tuple[Ref, ...]:
        refs = super().about()
        return refs if self.ask_id is None else (*refs, Ref("ask", str(self.ask_id)))


@dataclass(frozen=True, kw_only=True)
class LineWritten(LineFact):
    """A decision, something parked, or why an ask is late was written down in a meeting."""

    def sentence(self) -> str:
        return f"{self.line_label} in {self.name}: {self.text}"

    def words(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class LineStruck(LineFact):
    """A line of a meeting was written down wrongly."""

    def sentence(self) -> str:
        return f"Struck from {self.name}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class ActionListIssued(EventFact):
    """The action list of a meeting went out, frozen as it stood."""

    list_id: int
    version: int
    correction: str
    asks: int
    same_day: bool

    def sentence(self) -> str:
        many = "1 new ask" if self.asks == 1 else f"{self.asks} new asks"
        when = "the same day" if self.same_day else "later than the day"
        again = f", version {self.version} ({self.correction})" if self.version > 1 else ""
        return f"Sent out the action list of {self.name} with {many}, {when}{again}"


@dataclass(frozen=True, kw_only=True)
class ActionListFiled(EventFact):
    """The paper of an action list was put on file."""

    list_id: int
    version: int
    document: int

    def sentence(self) -> str:
        return f"Filed the action list of {self.name}, version {self.version}"
