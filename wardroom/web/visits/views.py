"""Requests for the Mayor or the cabinet: the list, taking one in, and one whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.door import get_event_to_run
from wardroom.engagement.queries.visits import (
    EventRequestFile,
    EventRequestRow,
    event_request_file,
    event_request_page,
    may_take_event_requests,
)
from wardroom.engagement.rules.visits import DECISIONS, WANTED
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.web.calendar.forms import span_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.locations.forms import CloseForm
from wardroom.web.meetings.showing import clock
from wardroom.web.people.moves import person_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    offered,
    outcome,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.visits import forms
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (Column("Request"), Column("When", sort="when"), Column("Who asks"), Column("Decision"))
LIST = ListWords(
    title="Events with the Mayor",
    noun="request",
    empty="No request fits these filters. Write it down when somebody asks.",
    crumbs=(Crumb("Home", "/"), Crumb("Events with the Mayor")),
)
TAKEN_IN = "The request waits for the director's decision."
TASKS = (Column("Task"), Column("Who"), Column("By"), Column("State"))
RUN = (Column("When"), Column("What happens"), Column("Who"))
WAITING = {"": Tag("Waits for a decision", "warn")}
TONES = {"accepted": "good", "other": "accent", "declined": "bad"}
STATES = (("open", "Open"), ("closed", "Over"), ("all", "All"))
DECIDED = (("", "All"), ("waiting", "Waits for a decision"), *DECISIONS.items())


def _run(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    file = event_request_file(matter.pk, actor_of(request))
    event = get_event_to_run(file.event_id or 0, actor_of(request))
    return actions.write_run_line(
        event, starts_at=given.pop("at"), **given, stamp=stamp_of(request)
    )


MOVES: Mapping[str, Move] = {
    "decide": Move(
        "decide_event_request",
        "Decide",
        as_filled_in(actions.decide_event_request),
        "The decision was saved.",
    ),
    "line": Move("write_run_line", "Add a line to the run of show", _run, "The line was added."),
    "move": Move(
        "move_requested_event",
        "Move the event",
        as_filled_in(actions.move_requested_event),
        "The event has another time; its run of show and its tasks went with it.",
    ),
    "follow": Move(
        "move_event_tasks",
        "Move its tasks with it",
        as_filled_in(actions.move_event_tasks),
        "The tasks have their new days.",
    ),
    "tick": Move(
        "finish_event_tasks",
        "Mark tasks as done",
        as_filled_in(actions.finish_event_tasks),
        "Saved: these tasks are done.",
    ),
    "end": Move(
        "end_event_request",
        "Say what came of it",
        as_filled_in(actions.end_event_request),
        "The request is closed.",
    ),
    **{verb: move for verb, move in SHARED.items() if verb != "reopen"},
}


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """The requests within reach, the next day first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    decided = filters.choice(state, "decision", "Decision", DECIDED)
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = event_request_page(
        actor,
        ward=ward.value,
        decision=decided.value,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", "when"),
        page=page_number(state),
    )
    return list_page(
        request,
        "visits/list.html",
        LIST,
        found,
        chosen=(ward, decided, shown),
        columns=COLUMNS,
        cells=_cells,
        takes=may_take_event_requests(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """Take in that somebody asks the Mayor, the cabinet or the office to come."""
    if not may_take_event_requests(actor_of(request)):
        raise NotAllowed
    return new_page(
        request,
        "visits/new.html",
        forms.RequestForm(posted(request), wards=wards_to_open(request)),
        lambda given: _take(request, given),
        leads_to=lambda made: (reverse("event_request", args=[made.matter_id]), TAKEN_IN),
        title="Write down a request",
        crumbs=(*_crumbs(), Crumb("Write down a request")),
    )


@require_safe
def event_request(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One request: what is asked, what was decided, its tasks and its run of show."""
    return _page(request, event_request_file(matter_id, actor_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a request; what cannot be done to any has no page."""
    file = event_request_file(matter_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("event_request", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _take(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    asked_by = person_meant(given["asked_name"], request)
    if asked_by is not None:
        given["asked_name"] = asked_by.name
    starts_at, ends_at = span_of(given.pop("on"), given.pop("starts"), given.pop("ends"))
    return actions.take_event_request(
        asked_by,
        draft=actions.RequestDraft(**given, starts_at=starts_at, ends_at=ends_at),
        owner=get_party_of(stamp.actor),
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _form(request: HttpRequest, file: EventRequestFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    starts_at = file.row.starts_at
    makers: Mapping[str, Callable[[], Form]] = {
        "decide": lambda: forms.DecideForm(posted),
        "line": lambda: forms.RunForm(posted, initial={"at": starts_at, "minutes": 10}),
        "move": lambda: forms.MoveForm(
            posted, initial={"starts_at": starts_at, "ends_at": file.ends_at}
        ),
        "follow": lambda: PlainForm(posted),
        "tick": lambda: forms.TasksForm(
            posted, tasks=[(str(task.id), task.wording) for task in file.open_tasks]
        ),
        "end": lambda: CloseForm(
            posted, outcomes=[pair for pair in file.matter.outcomes if pair[0] != "declined"]
        ),
    }
    return makers[verb]()


def _page(
    request: HttpRequest, file: EventRequestFile, *, failed: Failed | None = None
) -> HttpResponse:
    row, today = file.row, today_of(request)
    return page(
        request,
        "visits/file.html",
        title=row.title,
        crumbs=(*_crumbs(), Crumb(row.title)),
        file=file,
        row=row,
        matter=file.matter,
        when=clock(row.starts_at),
        left=from_today(file.matter.next_on, today),
        wanted=WANTED[row.wanted],
        decision=_decision(row),
        tasks=table(
            counted(len(file.tasks), "task"),
            TASKS,
            [
                (
                    Cell(task.wording, main=True),
                    Cell(task.party_name),
                    Cell(day_text(task.due_on), sub=from_today(task.due_on, today)),
                    Cell(tags=(_task_state(task.state),)),
                )
                for task in file.tasks
            ],
            empty="The tasks come with the decision.",
        ),
        run=run_table(file),
        moves=[
            (*offer, reverse("event_request_move", args=[file.matter.id, offer[0]]))
            for offer in offered(
                MOVES, file.allowed, failed or {}, lambda verb: _form(request, file, verb)
            )
        ],
        **outcome(failed),
    )


def run_table(file: EventRequestFile) -> Any:
    """The run of show at the times that it has now."""
    rows = [
        (
            Cell(clock(line.starts_at), sub=f"to {clock(line.ends_at)}"),
            Cell(line.text, main=True),
            Cell(line.owner),
        )
        for line in file.run
    ]
    return table("Run of show", RUN, rows, empty="No line yet.", caption_hidden=True)


def _decision(row: EventRequestRow) -> Tag:
    return WAITING.get(row.decision) or Tag(DECISIONS[row.decision], TONES[row.decision])


def _task_state(state: str) -> Tag:
    return {"done": Tag("Done", "good"), "withdrawn": Tag("Dropped")}.get(state, Tag("To do"))


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Events with the Mayor", reverse("event_requests")),)


def _cells(row: EventRequestRow) -> tuple[Cell, ...]:
    public = (Tag("Public page"),) if row.from_outside else ()
    tags = (_decision(row), *public, *((state_tag(row.outcome),) if row.state == "closed" else ()))
    return (
        Cell(
            row.title,
            href=reverse("event_request", args=[row.id]),
            sub=f"Ward {row.ward_code}" if row.ward_code else "Citywide",
            main=True,
        ),
        Cell(clock(row.starts_at)),
        Cell(row.asked_name, sub=WANTED[row.wanted]),
        Cell(tags=tags),
    )
