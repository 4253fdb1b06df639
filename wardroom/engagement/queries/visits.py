"""Requests for the Mayor or the cabinet: the list, and one with its event and its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import EventRequest
from wardroom.engagement.queries.door import RunRow, run_of
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules.visits import ORIGINS, PUBLIC_PAGE
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Ask
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header
from wardroom.matters.rules import LIVE, TO_DO

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[str, ...]] = {
    "when": ("starts_at", "pk"),
    "-when": ("-starts_at", "-pk"),
}


@dataclass(frozen=True)
class EventRequestRow:
    """A request in a list."""

    id: int
    title: str
    ward_code: str
    asked_name: str
    wanted: str
    starts_at: datetime
    decision: str
    state: str
    outcome: str
    from_outside: bool


@dataclass(frozen=True)
class EventRequestPage:
    """A page of requests, the next day first unless asked otherwise."""

    rows: tuple[EventRequestRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class EventTaskRow:
    """A task of an event, in the order of its days."""

    id: int
    kind: str
    wording: str
    party_name: str
    due_on: date
    state: str


@dataclass(frozen=True)
class EventRequestFile:
    """One request whole."""

    matter: MatterHeader
    row: EventRequestRow
    asked_by_id: int | None
    source_label: str
    contact: str
    about: str
    where: str
    ends_at: datetime
    expected: int | None
    language_needs: str
    access_needs: str
    decided_words: str
    representative: str
    decided_by: str
    event_id: int | None
    event_state: str
    tasks: tuple[EventTaskRow, ...]
    tasks_stay_behind: bool
    run: tuple[RunRow, ...]
    timeline: TimelinePage
    allowed: frozenset[str]

    @property
    def open_tasks(self) -> tuple[EventTaskRow, ...]:
        """What is still to be done."""
        return tuple(task for task in self.tasks if task.kind == TO_DO and task.state in LIVE)


def event_request_page(
    actor: Actor,
    *,
    ward: str = "",
    decision: str = "",
    state: str = "open",
    sort: str = "when",
    page: int = 1,
) -> EventRequestPage:
    """The requests within reach; ``decision`` may be `waiting`, ``state`` empty for all."""
    rows = _seen(actor)
    wanted = {"matter__ward_code": ward, "matter__state": state}
    rows = rows.filter(**{field: value for field, value in wanted.items() if value})
    if decision:
        rows = rows.filter(decision="" if decision == "waiting" else decision)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "when"
    chosen = rows.select_related("matter", "event").order_by(*SORTS[sort])
    found = tuple(_row(row) for row in chosen[on_page])
    return EventRequestPage(found, total, page, pages, sort)


def event_request_file(matter_id: int, actor: Actor) -> EventRequestFile:
    """One request, whole; `NotFound` where it is out of reach."""
    rows = _seen(actor).select_related("matter__owner", "matter__place", "event")
    row = rows.filter(matter_id=matter_id).first()
    if row is None:
        raise NotFound(f"no event request {matter_id}")
    event = row.event
    tasks = list(row.matter.asks.select_related("party").order_by("due_on", "pk"))
    return EventRequestFile(
        matter=matter_header(row.matter, actor),
        row=_row(row),
        asked_by_id=row.asked_by_id,
        source_label=ORIGINS[row.source],
        contact=row.contact,
        about=row.about,
        where=event.place_text if event else row.where,
        ends_at=event.ends_at if event else row.ends_at,
        expected=row.expected,
        language_needs=row.language_needs,
        access_needs=row.access_needs,
        decided_words=row.decided_words,
        representative=row.representative,
        decided_by=row.decided_by,
        event_id=row.event_id,
        event_state=event.state if event else "",
        tasks=tuple(
            EventTaskRow(ask.pk, ask.kind, ask.wording, ask.party.name, ask.due_on, ask.state)
            for ask in tasks
        ),
        tasks_stay_behind=bool(event and row.tasks_from != event.starts_at),
        run=run_of(event) if event else (),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=_allowed(row, actor, tasks),
    )


def may_take_event_requests(actor: Actor) -> bool:
    """Whether the actor takes in such requests at all."""
    return policy.may_take_event_request(actor, None)


def _seen(actor: Actor) -> QuerySet[EventRequest]:
    return EventRequest.objects.within(policy.reach(actor))


def _row(row: EventRequest) -> EventRequestRow:
    matter = row.matter
    return EventRequestRow(
        id=matter.pk,
        title=matter.title,
        ward_code=matter.ward_code,
        asked_name=row.asked_name,
        wanted=row.wanted,
        starts_at=row.event.starts_at if row.event else row.starts_at,
        decision=row.decision,
        state=matter.state,
        outcome=matter.outcome,
        from_outside=row.source == PUBLIC_PAGE,
    )


def _allowed(row: EventRequest, actor: Actor, tasks: Iterable[Ask]) -> frozenset[str]:
    matter, event = row.matter, row.event
    moves = set(matter_allowed(matter, actor)) & (OWN_MOVES - {"reopen_matter"})
    if matter.state != "open":
        return frozenset(moves)
    if not row.decision and policy.may_decide_event_request(actor, matter):
        moves.add("decide_event_request")
    if matters_policy.runs_matter(actor, matter):
        moves.add("end_event_request")
        if any(task.kind == TO_DO and task.state in LIVE for task in tasks):
            moves.add("finish_event_tasks")
        if event is not None and event.state == "planned":
            moves |= {"move_requested_event", "write_run_line"}
            if row.tasks_from != event.starts_at:
                moves.add("move_event_tasks")
    return frozenset(moves)
