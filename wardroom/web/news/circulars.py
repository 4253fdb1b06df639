"""Letters to many: the list, writing one, its preview, the half minute, and how far it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
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
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.news.asking import topic_choices
from wardroom.web.news.forms import ApproveForm, HaltForm, LetterForm, WordsForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    outcome,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (
    Column("Letter"),
    Column("For"),
    Column("Written"),
    Column("Copies", number=True),
)
LIST = ListWords(
    title="Letters to many",
    noun="letter",
    empty="No letter fits these filters.",
    crumbs=(Crumb("Home", "/"), Crumb("Letters to many")),
)
LEFT_OUT = (Column("Address"), Column("Why"))
TONES = {"draft": "warn", "approved": "accent", "sending": "accent", "sent": "good"}
LOOK_AGAIN_SECONDS = 5


MOVES: Mapping[str, Move] = {
    "reword": Move(
        "reword_circular", "Write it", as_filled_in(actions.reword_circular), form=WordsForm
    ),
    "approve": Move(
        "approve_circular",
        "Approve it",
        as_filled_in(actions.approve_circular),
        "Approved. It goes in half a minute.",
        ApproveForm,
    ),
    "take-back": Move(
        "take_back_circular",
        "Take it back",
        as_filled_in(actions.take_back_circular),
        "Taken back. No copy left; it is a draft again.",
    ),
    "withdraw": Move(
        "withdraw_circular",
        "Withdraw it",
        as_filled_in(actions.withdraw_circular),
        "Withdrawn. It waits for nobody any more.",
        HaltForm,
    ),
    "stop": Move(
        "stop_circular",
        "Stop it",
        as_filled_in(actions.stop_circular),
        "Stopped. What had not left stays here.",
        HaltForm,
    ),
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
    return list_page(
        request,
        "news/circulars.html",
        LIST,
        found,
        chosen=(shown,),
        columns=COLUMNS,
        cells=_cells,
        writes=may_write_circulars(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def circular_new(request: HttpRequest) -> HttpResponse:
    """Write a letter; nothing goes out by that."""
    if not may_write_circulars(actor_of(request)):
        raise NotAllowed
    return new_page(
        request,
        "news/circular_new.html",
        LetterForm(posted(request), topics=topic_choices()),
        lambda given: actions.write_circular(None, **given, stamp=stamp_of(request)),
        leads_to=lambda made: (reverse("circular", args=[made.pk]), "Written. Look at it whole."),
        title="Write a letter",
        crumbs=(*_crumbs(), Crumb("Write a letter")),
    )


@require_safe
def circular(request: HttpRequest, circular_id: int) -> HttpResponse:
    """One letter: to how many, what one reader gets, and how far it is."""
    return _page(request, _file(request, circular_id))


@takes_move(MOVES)
def circular_move(request: HttpRequest, circular_id: int, verb: str) -> HttpResponse:
    """Do one thing to a letter; what cannot be done to any has no page."""
    move = MOVES[verb]
    return make(
        request,
        move,
        get_circular(circular_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("circular", args=[circular_id]),
        again=lambda form: _page(request, _file(request, circular_id), failed={verb: form}),
    )


def _file(request: HttpRequest, circular_id: int) -> CircularFile:
    return circular_file(circular_id, actor_of(request), on=today_of(request))


def _page(
    request: HttpRequest, file: CircularFile, *, failed: Failed | None = None
) -> HttpResponse:
    """The letter; in the half minute the page counts down by loading itself again."""
    seconds = _seconds_left(request, file)
    answer = page(
        request,
        "news/circular.html",
        title=file.subject,
        crumbs=(*_crumbs(), Crumb(file.subject)),
        file=file,
        seconds=seconds,
        tag=Tag(STATES[file.state], TONES.get(file.state, "")),
        forms={verb: _form(verb, file) for verb in MOVES} | dict(failed or {}),
        may={verb for verb, move in MOVES.items() if move.needs in file.allowed},
        **outcome(failed),
        left_out=table(
            counted(len(file.left_out), "address", "addresses"),
            LEFT_OUT,
            [[Cell(row.address, main=True), Cell(row.why)] for row in file.left_out],
            empty="Nobody was left out.",
        ),
    )
    if seconds and not failed:
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
