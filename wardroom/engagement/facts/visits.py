"""What can happen to a request for the Mayor or the cabinet, and to its event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.calendar.facts import EventFact
from wardroom.kernel.facts import Ref
from wardroom.kernel.text import quoted
from wardroom.matters.facts import MatterFact


@dataclass(frozen=True, kw_only=True)
class EventRequestFact(MatterFact):
    """A fact about a request, told on whoever asked as well."""

    asked_by_id: int | None

    def about(self) -> tuple[Ref, ...]:
        party = (Ref("party", str(self.asked_by_id)),) if self.asked_by_id is not None else ()
        return (*super().about(), *party)


@dataclass(frozen=True, kw_only=True)
class EventRequested(EventRequestFact):
    """Somebody asks the Mayor, the cabinet or the office to come."""

    asked_name: str
    wanted_label: str
    when: str
    on_public_page: bool = False
    again: bool = False

    def sentence(self) -> str:
        asks = "asks once more for" if self.again else "asks for"
        where = " (on the public page)" if self.on_public_page else ""
        return f"{self.asked_name} {asks}: {self.wanted_label}, {self.when}{where}"


@dataclass(frozen=True, kw_only=True)
class EventRequestDecided(EventRequestFact):
    """It was decided whether somebody goes, and who."""

    decision_label: str
    words_said: str
    representative: str

    def words(self) -> str:
        return self.words_said

    def sentence(self) -> str:
        who = f": {self.representative}" if self.representative else ""
        why = f". {self.words_said}" if self.words_said else ""
        return f"{self.decision_label or 'Decided'}{who}{why}"


@dataclass(frozen=True, kw_only=True)
class EventTasksMoved(EventRequestFact):
    """The tasks of an event have the days that follow from its new time."""

    when: str
    tasks: int
    starts_at: datetime

    def sentence(self) -> str:
        many = "1 task has" if self.tasks == 1 else f"{self.tasks} tasks have"
        return f"The event is {self.when}; {many} another day"


@dataclass(frozen=True, kw_only=True)
class RunLineWritten(EventFact):
    """The run of show has another line."""

    line_id: int
    text: str
    owner: str
    at: str

    def sentence(self) -> str:
        return f"Run of show, {self.at}: {self.text} ({self.owner})"


@dataclass(frozen=True, kw_only=True)
class RunLineRevised(RunLineWritten):
    """A line of the run of show is another now; the former one stays on record."""

    former: str

    def sentence(self) -> str:
        return f"{super().sentence()}. Before: {self.former}"


@dataclass(frozen=True, kw_only=True)
class RunLineStruck(EventFact):
    """A line was taken out of the run of show."""

    line_id: int
    text: str

    def sentence(self) -> str:
        return f"Struck from the run of show: {self.text}"


@dataclass(frozen=True, kw_only=True)
class GuestCheckedIn(EventFact):
    """Somebody came to an event."""

    participation_id: int
    guest: str
    source_label: str
    language: str

    def sentence(self) -> str:
        return f"{self.guest} came to {quoted(self.title)}: {self.source_label}"


@dataclass(frozen=True, kw_only=True)
class CheckInTakenBack(EventFact):
    """A check-in was a mistake."""

    participation_id: int
    guest: str

    def sentence(self) -> str:
        return f"{self.guest} was checked in at {quoted(self.title)} by mistake"


@dataclass(frozen=True, kw_only=True)
class DoorTaken(EventFact):
    """Somebody's phone takes the list to the door of an event."""

    observer_name: str
    until: datetime

    def sentence(self) -> str:
        return f"{self.observer_name} took the door of {quoted(self.title)} along on a phone"


@dataclass(frozen=True, kw_only=True)
class DoorLineKept(EventFact):
    """A line of a phone at the door did not do what it says, and is kept."""

    line_id: int
    observer_name: str
    why: str

    def sentence(self) -> str:
        return f"A line that {self.observer_name} wrote at {quoted(self.title)} is kept: {self.why}"


@dataclass(frozen=True, kw_only=True)
class SheetKept(EventFact):
    """The photograph of a paper sheet waits to be typed."""

    sheet_id: int
    document: int

    def sentence(self) -> str:
        return f"A paper sheet of {quoted(self.title)} waits to be typed"


@dataclass(frozen=True, kw_only=True)
class SheetTyped(EventFact):
    """Everybody on a paper sheet was typed."""

    sheet_id: int
    rows: int

    def sentence(self) -> str:
        many = "1 name" if self.rows == 1 else f"{self.rows} names"
        return f"A paper sheet of {quoted(self.title)} was typed: {many}"
