"""What people learned: the list, noting one, one with its paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import colleagues, get_colleague, get_party_of
from wardroom.documents.queries import Served, document_content
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.office import actions
from wardroom.office.queries import (
    TrainingFile,
    TrainingRow,
    get_training,
    notes_for_all,
    training_file,
)
from wardroom.office.queries import training_page as listed
from wardroom.office.rules import training as rules
from wardroom.web.documents.views import handed_out
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text

OF_ANYBODY, OF_ONESELF = "Note what somebody learned", "Note what you learned"


class TrainingForm(Form):
    """What somebody learned, and the paper that says so."""

    name = "training"

    party = forms.TypedChoiceField(label="Who", coerce=int, empty_value=None)
    sort = forms.ChoiceField(label="What", choices=tuple(rules.SORTS.items()))
    title = forms.CharField(label="Title", max_length=200)
    provider = forms.CharField(label="Who held it", max_length=120, required=False)
    held_on = DayField(label="Held on")
    hours = forms.DecimalField(label="Hours", max_digits=5, decimal_places=1)
    cost_reference = forms.CharField(
        label="Where the cost is booked",
        max_length=60,
        required=False,
        help_text="The number of the payment or of the fund's line.",
    )
    expires_on = DayField(
        label="Runs out on",
        required=False,
        help_text="They and the directors are told 60, 30 and 7 days ahead.",
    )
    file = forms.FileField(
        label="Certificate",
        required=False,
        help_text="A PDF or a picture. Those who see this record can open it.",
    )


class DisposeForm(Form):
    """Why it is disposed of."""

    name = "dispose"

    reason = LongText(label="Why", max_length=300)


MOVES: Mapping[str, Move] = {
    "replace": Move(
        "replace_certificate",
        "Renewed, or not needed any more",
        as_filled_in(actions.replace_certificate),
        "Nobody is told of its end any more.",
    ),
    "dispose": Move(
        "dispose_of_training",
        "Dispose of this record",
        as_filled_in(actions.dispose_of_training),
        "Disposed of.",
        DisposeForm,
    ),
}


@require_safe
def training_list(request: HttpRequest) -> HttpResponse:
    """What people learned, the newest first; one's own for most."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    kind = filters.choice(request.GET, "kind", "What", [("", "All"), *rules.SORTS.items()])
    found = listed(
        actor,
        kind=kind.value,
        sort=request.GET.get("sort", "-held"),
        page=page_number(request.GET),
    )
    return list_page(
        request,
        "office_people/trainings.html",
        ListWords(
            title="Training",
            noun="record",
            empty="Nothing is noted yet.",
            crumbs=(Crumb("Home", "/"), Crumb("Training")),
        ),
        found,
        chosen=(kind,),
        columns=(
            Column("What"),
            Column("Who", sort="name"),
            Column("Held", sort="-held"),
            Column("Hours", number=True),
            Column("Runs out", sort="expires"),
        ),
        cells=_cells,
        hours=found.hours.normalize(),
        new=OF_ANYBODY if notes_for_all(actor) else OF_ONESELF,
        allowed=found.allowed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def training_new(request: HttpRequest) -> HttpResponse:
    """Note a training, a conference or a certificate of somebody, or of oneself."""
    actor, today = actor_of(request), today_of(request)
    if "note_training" not in listed(actor).allowed:
        raise NotAllowed
    title = OF_ANYBODY if notes_for_all(actor) else OF_ONESELF
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TrainingForm(*sent, initial={"held_on": today})
    if notes_for_all(actor):
        people = [(c.party_id, c.name) for c in colleagues(actor, on=today)]
        choose(form, "party", [("", "Choose"), *people])
    else:
        del form.fields["party"]
    return new_page(
        request,
        "office_people/training_new.html",
        form,
        lambda given: _note(request, given),
        leads_to=lambda made: (reverse("training", args=[made.pk]), "Noted."),
        title=title,
        crumbs=(Crumb("Training", reverse("trainings")), Crumb(title)),
    )


@require_safe
def training(request: HttpRequest, training_id: int) -> HttpResponse:
    """One training, conference or certificate."""
    return _page(request, training_file(training_id, actor_of(request)), {})


@require_safe
def certificate(request: HttpRequest, training_id: int) -> HttpResponse:
    """The paper of a training, for those who see the record."""
    actor = actor_of(request)
    paper = get_training(training_id, actor).certificate
    if paper is None:
        raise NotFound(f"training {training_id} has no paper")
    return handed_out(Served(*document_content(paper.pk, actor)))


@takes_move(MOVES)
def make_move(request: HttpRequest, training_id: int, verb: str) -> HttpResponse:
    """Say that a certificate was renewed, or dispose of a record."""
    actor = actor_of(request)
    file = training_file(training_id, actor)
    return make(
        request,
        MOVES[verb],
        get_training(training_id, actor),
        MOVES[verb].form(request.POST),
        address=reverse("training", args=[training_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _note(request: HttpRequest, given: dict[str, Any]) -> Any:
    actor, chosen = actor_of(request), given.pop("party", None)
    if chosen is None:
        person = get_party_of(actor)
    else:
        person = get_colleague(chosen, actor, on=today_of(request))
    paper = given.pop("file")
    draft = actions.TrainingDraft(
        **given,
        file_name=paper.name if paper else "",
        file=paper.read() if paper else b"",
    )
    return actions.note_training(person, draft=draft, stamp=stamp_of(request))


def _page(request: HttpRequest, file: TrainingFile, failed: Failed) -> HttpResponse:
    return page(
        request,
        "office_people/training.html",
        title=file.row.title,
        crumbs=(Crumb("Training", reverse("trainings")), Crumb(file.row.title)),
        row=file.row,
        **offers(MOVES, file.allowed, failed),
    )


def _cells(row: TrainingRow) -> tuple[Cell, ...]:
    paper = (Tag("Paper kept"),) if row.has_paper else ()
    return (
        Cell(
            row.title,
            href=reverse("training", args=[row.id]),
            sub=row.provider or row.sort_words,
            main=True,
            tags=paper,
        ),
        Cell(row.name),
        Cell(day_text(row.held_on)),
        Cell(f"{row.hours.normalize():f}", number=True),
        Cell(day_text(row.expires_on), tags=(Tag("Renewed"),) if row.replaced else ()),
    )
