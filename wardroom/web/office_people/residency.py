"""Residency: whose is counted, the arithmetic of the day, proof that was seen, and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import colleagues, get_colleague
from wardroom.kernel.errors import NotAllowed
from wardroom.office import actions
from wardroom.office.queries import (
    ResidencyFile,
    ResidencyRow,
    get_residency_clock,
    residency_file,
    residency_page,
)
from wardroom.office.queries.residency import STATES
from wardroom.office.rules import residency as rules
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import counted, day_text, from_today

TONES = {"running": "accent", "proved": "good", "forfeited": "bad", "stands": "good", "ended": ""}


class StartForm(Form):
    """Who was appointed, to what, and when."""

    name = "start"

    party = forms.TypedChoiceField(label="Who was appointed", coerce=int, empty_value=None)
    appointed_as = forms.CharField(label="To which position", max_length=120)
    appointed_on = DayField(label="Appointed on")


class ProofForm(Form):
    """Which kinds of document were seen; nothing else is kept."""

    name = "proof"

    kinds = forms.MultipleChoiceField(
        label="Which documents you saw",
        choices=tuple(rules.PROOFS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Only the kind is kept: no copy, no number, no address.",
    )
    seen_on = DayField(label="Seen on")


class DecideForm(Form):
    """What a person decides; the house decides nothing."""

    name = "decide"

    outcome = forms.ChoiceField(
        label="What is decided", choices=(("", "Choose"), *rules.OUTCOMES.items())
    )
    reason = LongText(label="Why, and on whose advice", max_length=500)


class WhoForm(Form):
    """Who of the office somebody is whose clock was started by a name only."""

    name = "who"

    party = forms.TypedChoiceField(label="They sign in as", coerce=int)


class ReasonForm(Form):
    """Why it is done."""

    reason = LongText(label="Why", max_length=300)


class EndForm(ReasonForm):
    name = "end"


class DisposeForm(ReasonForm):
    name = "dispose"


def _name(clock: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    person = get_colleague(given["party"], actor_of(request), on=today_of(request))
    return actions.name_appointee(clock, party=person, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "who": Move("name_appointee", "Say who signs in as them", _name, "Noted.", WhoForm),
    "proof": Move(
        "record_proof",
        "I saw proof",
        as_filled_in(actions.record_proof),
        "Written down. It is looked at again a year later.",
        ProofForm,
    ),
    "decide": Move(
        "decide_residency",
        "Decide about the appointment",
        as_filled_in(actions.decide_residency),
        "The decision is on record. Roles and the seat are ended under Staff.",
        DecideForm,
    ),
    "end": Move(
        "end_residency_clock",
        "Count no more",
        as_filled_in(actions.end_residency_clock),
        "It is not counted any more.",
        EndForm,
    ),
    "dispose": Move(
        "dispose_of_proofs",
        "Dispose of what was kept about proof",
        as_filled_in(actions.dispose_of_proofs),
        "Disposed of. That there was proof stays on record.",
        DisposeForm,
    ),
}


@require_safe
def residency_list(request: HttpRequest) -> HttpResponse:
    """Whose residency is counted, the first due first; one's own for most."""
    actor, today = actor_of(request), today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    states = [("", "All"), *STATES.items()]
    state = filters.choice(request.GET, "state", "State", states, default="open")
    found = residency_page(actor, on=today, state=state.value, page=page_number(request.GET))
    return list_page(
        request,
        "office_people/residency.html",
        ListWords(
            title="Residency",
            noun="appointment",
            empty="Nothing is counted here. A clock starts with an appointment.",
            crumbs=(Crumb("Home", "/"), Crumb("Residency")),
        ),
        found,
        chosen=(state,),
        columns=(
            Column("Name"),
            Column("Appointed"),
            Column("State"),
            Column("Next"),
        ),
        cells=lambda row: _cells(row, request),
        allowed=found.allowed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def residency_new(request: HttpRequest) -> HttpResponse:
    """Start to count the residency of somebody who was appointed."""
    actor, today = actor_of(request), today_of(request)
    if "start_residency_clock" not in residency_page(actor, on=today).allowed:
        raise NotAllowed
    form = StartForm(posted(request), initial={"appointed_on": today})
    people = [(c.party_id, c.name) for c in colleagues(actor, on=today)]
    choose(form, "party", [("", "Choose"), *people])
    return new_page(
        request,
        "office_people/residency_new.html",
        form,
        lambda given: actions.start_residency_clock(
            get_colleague(given["party"], actor, on=today),
            appointed_on=given["appointed_on"],
            appointed_as=given["appointed_as"],
            stamp=stamp_of(request),
        ),
        leads_to=lambda clock: (
            reverse("residency_clock", args=[clock.pk]),
            f"Counted. Proof is to be seen by {day_text(clock.due_on)}.",
        ),
        title="Count somebody's residency",
        crumbs=(Crumb("Residency", reverse("residency")), Crumb("Count somebody's residency")),
    )


@require_safe
def residency_clock(request: HttpRequest, clock_id: int) -> HttpResponse:
    """One clock: by when and why, what was seen, what was decided."""
    return _page(request, residency_file(clock_id, actor_of(request), on=today_of(request)), {})


@takes_move(MOVES)
def make_move(request: HttpRequest, clock_id: int, verb: str) -> HttpResponse:
    """Write down proof, decide, count no more, or dispose of what was kept."""
    actor = actor_of(request)
    clock = get_residency_clock(clock_id, actor)
    file = residency_file(clock_id, actor, on=today_of(request))
    return make(
        request,
        MOVES[verb],
        clock,
        _form(request, verb, request.POST),
        address=reverse("residency_clock", args=[clock_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _page(request: HttpRequest, file: ResidencyFile, failed: Failed) -> HttpResponse:
    row, today = file.row, today_of(request)
    steps = [(step, step in file.told) for step in rules.REMINDERS]
    span = max((row.due_on - row.appointed_on).days, 1)
    return page(
        request,
        "office_people/residency_clock.html",
        title=row.name,
        crumbs=(Crumb("Residency", reverse("residency")), Crumb(row.name)),
        file=file,
        row=row,
        tag=Tag(row.state_words, TONES[row.state]),
        when=from_today(row.next_on, today),
        passed=min(max(row.days_passed, 0), span),
        span=span,
        steps=steps,
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, verb)),
    )


def _form(request: HttpRequest, verb: str, sent: Any = None) -> Form:
    form = MOVES[verb].form(sent)
    if verb == "who":
        people = colleagues(actor_of(request), on=today_of(request))
        choose(form, "party", [("", "Choose"), *((c.party_id, c.name) for c in people)])
    return form


def _since(row: ResidencyRow, request: HttpRequest) -> str:
    """How long ago somebody was appointed, or in how many days they will be."""
    if row.days_passed <= 0:
        return from_today(row.appointed_on, today_of(request))
    return f"{counted(row.days_passed, 'day')} ago"


def _cells(row: ResidencyRow, request: HttpRequest) -> tuple[Cell, ...]:
    tags = [Tag(row.state_words, TONES[row.state])]
    tags += [Tag("A person has to decide", "bad")] if row.overdue else []
    what = "proof to be seen" if row.state == "running" else "to be looked at again"
    return (
        Cell(row.name, href=reverse("residency_clock", args=[row.id]), main=True),
        Cell(
            day_text(row.appointed_on),
            sub=f"{row.appointed_as}, {_since(row, request)}",
        ),
        Cell(tags=tuple(tags)),
        Cell(
            day_text(row.next_on),
            sub=f"{what}, {from_today(row.next_on, today_of(request))}" if row.next_on else "",
        ),
    )
