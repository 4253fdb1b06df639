"""What can happen to an event and to those who take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.kernel.facts import Fact, Ref
from wardroom.kernel.text import quoted
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
