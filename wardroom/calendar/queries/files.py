"""One event with everybody who takes part, what gets in their way, and the run of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy, rules
from wardroom.calendar.models import Event, Participation
from wardroom.calendar.queries.asks import HeardAsk, heard, in_order
from wardroom.calendar.queries.clashes import AgencyDay, agency_days
from wardroom.calendar.queries.events import EventRow, city_zone, event_row, get_event
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask
from wardroom.matters.queries import kinds_of
from wardroom.matters.rules import REFERRAL, WITH_AGENCY

MOST_RUN = 60


@dataclass(frozen=True)
class ParticipantRow:
    """Somebody who takes part, or an agency."""

    id: int
    party_id: int | None
    name: str
    agency_code: str
    role: str
    role_label: str
    answer: str
    answer_label: str
    attended: str
    note: str


@dataclass(frozen=True)
class EventFile:
    """An event, whole. ``run`` is what its agencies promised for that day or owe its matter."""

    row: EventRow
    version: int
    state: str
    day: date
    matter_id: int | None
    matter_kind: str
    matter_title: str
    planned_by: str
    participants: tuple[ParticipantRow, ...]
    days: tuple[AgencyDay, ...]
    run: tuple[HeardAsk, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def clashes(self) -> tuple[AgencyDay, ...]:
        """The days on which something gets in an agency's way."""
        return tuple(day for day in self.days if day.clashes)


def event_file(event_id: int, actor: Actor, *, at: datetime) -> EventFile:
    """One event within reach; an agency's people see neither clashes nor the run of others."""
    event = get_event(event_id, actor)
    inside = actor.is_staff
    rows = event.participations.select_related("party").order_by("pk")
    participants = tuple(_participant(row) for row in rows)
    agencies = sorted({row.agency_code for row in participants if row.agency_code})
    day, last = localdate(event.starts_at), localdate(event.ends_at)
    planned = event.state == rules.PLANNED
    kinds = kinds_of(actor, [event.matter_id]) if event.matter_id and inside else {}
    return EventFile(
        row=event_row(event),
        version=event.version,
        state=rules.state_shown(event.state, event.ends_at, now=at, zone=city_zone()),
        day=day,
        matter_id=event.matter_id if kinds else None,
        matter_kind=kinds.get(event.matter_id, "") if event.matter_id else "",
        matter_title=event.matter.title if kinds and event.matter is not None else "",
        planned_by=event.planned_by if inside else "",
        participants=participants,
        days=agency_days(agencies, actor, from_on=day, until_on=last, but=event.pk)
        if inside and planned and agencies
        else (),
        run=_run(event, agencies, day, last, actor),
        timeline=timeline(actor, refs=[Ref("event", str(event.pk))]),
        allowed=event_allowed(event, actor, at=at),
    )


def event_allowed(event: Event, actor: Actor, *, at: datetime) -> frozenset[str]:
    """What this actor may do with an event now."""
    if not policy.may_hold_event(actor, event):
        return frozenset()
    moves = set(rules.MOVES[event.state])
    begun = localdate(event.starts_at) <= localdate(at)
    if not begun:
        moves -= {"hold_event"}
    if event.state == rules.PLANNED:
        moves.add("note_answer")
    if event.state != rules.CANCELLED:
        moves |= {"add_participation", *({"record_attendance"} if begun else set())}
    return frozenset(moves)


def get_participation(participation_id: int, event_id: int, actor: Actor) -> Participation:
    """One who takes part, to note an answer or attendance."""
    event = get_event(event_id, actor)
    row: Participation | None = (
        Participation.objects.filter(pk=participation_id, event=event)
        .select_related("event", "party")
        .first()
    )
    if row is None:
        raise NotFound(f"nobody {participation_id} in event {event_id}")
    return row


def may_plan(actor: Actor) -> bool:
    """Whether somebody may plan events at all: in the own ward, or anywhere."""
    return policy.may_begin_planning(actor)


def _run(
    event: Event, agencies: list[str], first: date, last: date, actor: Actor
) -> tuple[HeardAsk, ...]:
    """Promises for the day, and what the matter still waits for; by place, so it can be walked."""
    if not agencies:
        return ()
    on_the_day = Q(promised_on__gte=first, promised_on__lte=last, state="accepted")
    if event.ward_code:
        on_the_day &= Q(ward_code=event.ward_code)
    chosen = on_the_day
    if event.matter_id is not None:
        chosen |= Q(matter=event.matter_id, state__in=WITH_AGENCY)
    asks = Ask.objects.filter(kind=REFERRAL, asked_agency__in=agencies)
    rows = in_order(asks.within(matters_policy.reach_of_asks(actor)).filter(chosen))
    return heard(rows.order_by("matter__place__label", "agency_code", "pk")[:MOST_RUN], on=first)


def _participant(row: Participation) -> ParticipantRow:
    return ParticipantRow(
        id=row.pk,
        party_id=row.party_id,
        name=row.party.name if row.party is not None else row.name,
        agency_code=row.agency_code,
        role=row.role,
        role_label=rules.ROLES[row.role],
        answer=row.answer,
        answer_label=rules.ANSWERS[row.answer],
        attended=row.attended,
        note=row.note,
    )
