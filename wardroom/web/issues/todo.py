"""To-dos, approvals and clocks of one issue: put on a list, and everything that becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.casework.queries import issue_file
from wardroom.directory.queries import Colleague, colleagues, get_colleague
from wardroom.kernel.errors import NotFound, Refused
from wardroom.library.queries import clocks_to_start
from wardroom.matters import actions, queries
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.issues.file import issue_page_of
from wardroom.web.issues.moved_on import closed_already
from wardroom.web.issues.tasks import MOVES, ClockForm, TaskForm, task_form
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import day_text


@require_http_methods(["GET", "HEAD", "POST"])
def todo(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Put something on somebody's list, or start a clock of the law."""
    actor = actor_of(request)
    header = queries.matter_header(queries.get_matter(matter_id, actor), actor)
    if header.kind != "issue":
        raise NotFound(f"no issue {matter_id}")
    if "add_task" not in header.allowed:
        return closed_already(request, header)
    people = colleagues(actor, ward_code=header.ward_code, on=today_of(request))
    clocks = clocks_to_start(today_of(request))
    sent = request.POST.get("which") if request.method == "POST" else None
    task = TaskForm(request.POST if sent == "task" else None, people=people)
    at = stamp_of(request).at
    clock = ClockForm(
        request.POST if sent == "clock" else None,
        people=people,
        clocks=clocks,
        initial={"started_at": at},
    )
    form: Form = clock if sent == "clock" else task
    if sent:
        made = submit(form, lambda given: _put(request, matter_id, sent, given))
        if made is not None:
            said = f"On the list of {made.party.name} by {made.due_on:%b} {made.due_on.day}."
            said += _leaves_before(people, made)
            return go_on(request, f"{reverse('issue', args=[matter_id])}#task_{made.pk}", said)
    return page(
        request,
        "issues/todo.html",
        title="To do, approval or clock",
        crumbs=_crumbs(matter_id, "To do"),
        status=form.status,
        matter=header,
        task=task,
        clock=clock,
        failed=form if form.errors else None,
    )


@takes_form(steps_up=3)
def make_task_move(request: HttpRequest, matter_id: int, task_id: int, verb: str) -> HttpResponse:
    """Tick a task off, approve or refuse it, move, pause, resume, give or drop it."""
    if verb not in MOVES:
        raise Http404
    actor = actor_of(request)
    task = queries.get_task(task_id, actor)
    if task.matter_id != matter_id:
        raise NotFound(f"no task {task_id} of {matter_id}")
    move = MOVES[verb]
    people = (
        colleagues(actor, ward_code=task.ward_code, on=today_of(request))
        if move.needs_people
        else ()
    )
    form = task_form(task_id, verb, people, today_of(request), request.POST)
    done = submit(
        form, lambda given: move.act(task, **_whom(request, given), stamp=stamp_of(request))
    )
    if done is None:
        return issue_page_of(
            request, issue_file(matter_id, actor), failed_task=(task_id, verb, form)
        )
    undo = reverse("issue_task", args=[matter_id, task_id, "reopen_task"])
    address = f"{reverse('issue', args=[matter_id])}#task_{task_id}"
    said = move.said.format(task.wording.rstrip(".")) + _leaves_before(people, done)
    return go_on(request, address, said, undo=undo if verb == "finish_task" else "")


def _put(request: HttpRequest, matter_id: int, sent: str, given: dict[str, Any]) -> Any:
    matter = queries.get_matter(matter_id, actor_of(request))
    words = _whom(request, given)
    if sent == "task":
        return actions.add_task(matter, **words, stamp=stamp_of(request))
    if not words["wording"]:
        words["wording"] = _name_of(words["rule_code"], request)
    try:
        return actions.add_legal_deadline(matter, **words, stamp=stamp_of(request))
    except Refused as no:
        no.field = {"rule": "rule_code", "start": "started_at"}.get(no.field or "", no.field)
        raise


def _leaves_before(people: Sequence[Colleague], task: Any) -> str:
    """That whoever was given a task is gone by its day, where that is known."""
    who = next((c for c in people if c.party_id == task.party_id), None)
    if who is None or who.until_on is None or not who.leaves_before(task.due_on):
        return ""
    return f" {who.name} works here until {day_text(who.until_on)}, before that day."


def _name_of(code: str, request: HttpRequest) -> str:
    return next((c.name for c in clocks_to_start(today_of(request)) if c.code == code), code)


def _whom(request: HttpRequest, given: dict[str, Any]) -> dict[str, Any]:
    """The same words with the colleague in place of a number."""
    words = dict(given)
    if "party_id" in words:
        words["party"] = get_colleague(
            words.pop("party_id"), actor_of(request), on=today_of(request)
        )
    return words


def _crumbs(matter_id: int, text: str) -> tuple[Crumb, ...]:
    own = reverse("issue", args=[matter_id])
    return (Crumb("Issues", "/issues/"), Crumb(f"W-{matter_id}", own), Crumb(text))
