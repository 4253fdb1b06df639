"""The office's list of postings, writing one, and one hiring whole."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.hiring import actions
from wardroom.hiring.queries.hirings import (
    ApplicationRow,
    HiringFile,
    HiringRow,
    get_hiring,
    hiring_file,
    hirings,
    people_to_seat,
)
from wardroom.hiring.rules import stages
from wardroom.hiring.rules.postings import PANEL, POINTS, PREFERENCES, STATES
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.hiring import forms
from wardroom.web.jobs.postings import dollars
from wardroom.web.rows import number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, table
from wardroom.web.ui.words import counted, day_text

COLUMNS = (Column("Posting"), Column("Days"), Column("Kept by"), Column("State"))
LIST = ListWords(
    title="Hiring",
    noun="posting",
    empty="No posting fits these filters.",
    crumbs=(Crumb("Home", "/"), Crumb("Hiring")),
)
APPLICATIONS = (
    Column("Application"), Column("Resident"), Column("Points"), Column("Stage"), Column("You"),
)  # fmt: skip
MINE = {
    "": Tag("Not on the panel"),
    "declare": Tag("Say whether you have a conflict", "warn"),
    "score": Tag("Give points", "warn"),
    "scored": Tag("You gave points", "good"),
    "conflict": Tag("You have a conflict"),
    "applied": Tag("Gives your address"),
}
TONES = {"open": "good", "draft": "warn", "filled": "accent"}
STAGE_TONES = {"appointed": "good", "offer": "accent", "suitability": "accent"}


def _question(posting: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    given["points"] = given["points"] or 0
    return actions.add_question(posting, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "publish": Move(
        "publish_posting",
        "Publish it",
        lambda posting, _, request: actions.publish_posting(posting, stamp=stamp_of(request)),
        "It is public now. Its words can change until somebody begins to apply.",
    ),
    "question": Move("add_question", "Add a question", _question, "The question was added."),
    "takeoff": Move(
        "take_off_question",
        "Take a question off",
        as_filled_in(actions.take_off_question),
        "The question was taken off.",
    ),
    "seat": Move(
        "seat_panel_member",
        "Seat somebody on the panel",
        as_filled_in(actions.seat_panel_member),
        "They sit on the panel, and read what is sent.",
    ),
    "unseat": Move(
        "unseat_panel_member",
        "Let somebody leave the panel",
        as_filled_in(actions.unseat_panel_member),
        "They left the panel, and read nothing any more.",
    ),
    "lastday": Move(
        "move_last_day",
        "Move the last day",
        as_filled_in(actions.move_last_day),
        "The public page says the new last day.",
    ),
    "end": Move("end_posting", "Close or end it", as_filled_in(actions.end_posting)),
    "rest": Move(
        "tell_the_rest",
        "Tell the rest that they were not selected",
        as_filled_in(actions.tell_the_rest),
        "They were told, each in their language.",
    ),
    "handover": Move(
        "hand_over_posting",
        "Hand it over to another director",
        as_filled_in(actions.hand_over_posting),
        "Somebody else keeps it now.",
    ),
    "hold": Move(
        "hold_hiring", "Keep it longer", as_filled_in(actions.hold_hiring), "It is kept for now."
    ),
    "lift": Move("lift_hold", "Keep it no longer", as_filled_in(actions.lift_hold)),
}
# Where one goes on after a move that may shut the page.
LEAVES = frozenset({"handover"})


@require_safe
def hiring_list(request: HttpRequest) -> HttpResponse:
    """The postings that there are; who applied is for the keeper and the panel of each."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    shown = filters.choice(state, "state", "State", (("", "All"), *STATES.items()))
    found = hirings(
        actor,
        today=today_of(request),
        state=shown.value,
        page=page_number(state),
    )
    return list_page(
        request,
        "hiring/list.html",
        LIST,
        found,
        chosen=(shown,),
        columns=COLUMNS,
        cells=_cells,
        may_open=found.may_open,
        may_dispose=found.may_dispose,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hiring_new(request: HttpRequest) -> HttpResponse:
    """Begin a posting; whoever does keeps the hiring."""
    if not hirings(actor_of(request), today=today_of(request)).may_open:
        raise NotAllowed
    form = forms.PostingForm(posted(request), initial={"preference": "none", "keep_months": 36})
    return new_page(
        request,
        "hiring/write.html",
        form,
        lambda _: actions.draft_posting(None, words=form.words, stamp=stamp_of(request)),
        leads_to=lambda made: (
            reverse("hiring", args=[made.pk]),
            "The posting is a draft. Add questions and the panel, then publish it.",
        ),
        title="Write a posting",
        crumbs=(Crumb("Hiring", reverse("hirings")), Crumb("Write a posting")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hiring_edit(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Write a posting anew before it is published."""
    found = hiring_file(posting_id, actor_of(request), today=today_of(request))
    if "rewrite_posting" not in found.allowed:
        raise NotAllowed
    posting = get_hiring(posting_id, actor_of(request))
    form = forms.PostingForm(posted(request), initial=forms.filled_with(found.words))
    home = reverse("hiring", args=[posting_id])
    return new_page(
        request,
        "hiring/write.html",
        form,
        lambda _: actions.rewrite_posting(posting, words=form.words, stamp=stamp_of(request)),
        leads_to=lambda _: (home, "The posting was saved."),
        title="Write the posting",
        crumbs=(*crumbs(found), Crumb("Write the posting")),
    )


@require_safe
def hiring(request: HttpRequest, posting_id: int) -> HttpResponse:
    """One hiring: its posting, its panel, and what was sent."""
    found = hiring_file(posting_id, actor_of(request), today=today_of(request))
    return _page(request, found)


@takes_move(MOVES)
def hiring_move(request: HttpRequest, posting_id: int, verb: str) -> HttpResponse:
    """Do one thing to a hiring."""
    found = hiring_file(posting_id, actor_of(request), today=today_of(request))
    home = reverse("hirings") if verb in LEAVES else reverse("hiring", args=[posting_id])
    return make(
        request,
        MOVES[verb],
        get_hiring(posting_id, actor_of(request)),
        _form(request, found, verb, request.POST),
        address=home,
        again=lambda form: _page(request, found, failed={verb: form}),
    )


@takes_form()
def hiring_declare(request: HttpRequest, posting_id: int) -> HttpResponse:
    """Say of several applications, by their names, that one has no conflict of interest."""
    posting = get_hiring(posting_id, actor_of(request))
    numbers = [n for text in request.POST.getlist("numbers")[:200] if (n := number_meant(text))]
    actions.declare_no_conflicts(posting, numbers=numbers, stamp=stamp_of(request))
    said = f"You said that you have no conflict with {counted(len(numbers), 'application')}."
    return go_on(request, reverse("hiring", args=[posting_id]), said)


def crumbs(found: HiringFile) -> tuple[Crumb, ...]:
    """The way to a hiring."""
    home = reverse("hiring", args=[found.id])
    return Crumb("Hiring", reverse("hirings")), Crumb(found.words.title, home)


def stage_tag(stage: str) -> Tag:
    """A stage as a tag; who may not read an application is not told it."""
    return Tag(stages.STAGES.get(stage, "Not shown to you"), STAGE_TONES.get(stage, ""))


def _form(request: HttpRequest, found: HiringFile, verb: str, sent: Any = None) -> Form:
    unread = "rewrite_posting" in found.allowed
    asked = [(str(q.id), q.text[:80]) for q in found.questions if unread or q.asked_of == PANEL]
    members = [(str(m.user_id), m.name) for m in found.members]
    makers: Mapping[str, Callable[[], Form]] = {
        "publish": lambda: forms.PublishForm(sent, found=found),
        "question": lambda: forms.QuestionForm(
            sent,
            initial={
                "must": True,
                "asked_of": "applicant" if unread else PANEL,
                "points": 5,
            },
        ),
        "takeoff": lambda: forms.TakeOffForm(sent, questions=asked),
        "seat": lambda: forms.SeatForm(
            sent, people=_people(request, but={m.user_id for m in found.members})
        ),
        "unseat": lambda: forms.UnseatForm(sent, people=members),
        "lastday": lambda: forms.LastDayForm(sent),
        "end": lambda: forms.EndForm(sent, state=found.state),
        "rest": lambda: forms.RestForm(
            sent, initial={"seen": ", ".join(str(number) for number in found.rest.numbers)}
        ),
        "handover": lambda: forms.HandOverForm(sent, people=_others(request, found)),
        "hold": lambda: forms.HoldForm(sent),
        "lift": lambda: forms.HoldForm(sent),
    }
    return makers[verb]()


def _people(
    request: HttpRequest, *, directors: bool = False, but: Container[int] = ()
) -> list[tuple[str, str]]:
    found = people_to_seat(actor_of(request), on=today_of(request), directors=directors)
    return [(str(number), name) for number, name in found if number not in but]


def _has_choices(form: Form) -> bool:
    """Whether there is anybody to hand it over to."""
    field: Any = form.fields["user_id"]
    return bool(field.choices)


def _others(request: HttpRequest, found: HiringFile) -> list[tuple[str, str]]:
    """The other directors, who could keep the hiring."""
    return _people(request, directors=True, but={found.keeper_id})


def _page(request: HttpRequest, found: HiringFile, *, failed: Failed | None = None) -> HttpResponse:
    words, home = found.words, reverse("hiring", args=[found.id])
    ends = [words.salary_from, *([words.salary_to] if words.salary_to else [])]
    extra = f" ({words.preference_points} of 100)" if words.preference == POINTS else ""
    return page(
        request,
        "hiring/hiring.html",
        title=words.title,
        crumbs=(Crumb("Hiring", reverse("hirings")), Crumb(words.title)),
        found=found,
        words=words,
        state=Tag(STATES[found.shown_state], TONES.get(found.shown_state, "")),
        public=reverse("job", args=[found.slug])
        if found.state not in ("draft", "withdrawn")
        else "",
        pay=" to ".join(dollars(cents) for cents in dict.fromkeys(ends)),
        preference=PREFERENCES[words.preference] + extra,
        texts=[
            (label, text)
            for label, text in (
                ("Special recruitment", words.special),
                ("About the office", words.about),
                ("Duties", words.duties),
                ("Requirements", words.requirements),
                ("Preference as declared", words.preference_words),
                ("Security-sensitive", words.security_note),
                ("Residency", words.residency),
            )
            if text
        ],
        asked=[
            ("Everybody who applies answers", [q for q in found.questions if q.asked_of != PANEL]),
            ("The panel asks everybody", [q for q in found.questions if q.asked_of == PANEL]),
        ],
        applications=table(
            counted(len(found.applications), "application"),
            APPLICATIONS,
            [_application(found, row) for row in found.applications],
            empty="Nothing was sent yet.",
        ),
        moves=[
            (*offer, reverse("hiring_move", args=[found.id, offer[0]]))
            for offer in offered(
                MOVES, found.allowed, failed or {}, lambda verb: _form(request, found, verb)
            )
            if offer[0] != "handover" or _has_choices(offer[2])
        ],
        rest=_rest(found),
        preview="publish_posting" in found.allowed,
        declare=reverse("hiring_declare", args=[found.id]),
        home=home,
        **outcome(failed),
    )


def _rest(found: HiringFile) -> str:
    """Who would be told by one press, and in which languages; how many are left to be told."""
    many = len(found.rest.numbers)
    said = ""
    if many:
        each = ", ".join(f"{count} in {language}" for language, count in found.rest.languages)
        said = f"{counted(many, 'application')} can be told with one press: {each}. "
    if found.rest.apart:
        said += (
            f"{counted(found.rest.apart, 'application')} you have to see to one by one: who has"
            " an offer is told on their own page, and what you may not read you hand over."
        )
    return said


def _application(found: HiringFile, row: ApplicationRow) -> tuple[Cell, ...]:
    address = reverse("hiring_application", args=[found.id, row.number])
    points = "-" if row.share is None else f"{row.share:.0f} of 100"
    more = f"{row.scored} of {row.due} gave"
    if row.extra and row.share is not None:
        more = f"and {row.extra} as a resident: {row.share + row.extra:.0f}"
    resident = {True: "Says yes", False: "No", None: "-"}[row.resident]
    hidden = "Withdrawn" if row.stage == stages.WITHDRAWN else "Not shown to you"
    return (
        Cell(f"{row.number}. {row.name or hidden}", href=address, main=True),
        Cell(resident),
        Cell(points, sub="" if row.resident is None else more),
        Cell(tags=(stage_tag(row.stage),)),
        Cell(tags=(MINE[row.mine],)),
    )


def _cells(row: HiringRow) -> tuple[Cell, ...]:
    public = row.state not in ("draft", "withdrawn")
    href = reverse("hiring", args=[row.id]) if row.opens else ""
    days = f"{day_text(row.opens_on)} to " + (
        day_text(row.closes_on) if row.closes_on else "filled"
    )
    return (
        Cell(
            row.title,
            href=href or (reverse("job", args=[row.slug]) if public else ""),
            sub=row.grade,
            main=True,
        ),
        Cell(days),
        Cell(row.keeper_name),
        Cell(tags=(Tag(STATES[row.state], TONES.get(row.state, "")),)),
    )
