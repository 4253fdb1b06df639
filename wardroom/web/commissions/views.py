"""Commissions' papers: the list, taking one in, and one with its clocks, concerns and letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.papers import (
    PaperFile,
    PaperRow,
    commissions_named,
    get_concern,
    may_take_in_papers,
    paper_file,
    paper_page,
)
from wardroom.engagement.rules.papers import FINDINGS, LETTERS, PAPERS
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.web.commissions import forms
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text, from_today, state_tag
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (
    Column("Paper"),
    Column("Commission", sort="commission"),
    Column("Received", sort="-received"),
    Column("Concerns answered"),
    Column("Next clock", sort="due"),
)
LIST = ListWords(
    title="ANC papers",
    noun="paper",
    empty="No paper fits these filters. Add one when a commission sends its vote.",
    crumbs=(Crumb("Home", "/"), Crumb("ANC papers")),
)
STATES = (("open", "Open"), ("closed", "Answered and closed"), ("all", "All"))
TAKEN_IN = {
    "anc_proposal": "The paper was taken in, and its clocks run.",
    "anc_recommendation": "The paper was taken in. Answer each concern in writing, promptly.",
}


MOVES: Mapping[str, Move] = {
    "letter": Move(
        "note_letter", "Write down a letter that went out", as_filled_in(actions.note_letter)
    ),
    "close": Move(
        "end_paper", "Say what came of it", as_filled_in(actions.end_paper), "The paper is closed."
    ),
    **SHARED,
}


@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    """The papers within reach, what is due first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state, today = request.GET, today_of(request)
    codes = [(code, f"ANC {code}") for code in commissions_named(actor)]
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    anc = filters.choice(state, "anc", "Commission", [("", "All"), *codes])
    kind = filters.choice(state, "kind", "Kind", [("", "All"), *PAPERS.items()])
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = paper_page(
        actor,
        ward=ward.value,
        anc=anc.value,
        kind=kind.value,
        state="" if shown.value == "all" else shown.value,
        sort=state.get("sort", "due"),
        page=page_number(state),
    )
    return list_page(
        request,
        "commissions/list.html",
        LIST,
        found,
        chosen=(ward, anc, kind, shown),
        columns=COLUMNS,
        cells=lambda row: _cells(row, today),
        takes_in=may_take_in_papers(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest) -> HttpResponse:
    """Take in what a commission voted; its clocks start the day it came."""
    if not may_take_in_papers(actor_of(request)):
        raise NotAllowed
    form = forms.PaperForm(
        posted(request),
        initial={"received_on": today_of(request), "no": 0, "abstained": 0},
        wards=wards_to_open(request),
    )
    return new_page(
        request,
        "commissions/new.html",
        form,
        lambda given: _take_in(request, given),
        leads_to=lambda made: (
            reverse("commission_paper", args=[made.matter_id]),
            TAKEN_IN[made.matter.kind],
        ),
        title="Add an ANC paper",
        crumbs=(*_crumbs(), Crumb("Add an ANC paper")),
    )


@require_safe
def paper(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One paper: the vote, its clocks, each concern with what was found, and the letters."""
    return _page(request, paper_file(matter_id, actor_of(request)))


@takes_form()
def answer(request: HttpRequest, matter_id: int, concern_id: int) -> HttpResponse:
    """Write down what was found on one concern."""
    actor = actor_of(request)
    file, concern = paper_file(matter_id, actor), get_concern(concern_id, actor)
    if concern.paper.matter_id != matter_id:
        raise Http404
    form = forms.ConcernForm(request.POST, auto_id=f"concern-{concern_id}_%s")
    done = submit(
        form, lambda given: actions.answer_concern(concern, **given, stamp=stamp_of(request))
    )
    if done is None:
        return _page(request, file, answered={concern_id: form})
    address = reverse("commission_paper", args=[matter_id])
    return go_on(request, f"{address}#concern-{concern_id}", "Saved.")


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a paper; what cannot be done to any has no page."""
    file = paper_file(matter_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("commission_paper", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _take_in(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    return actions.take_in_paper(
        None,
        **{**given, "concerns": given["concerns"].splitlines()},
        owner=get_party_of(stamp.actor),
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _form(request: HttpRequest, file: PaperFile, verb: str, posted: Any = None) -> Form:
    if verb == "letter":
        ready = file.decision_text
        started = {
            "sent_on": today_of(request),
            "to_commission": True,
            "to_councilmember": bool(ready),
            "letter": "decision" if ready else "acknowledgment",
            "text": ready,
        }
        return forms.LetterForm(posted, initial=started, kind=file.row.kind)
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    return forms.CloseForm(posted, outcomes=file.matter.outcomes)


def _page(
    request: HttpRequest,
    file: PaperFile,
    *,
    failed: Failed | None = None,
    answered: Mapping[int, Form] | None = None,
) -> HttpResponse:
    able = "answer_concern" in file.allowed
    return page(
        request,
        "commissions/file.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        file=file,
        row=file.row,
        matter=file.matter,
        kind=PAPERS[file.row.kind],
        when=from_today(file.matter.next_on, today_of(request)),
        concerns=[
            (
                concern,
                FINDINGS.get(concern.finding, ""),
                _concern_form(concern, answered) if able else None,
            )
            for concern in file.concerns
        ],
        letters=[(LETTERS[row.letter], row) for row in file.letters],
        clocks=[(clock, from_today(clock.due_on, today_of(request))) for clock in file.clocks],
        moves=offered(MOVES, file.allowed, failed or {}, lambda verb: _form(request, file, verb)),
        **outcome(failed or answered),
    )


def _concern_form(concern: Any, answered: Mapping[int, Form] | None) -> Form:
    """The form of one concern, as it was sent or as it stands."""
    sent = (answered or {}).get(concern.id)
    started = {"finding": concern.finding, "text": concern.finding_text}
    return sent or forms.ConcernForm(initial=started, auto_id=f"concern-{concern.id}_%s")


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("ANC papers", reverse("commission_papers")),)


def _cells(row: PaperRow, today: Any) -> tuple[Cell, ...]:
    if row.state == "closed":
        tags: tuple[Tag, ...] = (state_tag(row.outcome),)
    else:
        late = row.due_on is not None and row.due_on < today
        tags = (Tag("Late", "bad"),) if late else ()
    return (
        Cell(
            row.title,
            href=reverse("commission_paper", args=[row.id]),
            sub=PAPERS[row.kind],
            main=True,
        ),
        Cell(f"ANC {row.anc_code}", sub=f"Ward {row.ward_code}" if row.ward_code else "Citywide"),
        Cell(day_text(row.received_on)),
        Cell(f"{row.answered} of {row.concerns}"),
        Cell(
            day_text(row.due_on) if row.due_on else "No clock runs",
            sub=from_today(row.due_on, today),
            tags=tags,
        ),
    )
