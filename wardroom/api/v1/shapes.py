"""What the API gives of each thing: parts of the read models of its page, by the same names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardroom.calendar.queries import EventRow
from wardroom.calendar.queries.files import ParticipantRow
from wardroom.casework.queries.brief import KnowsRow, PromiseRow, TouchRow
from wardroom.casework.queries.issues import FiveFacts
from wardroom.casework.queries.voices import ComplaintRow
from wardroom.directory.queries import PartyCard, SeatRow
from wardroom.engagement.queries.commitments import ChangeRow, CommitmentRow
from wardroom.fieldwork.queries import ChecksView
from wardroom.incidents.queries.alerts import MessageView, Touched
from wardroom.matters.queries import AskRow, LinkRow, MatterHeader, TaskRow
from wardroom.notices.queries import HookRow
from wardroom.reporting.queries.shapes import (
    EditionRow,
    FigureGroup,
    NarrativePart,
    Need,
    Section,
    StandingRow,
)

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Me:
    """Who the key acts for, and what it is good for."""

    key: str
    name: str
    roles: tuple[str, ...]
    wards: tuple[str, ...]
    agencies: tuple[str, ...]
    whole_city: bool
    scopes: tuple[str, ...]
    hourly_limit: int


@dataclass(frozen=True)
class IssueShape:
    """One issue: its matter, who complained, what agencies were asked, and the five facts."""

    matter: MatterHeader
    topic_name: str
    ground: str
    first_reported_on: date
    return_of: int | None
    complaints: tuple[ComplaintRow, ...]
    untold: int
    asks: tuple[AskRow, ...]
    tasks: tuple[TaskRow, ...]
    checks: ChecksView
    links: tuple[LinkRow, ...]
    facts: FiveFacts
    latitude: float | None
    longitude: float | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class AskShape:
    """One ask: how it stands, its matter, and the answers that may be given."""

    row: AskRow
    matter: MatterHeader
    asked_by: str
    answered_by: str
    decline_reasons: Choices
    dispositions: Choices
    allowed: frozenset[str]


@dataclass(frozen=True)
class TakenShape:
    """What became of a complaint that was taken in; nothing of it where it may not be seen."""

    complaint_id: int | None
    matter_id: int | None
    one_more_voice: bool
    ward_code: str
    owner_name: str


@dataclass(frozen=True)
class PlaceShape:
    """One persistent location: its matter, the asks of its plan, and what was seen there."""

    matter: MatterHeader
    reached: tuple[str, ...]
    standing: str
    topics: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius_m: int
    months: tuple[tuple[str, int], ...]
    expected: float | None
    asks: tuple[AskRow, ...]
    checks: ChecksView
    allowed: frozenset[str]


@dataclass(frozen=True)
class BriefShape:
    """What to know of somebody before a call: who it is, the last contacts, open promises."""

    card: PartyCard
    seats: tuple[SeatRow, ...]
    touches: tuple[TouchRow, ...]
    promises: tuple[PromiseRow, ...]
    clocks: tuple[PromiseRow, ...]
    knows: tuple[KnowsRow, ...]


@dataclass(frozen=True)
class EventShape:
    """One event and who takes part."""

    row: EventRow
    version: int
    state: str
    day: date
    matter_id: int | None
    planned_by: str
    participants: tuple[ParticipantRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class CommitmentShape:
    """One promise made in public, with everything it was before."""

    matter: MatterHeader
    row: CommitmentRow
    where: str
    agency_name: str
    heard_by: str
    confirmed_by: str
    confirmed_on: date | None
    public_text: str
    public_on: date | None
    changes: tuple[ChangeRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class AlertHead:
    """An alert in the list; the incident that it became is told with the alert, by reach."""

    id: int
    title: str
    event: str
    severity: str
    state: str
    sent_at: datetime
    ends_at: datetime | None
    wards: tuple[str, ...]


@dataclass(frozen=True)
class AlertShape:
    """One alert of another authority: its newest message as its sender wrote it, and where."""

    row: AlertHead
    starts_at: datetime | None
    newest: MessageView
    earlier: tuple[MessageView, ...]
    touched: tuple[Touched, ...]
    reason: str
    decided_by: str
    decided_at: datetime | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class ReportShape:
    """One signed report: its numbers with their definitions, its words, and its sources."""

    head: EditionRow
    title: str
    ward_name: str
    liaison: str
    as_of: datetime
    data_as_of: datetime | None
    groups: tuple[FigureGroup, ...]
    needs: tuple[Need, ...]
    sections: tuple[Section, ...]
    locations: tuple[StandingRow, ...]
    narrative: tuple[NarrativePart, ...]
    correction: str
    sources: tuple[tuple[str, str], ...]
    digest: str
    schematic: bool


@dataclass(frozen=True)
class ContactShape:
    """A contact that was logged: the line of the ledger that holds it."""

    line_id: int
    at: datetime
    sentence: str


@dataclass(frozen=True)
class NewHook:
    """A webhook that was set up; its secret is given this once."""

    hook: HookRow
    secret: str


@dataclass(frozen=True)
class Thing:
    """Something that a line is about."""

    noun: str
    key: str


@dataclass(frozen=True)
class LineShape:
    """One line of the ledger: its place in the chain, what it says, and what it is about."""

    line: int
    entry_id: int
    at: datetime
    kind: str
    actor_name: str
    sentence: str
    about: tuple[Thing, ...]
