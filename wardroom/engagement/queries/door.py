"""The run of show of an event, and its door: who is expected, who came, and sheets to type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar.models import Event, Participation
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import policy
from wardroom.engagement.models import CheckIn, RunLine, SignInSheet
from wardroom.engagement.queries.odd_lines import DoorLineRow, guest_name, odd_door_lines
from wardroom.kernel.errors import NotFound

MOST_GUESTS = 300


@dataclass(frozen=True)
class RunRow:
    """A line of the run of show, at the time that it has now."""

    id: int
    starts_at: datetime
    ends_at: datetime
    text: str
    owner: str


@dataclass(frozen=True)
class GuestRow:
    """Somebody on the list or at the door."""

    participation_id: int
    name: str
    party_id: int | None
    source: str
    language: str
    came_at: datetime | None


@dataclass(frozen=True)
class SheetRow:
    """A paper sheet in the queue."""

    id: int
    document_id: int
    added_at: datetime
    rows: int
    typed_at: datetime | None


@dataclass(frozen=True)
class DoorPage:
    """The door of an event: those who came, newest first, and those still expected."""

    event_id: int
    title: str
    starts_at: datetime
    state: str
    matter_id: int | None
    came: tuple[GuestRow, ...]
    total: int
    expected: tuple[GuestRow, ...]
    by_language: tuple[tuple[str, int], ...]
    sheets: tuple[SheetRow, ...]
    odd: tuple[DoorLineRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class SheetPage:
    """One paper sheet with what was typed from it, the newest first."""

    id: int
    event_id: int
    title: str
    document_id: int
    typed_at: datetime | None
    rows: tuple[GuestRow, ...]
    allowed: frozenset[str]


def run_of(event: Event) -> tuple[RunRow, ...]:
    """The run of show of an event, in the order of its times."""
    lines = RunLine.objects.filter(event=event, struck_at=None).order_by("offset", "pk")
    return tuple(_run_row(event, line) for line in lines)


def door_page(event_id: int, actor: Actor) -> DoorPage:
    """The door of an event; `NotFound` where the event is out of reach."""
    event = get_event_to_run(event_id, actor)
    came = CheckIn.objects.filter(participation__event=event)
    languages = Counter(came.values_list("language", flat=True))
    rows = came.select_related("participation__party").order_by("-came_at", "-pk")[:MOST_GUESTS]
    waiting = Participation.objects.filter(event=event, check_in=None, seat=None, agency_code="")
    expected = waiting.select_related("party").order_by("pk")[:MOST_GUESTS]
    sheets = SignInSheet.objects.filter(event=event).order_by("pk").prefetch_related("rows")
    return DoorPage(
        event_id=event.pk,
        title=event.title,
        starts_at=event.starts_at,
        state=event.state,
        matter_id=event.matter_id,
        came=tuple(_guest(row.participation, row) for row in rows),
        total=languages.total(),
        expected=tuple(_guest(row, None) for row in expected),
        by_language=tuple((LANGUAGES[code], n) for code, n in languages.most_common()),
        sheets=tuple(_sheet(row) for row in sheets),
        odd=odd_door_lines(event.pk),
        allowed=_allowed(event, actor),
    )


def sheet_page(sheet_id: int, actor: Actor) -> SheetPage:
    """One paper sheet, to be typed; `NotFound` where its event is out of reach."""
    sheet = get_sheet(sheet_id, actor)
    rows = sheet.rows.select_related("participation__party").order_by("-pk")
    return SheetPage(
        id=sheet.pk,
        event_id=sheet.event_id,
        title=sheet.event.title,
        document_id=sheet.document_id,
        typed_at=sheet.typed_at,
        rows=tuple(_guest(row.participation, row) for row in rows),
        allowed=_allowed(sheet.event, actor),
    )


def get_event_to_run(event_id: int, actor: Actor) -> Event:
    """An event that the office runs, to act on it; `NotFound` where it is out of reach."""
    rows = Event.objects.within(calendar_policy.reach_inside(actor)).filter(pk=event_id)
    event: Event | None = rows.first()
    if event is None:
        raise NotFound(f"no event {event_id}")
    return event


def get_run_line(line_id: int, event: Event) -> RunLine:
    """A line of the run of show; `NotFound` where the event has none of that number."""
    line: RunLine | None = RunLine.objects.filter(event=event, pk=line_id).first()
    if line is None:
        raise NotFound(f"no line {line_id}")
    return line


def get_sheet(sheet_id: int, actor: Actor) -> SignInSheet:
    """A paper sheet, to act on it; `NotFound` where its event is out of reach."""
    sheet: SignInSheet | None = (
        SignInSheet.objects.select_related("event").filter(pk=sheet_id).first()
    )
    if sheet is None:
        raise NotFound(f"no sheet {sheet_id}")
    get_event_to_run(sheet.event_id, actor)
    return sheet


def _run_row(event: Event, line: RunLine) -> RunRow:
    starts_at = event.starts_at + timedelta(minutes=line.offset)
    ends_at = starts_at + timedelta(minutes=line.minutes)
    return RunRow(line.pk, starts_at, ends_at, line.text, line.owner)


def _guest(row: Participation, check_in: CheckIn | None) -> GuestRow:
    return GuestRow(
        participation_id=row.pk,
        name=guest_name(row),
        party_id=row.party_id,
        source=check_in.source if check_in else "",
        language=check_in.language if check_in else "",
        came_at=check_in.came_at if check_in else None,
    )


def _sheet(row: SignInSheet) -> SheetRow:
    return SheetRow(row.pk, row.document_id, row.added_at, len(row.rows.all()), row.typed_at)


def _allowed(event: Event, actor: Actor) -> frozenset[str]:
    runs = policy.may_run_show(actor, event) and event.state != "cancelled"
    return frozenset({"run_show"} if runs else ())
