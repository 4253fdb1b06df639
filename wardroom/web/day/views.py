"""My day: the one list of everything that waits, and what can be done right in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.directory.queries import agencies
from wardroom.incidents.queries import may_open_incidents
from wardroom.kernel.errors import NotAllowed
from wardroom.matters import actions, queries
from wardroom.web.day import forms
from wardroom.web.day.rows import COLUMNS, waiting_cells
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import back_to, go_on, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.wards import ward_choices

WHOSE = (("", "Mine"), ("all", "Everybody I can see"))
SPANS = (("all", "Any day"), ("now", "Today and late"), ("week", "Within a week"),
         ("month", "Within a month"))  # fmt: skip
SIZES = (("", "25 a page"), ("100", "100 a page"))


class Move(NamedTuple):
    """Something that can be done with a task in the list: its form, its action, its words."""

    form: Callable[..., Form]
    act: Callable[..., Any]
    said: str
    undo: str = ""


MOVES = {
    "finish_task": Move(forms.PlainForm, actions.finish_task, "Done: {}.", "reopen_task"),
    "approve_task": Move(forms.PlainForm, actions.approve_task, "You approved: {}."),
    "refuse_approval": Move(forms.ReasonForm, actions.refuse_approval, "You refused: {}."),
    "move_task": Move(forms.MoveForm, actions.move_task, "Moved to another day: {}."),
    "drop_task": Move(forms.ReasonForm, actions.drop_task, "Off the list: {}."),
    "reopen_task": Move(forms.PlainForm, actions.reopen_task, "Back on the list: {}."),
}


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the asker, the soonest first."""
    return _page(request, request.GET, request.get_full_path())


@takes_form(steps_up=2)
def move(request: HttpRequest, task_id: int, verb: str) -> HttpResponse:
    """Tick a task off, approve or refuse it, put it off, drop it, or take that back."""
    if verb not in MOVES:
        raise Http404
    chosen = MOVES[verb]
    task = queries.get_task(task_id, actor_of(request))
    form = chosen.form(request.POST)
    back = back_to(request, reverse("day"))
    done = submit(form, lambda given: chosen.act(task, **given, stamp=stamp_of(request)))
    if done is None:
        path, _, query = back.partition("?")
        state = QueryDict(query if path == reverse("day") else "")
        return _page(request, state, back, failed=(task.wording, form))
    undo = reverse("day_move", args=[task_id, chosen.undo]) if chosen.undo else ""
    return go_on(request, back, chosen.said.format(task.wording.rstrip(".")), undo=undo)


def _page(
    request: HttpRequest, state: QueryDict, back: str, *, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    actor, today = actor_of(request), today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    named = [("", "All agencies"), *((a.code, a.name) for a in agencies(actor))]
    reasons = [("", "Any reason"), *queries.reasons()]
    wards = ward_choices(request)
    wards = wards if wards[0][0] == "" else [("", "All wards"), *wards]
    choices = (
        filters.choice(state, "whose", "Whose", WHOSE),
        filters.choice(state, "span", "When", SPANS),
        filters.choice(state, "reason", "Why", reasons),
        filters.choice(state, "ward", "Ward", wards),
        filters.choice(state, "agency", "Agency", named),
        filters.choice(state, "size", "Rows", SIZES),
    )
    given = {item.name: item.value for item in choices}
    size = int(given.pop("size") or queries.PAGE_ROWS)
    found = queries.worklist(
        actor, on=today, **given, sort=state.get("sort", "due"), page=page_number(state), size=size
    )
    everybody = given["whose"] == "all"
    waits = "thing waits" if found.total == 1 else "things wait"
    caption = f"{found.total:,} {waits}, {found.late:,} late"
    return page(
        request,
        "day/day.html",
        title="My day",
        status=failed[1].status if failed else 200,
        filters=filters.bar(state, *choices, keep=("sort",)),
        day_address=reverse("day"),
        opens=may_open_incidents(actor),
        failed=failed,
        found=found,
        table=table(
            caption,
            COLUMNS,
            [waiting_cells(row, today, back=back, everybody=everybody) for row in found.rows],
            empty="Nothing waits here. Write a line above with a date, such as !fri, to put"
            " something on your list.",
            state=state,
            sort=found.sort,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )
