"""What can happen to a public body, and to the meetings that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import long_day, quoted
from wardroom.matters.facts import CITY_WIDE, MatterFact


@dataclass(frozen=True, kw_only=True)
class BodyFact(Fact):
    """A fact about a public body, told on the organisation and in its ward."""

    body_id: int
    body_name: str
    ward_code: str

    def about(self) -> tuple[Ref, ...]:
        return (Ref("party", str(self.body_id)), Ref("ward", self.ward_code or CITY_WIDE))


@dataclass(frozen=True, kw_only=True)
class PublicBodyBegun(BodyFact):
    """The office staffs a public body from now on."""

    authority: str
    cover_label: str

    def sentence(self) -> str:
        return f"The office staffs {self.body_name} ({self.authority}). {self.cover_label}"


@dataclass(frozen=True, kw_only=True)
class PublicBodyDescribed(BodyFact):
    """What is written about a public body was corrected."""

    authority: str
    cover_label: str
    cover_why: str

    def sentence(self) -> str:
        why = f" ({self.cover_why})" if self.cover_why else ""
        return f"{self.body_name} rests on {self.authority}. {self.cover_label}{why}"


@dataclass(frozen=True, kw_only=True)
class BodySeatAdded(BodyFact):
    """A public body has another seat, with what its charter says of it."""

    seat: str
    voting: bool
    appointed_by: str
    term_months: int | None

    def sentence(self) -> str:
        counts = "counts in a roll call" if self.voting else "has a voice only"
        term = f", for {self.term_months} months" if self.term_months else ""
        return f"Seat {quoted(self.seat)} {counts}; {self.appointed_by} appoints{term}"


@dataclass(frozen=True, kw_only=True)
class MemberSeated(BodyFact):
    """Somebody took a seat for a term."""

    seat: str
    holder_name: str
    since_on: date
    ends_on: date | None
    number: int

    def sentence(self) -> str:
        until = f" until {long_day(self.ends_on)}" if self.ends_on else ""
        return (
            f"{self.holder_name} holds {quoted(self.seat)} from {long_day(self.since_on)}{until}, "
            f"term {self.number}"
        )


@dataclass(frozen=True, kw_only=True)
class BodyMeetingFact(MatterFact):
    """A fact about a meeting of a public body, told on the body and on the event as well."""

    body_id: int
    body_name: str
    event_id: int

    def about(self) -> tuple[Ref, ...]:
        more = (Ref("party", str(self.body_id)), Ref("event", str(self.event_id)))
        return (*super().about(), *more)


@dataclass(frozen=True, kw_only=True)
class BodyMeetingSet(BodyMeetingFact):
    """The day of a meeting was set; its clocks follow from that."""

    starts_at: datetime
    when: str
    clocks: int

    def sentence(self) -> str:
        many = {0: "no clock runs", 1: "one clock runs"}.get(
            self.clocks, f"{self.clocks} clocks run"
        )
        return f"{self.body_name} meets {self.when}; {many}"


@dataclass(frozen=True, kw_only=True)
class BodyClocksMoved(BodyMeetingFact):
    """The clocks of a meeting count from its new time."""

    when: str
    reason: str
    again: bool

    def sentence(self) -> str:
        notice = ". Its notice is to be published again" if self.again else ""
        return f"The clocks count from {self.when}: {self.reason}{notice}"


@dataclass(frozen=True, kw_only=True)
class BodyMeetingCancelled(BodyMeetingFact):
    """A public body does not meet; whoever got the notice is told."""

    when: str
    reason: str
    noticed: bool

    def words(self) -> str:
        return self.reason

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ", as the calendar says"
        return f"{self.body_name} does not meet {self.when}{why}"


@dataclass(frozen=True, kw_only=True)
class BodyNoticePublished(BodyMeetingFact):
    """The notice of a meeting is out, with its agenda."""

    version: int
    when: str
    late_why: str

    def sentence(self) -> str:
        late = f", late: {self.late_why}" if self.late_why else ""
        again = f", version {self.version}" if self.version > 1 else ""
        return f"Published the notice of the meeting of {self.when}{again}{late}"


@dataclass(frozen=True, kw_only=True)
class MotionNoted(BodyMeetingFact):
    """The body acted on a motion; the roll call is its public record."""

    position: int
    text: str
    mover_name: str
    seconder_name: str
    roll_call: tuple[str, ...]
    outcome_label: str

    def words(self) -> str:
        return self.text

    def sentence(self) -> str:
        return (
            f"Motion {self.position} of {self.mover_name}, seconded by {self.seconder_name}: "
            f"{self.text}. {self.outcome_label}. {'; '.join(self.roll_call)}"
        )


@dataclass(frozen=True, kw_only=True)
class SessionClosed(BodyMeetingFact):
    """A part of a meeting was closed, for a reason that the law lists."""

    reason_label: str
    text: str

    def sentence(self) -> str:
        return f"Closed session: {self.text}. {self.reason_label}"


@dataclass(frozen=True, kw_only=True)
class BodyMinutesPublished(BodyMeetingFact):
    """Minutes of a meeting are out."""

    minutes_id: int
    version: int
    approved_on: date | None

    def sentence(self) -> str:
        state = f"approved {long_day(self.approved_on)}" if self.approved_on else "not yet approved"
        return f"Published the minutes, version {self.version}, {state}"


@dataclass(frozen=True, kw_only=True)
class BodyMinutesFiled(BodyMeetingFact):
    """The paper of the minutes was put on file."""

    minutes_id: int
    version: int
    document: int

    def sentence(self) -> str:
        return f"Filed the minutes, version {self.version}"


@dataclass(frozen=True, kw_only=True)
class BodyRecordPublished(BodyMeetingFact):
    """The full record of a meeting is out, and its recording has a day until which it is kept."""

    recording_at: str
    keep_until: date | None

    def sentence(self) -> str:
        kept = f", kept until {long_day(self.keep_until)} at least" if self.keep_until else ""
        return f"Published the record; the recording is at {self.recording_at}{kept}"
