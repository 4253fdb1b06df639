"""Letters to many: the list, writing one, its preview, the half minute, and how far it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.circulars import (
    CircularFile,
    CircularRow,
    circular_file,
    circular_page,
    get_circular,
    may_write_circulars,
)
from wardroom.engagement.rules.circulars import APPROVED, STATES
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.news.asking import topic_choices
from wardroom.web.news.forms import ApproveForm, HaltForm, LetterForm, WordsForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (
    Column("Letter"),
    Column("For"),
    Column("Written"),
    Column("Copies", number=True),
)
LEFT_OUT = (Column("Address"), Column("Why"))
TONES = {"draft": "warn", "approved": "accent", "sending": "accent", "sent": "good"}
LOOK_AGAIN_SECONDS = 5


class Move(NamedTuple):
    """One thing that can be done to a letter: its form, how, and what is said then."""

    form: type[Form]
    act: Callable[..., Any]
    said: str


MOVES: Mapping[str, Move] = {
    "reword": Move(WordsForm, actions.reword_circular, "Saved."),
    "approve": Move(ApproveForm, actions.approve_circular, "Approved. It goes in half a minute."),
    "take-back": Move(
        PlainForm, actions.take_back_circular, "Taken back. No copy left; it is a draft again."
    ),
    "stop": Move(HaltForm, actions.stop_circular, "Stopped. What had not left stays here."),
}
NEEDS = {
    "reword": "reword_circular",
    "approve": "approve_circular",
    "take-back": "take_back_circular",
    "stop": "stop_circular",
}


@require_safe
def circular_list(request: HttpRequest) -> HttpResponse:
    """The letters to many, the newest first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    shown = filters.choice(state, "state", "State", [("", "All"), *STATES.items()])
    found = circular_page(actor, state=shown.value, page=page_number(state))
    return page(
        request,
        "news/circulars.html",
        title="Letters to many",
        crumbs=(Crumb("Home", "/"), Crumb("Letters to many")),
        filters=filters.bar(state, shown),
        writes=may_write_circulars(actor),
        table=table(
            counted(found.total, "letter"),
            COLUMNS,
            [_cells(row) for row in found.rows],
            empty="No letter fits these filters.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def circular_new(request: HttpRequest) -> HttpResponse:
    """Write a letter; nothing goes out by that."""
    if not may_write_circulars(actor_of(request)):
        raise NotAllowed
    form = LetterForm(request.POST if request.method == "POST" else None, topics=topic_choices())
    if request.method == "POST":
        made = submit(
            form, lambda given: actions.write_circular(None, **given, stamp=stamp_of(request))
        )
        if made is not None:
            return go_on(request, reverse("circular", args=[made.pk]), "Written. Look at it whole.")
    return page(
        request,
        "news/circular_new.html",
        title="Write a letter",
        crumbs=(*_crumbs(), Crumb("Write a letter")),
        status=form.status,
        form=form,
    )


@require_safe
def circular(request: HttpRequest, circular_id: int) -> HttpResponse:
    """One letter: to how many, what one reader gets, and how far it is."""
    return _page(request, _file(request, circular_id))


def circular_move(request: HttpRequest, circular_id: int, verb: str) -> HttpResponse:
    """Do one thing to a letter; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _move(request, circular_id, verb)


@takes_form()
def _move(request: HttpRequest, circular_id: int, verb: str) -> HttpResponse:
    row = get_circular(circular_id, actor_of(request))
    move = MOVES[verb]
    form = move.form(request.POST)
    done = submit(form, lambda given: move.act(row, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, _file(request, circular_id), failed={verb: form})
    return go_on(request, reverse("circular", args=[circular_id]), move.said)


def _file(request: HttpRequest, circular_id: int) -> CircularFile:
    return circular_file(circular_id, actor_of(request), on=today_of(request))


def _page(
    request: HttpRequest, file: CircularFile, *, failed: Mapping[str, Form] | None = None
) -> HttpResponse:
    """The letter; in the half minute the page counts down by loading itself again."""
    first = next(iter((failed or {}).values()), None)
    seconds = _seconds_left(request, file)
    answer = page(
        request,
        "news/circular.html",
        title=file.subject,
        crumbs=(*_crumbs(), Crumb(file.subject)),
        status=first.status if first else 200,
        file=file,
        seconds=seconds,
        tag=Tag(STATES[file.state], TONES.get(file.state, "")),
        forms={verb: _form(verb, file) for verb in MOVES} | dict(failed or {}),
        may={verb for verb, needs in NEEDS.items() if needs in file.allowed},
        failed=first,
        left_out=table(
            counted(len(file.left_out), "address", "addresses"),
            LEFT_OUT,
            [[Cell(row.address, main=True), Cell(row.why)] for row in file.left_out],
            empty="Nobody was left out.",
        ),
    )
    if seconds and first is None:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer


def _seconds_left(request: HttpRequest, file: CircularFile) -> int:
    if file.state != APPROVED or file.goes_at is None:
        return 0
    return max(0, math.ceil((file.goes_at - stamp_of(request).at).total_seconds()))


def _form(verb: str, file: CircularFile) -> Form:
    english = file.wordings[0] if len(file.wordings) == 1 else None
    initial: dict[str, Any] = {"copies": file.count}
    if english is not None:
        initial |= {"language": "en", "subject": english.subject, "text": english.text}
    return MOVES[verb].form(initial=initial)


def _cells(row: CircularRow) -> list[Cell]:
    tags = (Tag(STATES[row.state], TONES.get(row.state, "")),)
    return [
        Cell(row.subject, href=reverse("circular", args=[row.id]), main=True, tags=tags),
        Cell(row.audience),
        Cell(day_text(localdate(row.written_at)), sub=row.written_by),
        Cell(f"{row.copies:,}" if row.copies else "", number=True),
    ]


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Home", "/"), Crumb("Letters to many", "/circulars/"))
