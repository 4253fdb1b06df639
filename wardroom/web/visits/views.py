"""Requests for the Mayor or the cabinet: the list, taking one in, and one whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import get_ward
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
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import SHARED, SharedMove, shared_form
from wardroom.web.locations.forms import CloseForm
from wardroom.web.meetings.showing import clock
from wardroom.web.people.moves import person_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.visits import forms
from wardroom.web.wards import ward_choices

COLUMNS = (Column("Request"), Column("When", sort="when"), Column("Who asks"), Column("Decision"))
TASKS = (Column("Task"), Column("Who"), Column("By"), Column("State"))
RUN = (Column("When"), Column("What happens"), Column("Who"))
WAITING = {"": Tag("Waits for a decision", "warn")}
TONES = {"accepted": "good", "other": "accent", "declined": "bad"}
STATES = (("open", "Open"), ("closed", "Over"), ("all", "All"))
DECIDED = (("", "All"), ("waiting", "Waits for a decision"), *DECISIONS.items())


def _decide(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.decide_event_request(matter, **given, stamp=stamp_of(request))


def _move(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.move_requested_event(matter, **given, stamp=stamp_of(request))


def _follow(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.move_event_tasks(matter, stamp=stamp_of(request))


def _run(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    file = event_request_file(matter.pk, actor_of(request))
    event = get_event_to_run(file.event_id or 0, actor_of(request))
    return actions.write_run_line(
        event, starts_at=given.pop("at"), **given, stamp=stamp_of(request)
    )


def _end(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.end_event_request(matter, **given, stamp=stamp_of(request))


MOVES: Mapping[str, SharedMove] = {
    "decide": SharedMove("decide_event_request", "Decide", _decide, "The decision was saved."),
    "line": SharedMove(
        "write_run_line", "Add a line to the run of show", _run, "The line was added."
    ),
    "move": SharedMove(
        "move_requested_event",
        "Move the event",
        _move,
        "The event has another time; its run of show and its tasks went with it.",
    ),
    "follow": SharedMove(
        "move_event_tasks", "Move its tasks with it", _follow, "The tasks have their new days."
    ),
    "end": SharedMove("end_event_request", "Say what came of it", _end, "The request is closed."),
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
    return page(
        request,
        "visits/list.html",
        title="Events with the Mayor",
        crumbs=(Crumb("Home", "/"), Crumb("Events with the Mayor")),
        filters=filters.bar(state, ward, decided, shown, keep=("sort",)),
        takes=may_take_event_requests(actor),
        table=table(
            counted(found.total, "request"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="No request fits these filters. Write it down when somebody asks.",
            state=state,
            sort=found.sort,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest) -> HttpResponse:
    """Take in that somebody asks the Mayor, the cabinet or the office to come."""
    if not may_take_event_requests(actor_of(request)):
        raise NotAllowed
    posted = request.POST if request.method == "POST" else None
    form = forms.RequestForm(posted, wards=wards_to_open(request))
    if posted is not None:
        made = submit(form, lambda given: _take(request, given))
        if made is not None:
            address = reverse("event_request", args=[made.matter_id])
            return go_on(request, address, "The request waits for the director's decision.")
    return page(
        request,
        "visits/new.html",
        title="Write down a request",
        crumbs=(*_crumbs(), Crumb("Write down a request")),
        status=form.status,
        form=form,
    )


@require_safe
def event_request(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One request: what is asked, what was decided, its tasks and its run of show."""
    return _page(request, event_request_file(matter_id, actor_of(request)))


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a request; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    actor, move = actor_of(request), MOVES[verb]
    file, matter = event_request_file(matter_id, actor), get_matter(matter_id, actor)
    form = _form(request, file, verb, request.POST)
    done = submit(form, lambda given: move.act(matter, given, request))
    if done is None:
        return _page(request, file, failed={verb: form})
    return go_on(request, reverse("event_request", args=[matter_id]), move.said)


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
        ward=get_ward(code, today_of(request)) if code else None,
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
        "end": lambda: CloseForm(
            posted, outcomes=[pair for pair in file.matter.outcomes if pair[0] != "declined"]
        ),
    }
    return makers[verb]()


def _page(
    request: HttpRequest, file: EventRequestFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    wrong = next(iter((failed or {}).values()), None)
    row, today = file.row, today_of(request)
    return page(
        request,
        "visits/file.html",
        title=row.title,
        crumbs=(*_crumbs(), Crumb(row.title)),
        status=wrong.status if wrong else 200,
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
            (
                verb,
                move.title,
                (failed or {}).get(verb) or _form(request, file, verb),
                reverse("event_request_move", args=[file.matter.id, verb]),
            )
            for verb, move in MOVES.items()
            if move.needs in file.allowed or verb in (failed or {})
        ],
        failed=wrong,
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
