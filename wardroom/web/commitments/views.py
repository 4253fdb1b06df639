"""Promises made in public: the list, writing one down, and one with all that became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import agencies, get_agency, get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.commitments import (
    CommitmentFile,
    CommitmentRow,
    commitment_file,
    commitment_page,
    may_hear_commitments,
)
from wardroom.engagement.rules.commitments import ENDS, MAKERS, STAGES
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.web.commitments import forms
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (
    Column("Promise"),
    Column("Whose"),
    Column("Said", sort="-said"),
    Column("Due", sort="due"),
    Column("Last heard of", sort="silent"),
)
LIST = ListWords(
    title="Commitments",
    noun="promise",
    empty="No promise fits these filters. Write it down when you hear “we will”.",
    crumbs=(Crumb("Home", "/"), Crumb("Commitments")),
)
HEARD = "Written down. The director confirms it."
STATES = (
    ("open", "Open"),
    ("silent", "Nothing heard for 14 days"),
    ("overdue", "Past the day"),
    *STAGES.items(),
    *ENDS.items(),
    ("all", "All"),
)


def _move(
    verb: str, title: str, form: type[Form], act: Callable[..., Any], said: str = "Saved."
) -> Move:
    """Something that needs what it is called by."""
    return Move(verb, title, as_filled_in(act), said, form)


MOVES: Mapping[str, Move] = {
    move.needs: move
    for move in (
        _move(
            "confirm",
            "Confirm it",
            forms.ConfirmForm,
            actions.confirm_commitment,
            "Confirmed. It counts now.",
        ),
        _move(
            "deny",
            "It was not promised",
            forms.DenyForm,
            actions.deny_commitment,
            "Closed: not promised.",
        ),
        _move("begin", "It is under way", forms.WordForm, actions.begin_commitment),
        _move(
            "note_progress",
            "Write down what was heard of it",
            forms.WordForm,
            actions.note_progress,
        ),
        _move(
            "change",
            "The words or the day changed",
            forms.ChangeForm,
            actions.change_commitment,
            "Saved. What it was stays on record.",
        ),
        _move("keep", "It was kept", forms.KeepForm, actions.keep_commitment, "Closed: kept."),
        _move(
            "break",
            "It was not kept",
            forms.BreakForm,
            actions.break_commitment,
            "Closed: not kept.",
        ),
        _move(
            "publish",
            "Tell the public of it",
            forms.PublishForm,
            actions.publish_commitment,
            "Published in these words.",
        ),
        _move(
            "withdraw",
            "Take it out of the public news",
            forms.WithdrawForm,
            actions.withdraw_commitment,
            "The public news no longer has it.",
        ),
    )
} | {
    **SHARED,
    "reopen": SHARED["reopen"]._replace(act=as_filled_in(actions.reopen_commitment)),
}


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """The promises within reach, what is due first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state, today = request.GET, today_of(request)
    codes = [(a.code, a.name) for a in agencies(actor)]
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    maker = filters.choice(state, "maker", "Whose", [("", "Anybody's"), *MAKERS.items()])
    agency = filters.choice(state, "agency", "Agency", [("", "All"), *codes])
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = commitment_page(
        actor,
        on=today,
        ward=ward.value,
        maker=maker.value,
        agency=agency.value,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", "due"),
        page=page_number(state),
    )
    return list_page(
        request,
        "commitments/list.html",
        LIST,
        found,
        chosen=(ward, maker, agency, shown),
        columns=COLUMNS,
        cells=lambda row: _cells(row, today),
        hears=may_hear_commitments(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: HttpRequest) -> HttpResponse:
    """Write down a promise in the words that were used."""
    actor = actor_of(request)
    if not may_hear_commitments(actor):
        raise NotAllowed
    form = forms.CommitmentForm(
        posted(request),
        initial={"said_on": today_of(request)},
        wards=wards_to_open(request),
        agencies=[(a.code, f"{a.name} ({a.code})") for a in agencies(actor)],
    )
    return new_page(
        request,
        "commitments/new.html",
        form,
        lambda given: _hear(request, given),
        leads_to=lambda made: (reverse("commitment", args=[made.matter_id]), HEARD),
        title="Write down a promise",
        crumbs=(*_crumbs(), Crumb("Write down a promise")),
    )


@require_safe
def commitment(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One promise: the words, who is told, what it was before, and what can be done."""
    return _page(request, commitment_file(matter_id, actor_of(request), on=today_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a promise; what cannot be done to any has no page."""
    file = commitment_file(matter_id, actor_of(request), on=today_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("commitment", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _hear(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    agency = given.pop("agency_code")
    return actions.hear_commitment(
        get_agency(agency) if agency else None,
        **given,
        owner=get_party_of(stamp.actor),
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _form(request: HttpRequest, file: CommitmentFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    started = {
        "wording": file.row.wording,
        "due_on": file.row.due_on,
        "public_text": file.public_text,
    }
    return MOVES[verb].form(posted, initial=started, auto_id=f"{verb}_%s")


def _page(
    request: HttpRequest, file: CommitmentFile, *, failed: Failed | None = None
) -> HttpResponse:
    today = today_of(request)
    return page(
        request,
        "commitments/file.html",
        title=file.row.wording,
        crumbs=(*_crumbs(), Crumb(file.row.wording)),
        file=file,
        row=file.row,
        matter=file.matter,
        maker=MAKERS[file.row.maker],
        when=from_today(file.matter.next_on, today),
        due=from_today(file.row.due_on, today),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Commitments", reverse("commitments")),)


def _cells(row: CommitmentRow, today: date) -> tuple[Cell, ...]:
    tags = [state_tag(row.stage)]
    if row.overdue:
        tags.append(Tag("Past the day", "bad"))
    silent = counted(row.silent_days, "day") + " ago" if row.silent_days else "Today"
    return (
        Cell(
            row.wording,
            href=reverse("commitment", args=[row.id]),
            sub=f"To: {row.made_to}",
            tags=tuple(tags),
            main=True,
        ),
        Cell(row.maker_name, sub=row.agency_code),
        Cell(day_text(row.said_on)),
        Cell(day_text(row.due_on) if row.due_on else "No day was named"),
        Cell(silent, tags=(Tag("Silent", "warn"),) if row.silent else ()),
    )
