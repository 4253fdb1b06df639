"""Commissions' papers: the list, taking one in, and one with its clocks, concerns and letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import get_ward
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
from wardroom.web.initiatives.shared import SHARED, SharedMove, shared_form
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text, from_today, state_tag
from wardroom.web.wards import ward_choices

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


def _letter(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.note_letter(matter, **given, stamp=stamp_of(request))


def _close(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.end_paper(matter, **given, stamp=stamp_of(request))


MOVES: Mapping[str, SharedMove] = {
    "letter": SharedMove("note_letter", "Write down a letter that went out", _letter, "Saved."),
    "close": SharedMove("end_paper", "Say what came of it", _close, "The paper is closed."),
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
        request.POST if request.method == "POST" else None,
        initial={"received_on": today_of(request), "no": 0, "abstained": 0},
        wards=wards_to_open(request),
    )
    if request.method == "POST":
        made = submit(form, lambda given: _take_in(request, given))
        if made is not None:
            address = reverse("commission_paper", args=[made.matter_id])
            return go_on(request, address, TAKEN_IN[made.matter.kind])
    return page(
        request,
        "commissions/new.html",
        title="Add an ANC paper",
        crumbs=(*_crumbs(), Crumb("Add an ANC paper")),
        status=form.status,
        form=form,
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


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a paper; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    file = paper_file(matter_id, actor_of(request))
    matter, move = get_matter(matter_id, actor_of(request)), MOVES[verb]
    form = _form(request, file, verb, request.POST)
    done = submit(form, lambda given: move.act(matter, given, request))
    if done is None:
        return _page(request, file, failed={verb: form})
    return go_on(request, reverse("commission_paper", args=[matter_id]), move.said)


def _take_in(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given.pop("ward_code")
    return actions.take_in_paper(
        None,
        **{**given, "concerns": given["concerns"].splitlines()},
        owner=get_party_of(stamp.actor),
        ward=get_ward(code, today_of(request)) if code else None,
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
    failed: dict[str, Form] | None = None,
    answered: dict[int, Form] | None = None,
) -> HttpResponse:
    sent: list[Form] = [*(failed or {}).values(), *(answered or {}).values()]
    wrong = sent[0] if sent else None
    able = "answer_concern" in file.allowed
    return page(
        request,
        "commissions/file.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        status=wrong.status if wrong else 200,
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
        moves=[
            (verb, move.title, (failed or {}).get(verb) or _form(request, file, verb))
            for verb, move in MOVES.items()
            if move.needs in file.allowed or verb in (failed or {})
        ],
        failed=wrong,
    )


def _concern_form(concern: Any, answered: dict[int, Form] | None) -> Form:
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
