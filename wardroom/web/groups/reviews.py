"""The log of groups in the review of programs: counts by program, the list, and one whole."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import agencies, get_agency
from wardroom.engagement import actions
from wardroom.engagement.queries.reviews import (
    ProgramRow,
    ReviewFile,
    ReviewRow,
    get_voice,
    may_note_reviews,
    review_file,
    review_page,
)
from wardroom.engagement.rules.reviews import DISPOSITIONS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import work_forms
from wardroom.web.groups.views import crumbs
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import (
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, table
from wardroom.web.ui.words import day_text
from wardroom.web.wards import ward_choices

COUNTS = (
    Column("Groups asked", number=True),
    Column("Groups that came", number=True),
    Column("Groups that spoke", number=True),
    Column("Got an answer", number=True),
)
COLUMNS = (Column("Review"), Column("Held"), *COUNTS)
PROGRAMS = (Column("Program"), Column("Reviews", number=True), *COUNTS)
ANSWERED = (("", "All"), ("no", "A group waits for an answer"))
FORMS: dict[str, type[Form]] = {"hear": work_forms.HearForm, "answer": work_forms.AnswerForm}
SAID = {"hear": "Written down.", "answer": "Answered, with the reason."}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The reviews within reach, the newest first, with the counts by program."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    waits = filters.choice(state, "answered", "Answers", ANSWERED)
    found = review_page(actor, ward=ward.value, answered=waits.value, page=page_number(state))
    words = ListWords(
        title="Groups in the review of programs",
        noun="review",
        empty="No review fits these filters.",
        crumbs=(*crumbs(), Crumb("Reviews")),
    )
    return list_page(
        request,
        "groups/reviews.html",
        words,
        found,
        chosen=(ward, waits),
        columns=COLUMNS,
        cells=_cells,
        notes=may_note_reviews(actor),
        programs=table(
            "By program",
            PROGRAMS,
            [_program_cells(row) for row in found.programs],
            empty="No program was reviewed yet.",
            caption_hidden=True,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down that groups were invited to review a program."""
    actor = actor_of(request)
    if not may_note_reviews(actor):
        raise NotAllowed
    form = work_forms.ReviewForm(
        posted(request),
        wards=wards_to_open(request),
        agencies=[(a.code, f"{a.name} ({a.code})") for a in agencies(actor)],
        initial={"held_on": today_of(request)},
    )
    return new_page(
        request,
        "groups/work_new.html",
        form,
        lambda given: _note(request, given),
        leads_to=lambda made: (reverse("program_review", args=[made.pk]), "Written down."),
        title="Write down a review",
        lead="Who invited which groups, and what was asked. Then note who came and what each said.",
        button="Write it down",
        back=reverse("program_reviews"),
        crumbs=(*_crumbs(), Crumb("Write down a review")),
    )


@require_safe
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One review: each group, whether it came, what it said, what became of it."""
    return _page(request, review_file(review_id, actor_of(request)), None)


@takes_move(FORMS)
def make_move(request: HttpRequest, review_id: int, verb: str) -> HttpResponse:
    """Write down what a group said, or what became of it."""
    file = review_file(review_id, actor_of(request))
    form = FORMS[verb](request.POST, auto_id=f"{verb}_%s_sent")
    done = submit(form, lambda given: _do(request, review_id, verb, given))
    if done is None:
        return _page(request, file, (verb, form))
    return go_on(request, reverse("program_review", args=[review_id]), SAID[verb])


def _do(request: HttpRequest, review_id: int, verb: str, given: dict[str, Any]) -> object:
    voice = get_voice(given.pop("voice"), review_id, actor_of(request))
    act: Any = actions.hear_voice if verb == "hear" else actions.answer_voice
    return act(voice, **given, stamp=stamp_of(request))


def _note(request: HttpRequest, given: dict[str, Any]) -> Any:
    code, groups = given.pop("agency_code"), given.pop("groups").splitlines()
    draft = actions.ReviewDraft(**given, agency=get_agency(code) if code else None)
    return actions.note_review(draft, groups=groups, stamp=stamp_of(request))


def _page(request: HttpRequest, file: ReviewFile, failed: tuple[str, Form] | None) -> HttpResponse:
    wrong = failed[1] if failed else None
    return page(
        request,
        "groups/review.html",
        title=file.row.program,
        crumbs=(*_crumbs(), Crumb(file.row.program)),
        status=wrong.status if wrong else 200,
        file=file,
        row=file.row,
        failed=wrong,
        voices=[(voice, *_forms(voice, failed)) for voice in file.voices],
        dispositions=DISPOSITIONS,
    )


def _forms(voice: Any, failed: tuple[str, Form] | None) -> tuple[Form, Form, str]:
    """The two forms of a group, and what became of what it said in words."""
    made: dict[str, Form] = {
        "hear": work_forms.HearForm(
            initial={"voice": voice.id, "came": voice.came, "said": voice.said},
            auto_id=f"hear_%s_{voice.id}",
        ),
        "answer": work_forms.AnswerForm(
            initial={"voice": voice.id}, auto_id=f"answer_%s_{voice.id}"
        ),
    }
    if failed and failed[1].data.get("voice") == str(voice.id):
        made[failed[0]] = failed[1]
    return made["hear"], made["answer"], DISPOSITIONS.get(voice.disposition, "")


def _crumbs() -> tuple[Crumb, ...]:
    return (*crumbs(), Crumb("Reviews", reverse("program_reviews")))


def _counted(row: ReviewRow | ProgramRow) -> tuple[Cell, ...]:
    numbers = (row.invited, row.came, row.spoke, row.answered)
    return tuple(Cell(str(number), number=True) for number in numbers)


def _cells(row: ReviewRow) -> tuple[Cell, ...]:
    sub = f"Invited by {row.invited_by}" + (f" ({row.agency_code})" if row.agency_code else "")
    return (
        Cell(row.program, href=reverse("program_review", args=[row.id]), sub=sub, main=True),
        Cell(day_text(row.held_on)),
        *_counted(row),
    )


def _program_cells(row: ProgramRow) -> tuple[Cell, ...]:
    return (Cell(row.program, main=True), Cell(str(row.reviews), number=True), *_counted(row))
