"""One change to many issues: chosen, previewed row by row, done, and taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Role
from wardroom.casework import actions
from wardroom.casework.queries import (
    BatchFile,
    BatchRow,
    batch_file,
    batch_page,
    get_batch,
    issue_ids,
    issues_named,
)
from wardroom.casework.rules import BATCH_VERBS, MOST_AT_ONCE, WORK_LEFT, check_chosen
from wardroom.directory.queries import agencies, colleagues
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.library.queries import topics
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.issues import lists
from wardroom.web.issues.batch_forms import FORMS, BatchForm
from wardroom.web.issues.batch_rows import ITEM_COLUMNS, item_cells, state_given, summary_of
from wardroom.web.rows import number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import NOT_ACCEPTED, Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, state_tag

SECONDS = 0.8
ROWS = 5
NAMED = 8
COLUMNS = (Column("Change"), Column("State"), Column("Issues", number=True), Column("By"))
SHOWN = (("done", "Done"), ("never", "Only previewed, never done"), ("all", "All"))
NOTHING = "No issues have been changed together yet. Select some in the list of issues to start."
EMPTY = {"never": "Every change that was previewed was done."}
CRUMBS = (Crumb("Issues", "/issues/"),)
SAID = {"doing": "Done as previewed.", "undoing": "Taken back."}


@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    """The changes to many issues within reach, the newest first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    shown = filters.choice(request.GET, "shown", "Shown", SHOWN, default="done")
    found = batch_page(actor, shown=shown.value, page=page_number(request.GET))
    return page(
        request,
        "issues/batches.html",
        title="Changes to many issues",
        crumbs=(*CRUMBS, Crumb("Changes to many")),
        filters=filters.bar(request.GET, shown),
        table=table(
            counted(found.total, "change"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty=EMPTY.get(shown.value, NOTHING),
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def batch_new(request: HttpRequest) -> HttpResponse:
    """Say what is to be done with the issues that were ticked, and have it previewed."""
    actor = actor_of(request)
    if not actor.has(Role.DIRECTOR, Role.LIAISON):
        raise NotAllowed
    ids = _ticked(request)
    verb = request.POST.get("verb", "")
    if request.method != "POST":
        return _choose_page(request, ids)
    if verb not in FORMS:
        raise Http404
    form = _forms(request, verb)[verb]
    made = submit(form, lambda given: _prepare(request, form, verb, given, ids))
    if made is None:
        return _choose_page(request, ids, failed=form)
    _work_on(request, made)
    return go_on(
        request,
        reverse("batch", args=[made.pk]),
        "Nothing is changed yet. Look at the preview first.",
    )


@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What would change, what changes, or what was changed, issue by issue."""
    return _batch_page(request, batch_id)


@takes_form()
def batch_move(request: HttpRequest, batch_id: int, verb: str) -> HttpResponse:
    """Do what was previewed, take it back, or go on with what is left."""
    begun = get_batch(batch_id, actor_of(request))
    begin: dict[str, Callable[[], Any]] = {
        "do": lambda: actions.begin_batch(
            begun, digest=request.POST.get("digest", ""), stamp=stamp_of(request)
        ),
        "undo": lambda: actions.undo_batch(begun, stamp=stamp_of(request)),
        "on": lambda: begun,
    }
    if verb not in begin:
        raise Http404
    form = Form(request.POST)
    going = submit(form, lambda _: _work_on(request, begin[verb]()))
    if going is None:
        return _batch_page(request, batch_id, failed=form)
    said = "The rest goes on by itself." if going.state in WORK_LEFT else SAID.get(going.was, "")
    return go_on(request, reverse("batch", args=[batch_id]), said or "There is nothing left.")


def _prepare(
    request: HttpRequest, form: BatchForm, verb: str, given: dict[str, Any], ids: tuple[int, ...]
) -> Any:
    if verb == "join" and not given["into"]:
        named = issues_named(actor_of(request), ids)
        given["into"] = named[0][0] if named else None
    return actions.prepare_batch(
        None,
        verb=verb,
        words=form.words(given),
        said=form.said(given),
        issues=ids,
        stamp=stamp_of(request),
    )


class _Going:
    """How far a batch came while somebody waited: what it was doing, and its state now."""

    def __init__(self, was: str, state: str) -> None:
        self.was = was
        self.state = state


def _work_on(request: HttpRequest, going: Any) -> _Going:
    """Work on a batch for most of a second; the worker goes on with what is left then."""
    was = going.state
    until = time.monotonic() + SECONDS
    while going.state in WORK_LEFT:
        late = time.monotonic() > until
        going = actions.go_on_with_batch(going, rows=ROWS, leave=late, stamp=stamp_of(request))
        if late:
            break
    return _Going(was, going.state)


def _ticked(request: HttpRequest) -> tuple[int, ...]:
    """The issues that were ticked, or all that answer to the filters of the address."""
    if request.GET.get("all"):
        chosen = lists.chosen(lists.choices(request), today_of(request))
        return issue_ids(actor_of(request), **chosen, most=MOST_AT_ONCE + 1)
    numbers = (number_meant(text) for text in request.GET.getlist("row")[: MOST_AT_ONCE + 1])
    return tuple(dict.fromkeys(n for n in numbers if n is not None))


def _forms(request: HttpRequest, verb: str = "") -> dict[str, BatchForm]:
    actor = actor_of(request)
    people = colleagues(actor, on=today_of(request), roles=(Role.LIAISON, Role.DIRECTOR))
    outcomes = kind_of("issue").outcomes.items()
    offers = {
        "owner": [(str(c.party_id), c.label) for c in people],
        "topic_code": [(t.code, t.name) for t in topics() if not t.routine],
        "agency_code": [(a.code, a.name) for a in agencies(actor)],
        "outcome": [(code, label) for code, label in outcomes if code != "duplicate"],
    }
    return {
        name: kind(request.POST if name == verb else None, offers=offers, today=today_of(request))
        for name, kind in FORMS.items()
    }


def _choose_page(
    request: HttpRequest, ids: tuple[int, ...], *, failed: BatchForm | None = None
) -> HttpResponse:
    named = issues_named(actor_of(request), ids)
    shown = {**_forms(request), **({failed.name: failed} if failed else {})}
    status, sentence = (failed.status if failed else 200), ""
    try:
        check_chosen(len(named))
    except Refused as no:
        sentence = no.sentence
        status = NOT_ACCEPTED if request.method == "POST" else status
    return page(
        request,
        "issues/batch_new.html",
        title=f"Change {counted(len(named), 'issue')}" if not sentence else "Change many issues",
        crumbs=(*CRUMBS, Crumb("Change many")),
        status=status,
        sentence=sentence,
        named=named[:NAMED],
        more=max(0, len(named) - NAMED),
        verbs=[(BATCH_VERBS[name], form) for name, form in shown.items()],
        failed=failed,
        path=request.get_full_path(),
    )


def _batch_page(request: HttpRequest, batch_id: int, *, failed: Form | None = None) -> HttpResponse:
    only = state_given(request.GET.get("only", ""))
    file = batch_file(batch_id, actor_of(request), state=only, page=page_number(request.GET))
    return page(
        request,
        "issues/batch.html",
        title=file.label,
        crumbs=(*CRUMBS, Crumb("Changes to many", reverse("batches")), Crumb(file.label)),
        status=failed.status if failed else 200,
        failed=failed,
        file=file,
        works=file.state in WORK_LEFT,
        summary=summary_of(file, only),
        table=_items(request, file),
    )


def _items(request: HttpRequest, file: BatchFile) -> Any:
    return table(
        counted(file.shown, "issue"),
        ITEM_COLUMNS,
        [item_cells(row) for row in file.items],
        empty="No issue of this change is within your reach.",
        paging=paging(request.GET, page=file.page, pages=file.pages, total=file.shown),
    )


def _cells(row: BatchRow) -> tuple[Cell, ...]:
    return (
        Cell(row.label, href=reverse("batch", args=[row.id]), sub=row.said, main=True),
        Cell(tags=(state_tag(f"batch_{row.state}"),)),
        Cell(f"{row.done or row.rows:,}", number=True),
        Cell(row.made_by, sub=day_text(localdate(row.made_at))),
    )
