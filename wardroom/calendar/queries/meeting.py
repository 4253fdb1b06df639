"""One core team meeting, whole: what is on the table, what was agreed, what went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, IssuedList, MeetingLine
from wardroom.calendar.queries.asks import HeardAsk
from wardroom.calendar.queries.events import EventRow, city_zone, event_row
from wardroom.calendar.queries.table import (
    Exceptions,
    MatterRow,
    RollRow,
    Some,
    agreed_in,
    choices_of,
    exceptions,
    last_week,
    roll_of,
    span_of,
)
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.notices.queries import OutboxRow, thread_messages


@dataclass(frozen=True)
class LineRow:
    """A decision, or something parked."""

    id: int
    kind: str
    text: str


@dataclass(frozen=True)
class IssuedRow:
    """One version of the action list that went out."""

    id: int
    version: int
    issued_at: datetime
    issued_by: str
    correction: str
    same_day: bool
    has_pdf: bool


@dataclass(frozen=True)
class MeetingPage:
    """All of a meeting. ``state`` is as people read it, ``event.state`` as it is kept.

    ``roll_from`` is the day from which the roll can be called, while that is still to come.
    """

    event: EventRow
    version: int
    state: str
    day: date
    before: EventRow | None
    since_on: date
    roll_from: date | None
    roll: tuple[RollRow, ...]
    last: Some
    exceptions: Exceptions
    agreed: tuple[HeardAsk, ...]
    decisions: tuple[LineRow, ...]
    parked: tuple[LineRow, ...]
    lists: tuple[IssuedRow, ...]
    letters: tuple[OutboxRow, ...]
    matters: tuple[MatterRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def uncalled(self) -> int:
        """How many seats were not called yet."""
        return sum(not row.attended for row in self.roll)


def meeting_page(event_id: int, actor: Actor, *, at: datetime) -> MeetingPage:
    """One core team meeting, for the office; `NotFound` for anybody else."""
    event = get_meeting(event_id, actor)
    span = span_of(event, today=localdate(at))
    last = last_week(span, actor)
    allowed = meeting_allowed(event, actor, at=at)
    lines = MeetingLine.objects.filter(event=event, struck_at=None).order_by("pk")
    rows = [LineRow(row.pk, row.kind, row.text) for row in lines]
    return MeetingPage(
        event=event_row(event),
        version=event.version,
        state=rules.state_shown(event.state, event.ends_at, now=at, zone=city_zone()),
        day=span.day,
        before=event_row(span.before) if span.before else None,
        since_on=span.since,
        roll_from=_roll_from(event, actor, at=at),
        roll=roll_of(event),
        last=last,
        exceptions=exceptions(span, actor, but=last),
        agreed=agreed_in(span, actor),
        decisions=tuple(row for row in rows if row.kind == rules.DECISION),
        parked=tuple(row for row in rows if row.kind == rules.PARKED),
        lists=_lists(event),
        letters=thread_messages([f"event:{event.pk}"], actor),
        matters=choices_of(event, actor) if "agree_ask" in allowed else (),
        timeline=timeline(actor, refs=[Ref("event", str(event.pk))]),
        allowed=allowed,
    )


def get_meeting(event_id: int, actor: Actor) -> Event:
    """One core team meeting, to act on it; `NotFound` for whoever is not of the office."""
    rows = Event.objects.within(policy.reach_inside(actor)).filter(kind=rules.CORE_TEAM)
    event: Event | None = rows.select_related("place").filter(pk=event_id).first()
    if event is None:
        raise NotFound(f"no core team meeting {event_id}")
    return event


def get_line(line_id: int, event_id: int, actor: Actor) -> MeetingLine:
    """One line of a meeting, to strike it."""
    rows = MeetingLine.objects.filter(event=get_meeting(event_id, actor), pk=line_id)
    line = rows.select_related("event", "ask").first()
    if line is None:
        raise NotFound(f"no line {line_id}")
    return line


def meeting_allowed(event: Event, actor: Actor, *, at: datetime) -> frozenset[str]:
    """What this actor may do in a meeting now."""
    if not policy.may_hold_event(actor, event):
        return frozenset()
    moves = set(rules.MOVES[event.state])
    if localdate(event.starts_at) > localdate(at):
        return frozenset(moves - {"hold_event"})
    if event.state != rules.CANCELLED:
        moves |= {"call_seat", "agree_ask", "write_line", "issue_action_list"}
    return frozenset(moves)


def _roll_from(event: Event, actor: Actor, *, at: datetime) -> date | None:
    day = localdate(event.starts_at)
    waits = event.state == rules.PLANNED and day > localdate(at)
    return day if waits and policy.may_hold_event(actor, event) else None


def _lists(event: Event) -> tuple[IssuedRow, ...]:
    rows = IssuedList.objects.filter(event=event).defer("content").order_by("-version")
    return tuple(
        IssuedRow(
            id=row.pk,
            version=row.version,
            issued_at=row.issued_at,
            issued_by=row.issued_by,
            correction=row.correction,
            same_day=localdate(row.issued_at) == localdate(event.starts_at),
            has_pdf=row.pdf_id is not None,
        )
        for row in rows
    )
