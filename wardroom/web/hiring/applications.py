"""One application, for the keeper and the panel of its hiring; and its resume, to be saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.hiring import actions
from wardroom.hiring.queries.files import (
    ApplicationFile,
    application_file,
    get_application,
    resume_of,
)
from wardroom.hiring.rules.postings import FILLED
from wardroom.hiring.rules.stages import RESULTS
from wardroom.web.documents.views import handed_out
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.hiring import forms
from wardroom.web.hiring.views import stage_tag
from wardroom.web.ui.forms import Form
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, table
from wardroom.web.ui.words import instant_text

SCORES = (Column("Who"), Column("Question"), Column("Points"), Column("Why"))
LETTERS = {
    "queued": "Waits to go",
    "sent": "Sent",
    "failed": "Could not be sent",
    "bounced": "Came back undelivered",
    "recalled": "Not sent",
    "set_aside": "Set aside",
    "came_back": "Their answer",
}


def _fill(application: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.end_posting(application.posting, state=FILLED, **given, stamp=stamp_of(request))


def _score(application: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    points = {int(k.partition("_")[2]): v for k, v in given.items() if k.startswith("points_")}
    words = {int(k.partition("_")[2]): v for k, v in given.items() if k.startswith("words_")}
    return actions.score_application(
        application, points=points, words=words, stamp=stamp_of(request)
    )


MOVES: Mapping[str, Move] = {
    "declare": Move(
        "declare_conflict",
        "Say whether you have a conflict of interest",
        as_filled_in(actions.declare_conflict),
        "It was kept as you said it.",
    ),
    "score": Move(
        "score_application",
        "Give points",
        _score,
        "Your points were saved. Others see them once all have given theirs.",
    ),
    "move": Move(
        "move_application",
        "Take it to another stage",
        as_filled_in(actions.move_application),
        "It was moved, and whoever applied is told.",
    ),
    "result": Move(
        "end_screening",
        "Keep the result of the suitability screening",
        as_filled_in(actions.end_screening),
        "The result was kept.",
    ),
    "appoint": Move(
        "appoint_applicant",
        "Appoint",
        as_filled_in(actions.appoint_applicant),
        "The appointment was recorded; residency is counted from its day. See what comes next.",
    ),
    "fill": Move(
        "end_posting",
        "Close the posting as filled",
        _fill,
        "The posting is filled. Whoever was told nothing yet is listed under what to do.",
    ),
    "again": Move(
        "send_letter_again",
        "Send a letter again",
        as_filled_in(actions.send_letter_again),
        "It goes out again within a minute.",
    ),
    "discuss": Move(
        "open_discussion",
        "Open the discussion before all have given points",
        as_filled_in(actions.open_discussion),
        "The panel sees each other's points now.",
    ),
}

# Where one goes on with the hiring as a whole.
LEAVES = frozenset({"fill"})


@require_safe
def application(request: HttpRequest, posting_id: int, number: int) -> HttpResponse:
    """One application, as far as the asker may read it."""
    return _page(request, application_file(posting_id, number, actor_of(request)))


@require_safe
def resume(request: HttpRequest, posting_id: int, number: int) -> HttpResponse:
    """The file of a resume, to be saved and never run or shown in a page."""
    return handed_out(resume_of(posting_id, number, actor_of(request)))


@takes_move(MOVES)
def application_move(request: HttpRequest, posting_id: int, number: int, verb: str) -> HttpResponse:
    """Do one thing to an application."""
    found = application_file(posting_id, number, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_application(posting_id, number, actor_of(request)),
        _form(found, verb, request.POST),
        address=reverse("hiring", args=[posting_id])
        if verb in LEAVES
        else reverse("hiring_application", args=[posting_id, number]),
        again=lambda form: _page(request, found, failed={verb: form}),
    )


def _form(found: ApplicationFile, verb: str, sent: Any = None) -> Form:
    makers: Mapping[str, Callable[[], Form]] = {
        "declare": lambda: forms.DeclareForm(sent),
        "score": lambda: forms.ScoreForm(sent, found=found),
        "move": lambda: forms.StageForm(sent, choices=found.next_stages),
        "result": lambda: forms.ResultForm(sent),
        "appoint": lambda: forms.AppointForm(sent),
        "fill": lambda: forms.FillForm(sent, initial={"reason": "Somebody was appointed"}),
        "again": lambda: forms.LetterForm(sent, letters=_failed(found)),
        "discuss": lambda: forms.DiscussForm(sent),
    }
    return makers[verb]()


def _failed(found: ApplicationFile) -> list[tuple[str, str]]:
    return [
        (str(letter.id), f"{instant_text(letter.at)}: {letter.subject}"[:120])
        for letter in found.letters
        if letter.state == "failed"
    ]


def _page(
    request: HttpRequest, found: ApplicationFile, *, failed: Failed | None = None
) -> HttpResponse:
    here = [found.posting_id, found.number]
    title = (
        f"Application {found.number}: {found.name}" if found.name else f"Application {found.number}"
    )
    return page(
        request,
        "hiring/application.html",
        title=title,
        crumbs=(
            Crumb("Hiring", reverse("hirings")),
            Crumb(found.title, reverse("hiring", args=[found.posting_id])),
            Crumb(f"Application {found.number}"),
        ),
        found=found,
        stage=stage_tag(found.stage),
        lives_here={"yes": "Says yes", "no": "Says no"}.get(found.lives_here, "Was not asked"),
        result=RESULTS.get(found.suitability, ""),
        hire=f"{reverse('hire')}?hiring={found.posting_id}&application={found.number}"
        if found.appointed
        else "",
        resume=reverse("hiring_resume", args=here) if found.file_name else "",
        letters=[(letter, LETTERS[letter.state]) for letter in found.letters],
        scores=table(
            "Points of the panel",
            SCORES,
            [
                (
                    Cell(line.member, main=True),
                    Cell(line.question),
                    Cell(f"{line.points} of {line.most}"),
                    Cell(line.words),
                )
                for line in found.scores
            ],
            empty="Nobody gave points.",
        ),
        moves=[
            (*offer, reverse("hiring_application_move", args=[*here, offer[0]]))
            for offer in offered(MOVES, found.allowed, failed or {}, lambda v: _form(found, v))
        ],
        **outcome(failed),
    )
