"""One rota with its turns, everything that is done to it, and a turn given to somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.text import day_in, ended
from wardroom.office import actions
from wardroom.office.queries import RotaFile, get_rota, get_turn, lanes_of, rota_file, turn_sheet
from wardroom.office.queries.publishing import publishing_of
from wardroom.office.rules.rota import CONFLICT, FAILED, FOUND, WANTED, span_words
from wardroom.web.duty.forms import GiveForm, LanguageForm
from wardroom.web.duty.showing import fairness_table, rota_crumb, rota_tag, turns_table
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import counted, day_text, instant_text

MOVES: Mapping[str, Move] = {
    "propose": Move(
        "want_proposal",
        "Propose who has which turn",
        as_filled_in(actions.want_proposal),
        "",
    ),
    "propose-with-gaps": Move(
        "want_proposal",
        "Propose with the fewest gaps",
        lambda rota, _, request: actions.want_proposal(
            rota, with_gaps=True, stamp=stamp_of(request)
        ),
        "",
    ),
    "language": Move(
        "ask_language",
        "Ask for it",
        as_filled_in(actions.ask_language),
        "The turns ask for that now.",
    ),
    "publish": Move(
        "publish_rota",
        "Publish it",
        as_filled_in(actions.publish_rota),
        "The rota is in force. Those whom it touches are told by mail.",
    ),
    "drop": Move("drop_rota", "Drop this draft", as_filled_in(actions.drop_rota), "Dropped."),
    "revise": Move(
        "revise_rota",
        "Begin a new version",
        as_filled_in(actions.revise_rota),
        "A new version is drafted from the shifts as they stand.",
    ),
}


@require_safe
def rota(request: HttpRequest, rota_id: int) -> HttpResponse:
    """One rota: a week of its turns, its gaps, how fair it is, and how a proposal stands."""
    return _page(request, rota_id)


@takes_move(MOVES)
def make_move(request: HttpRequest, rota_id: int, verb: str) -> HttpResponse:
    """Do one thing to a rota; a new version and a dropped draft have pages of their own."""
    subject = get_rota(rota_id, actor_of(request))
    if verb == "language":
        return _ask_language(request, rota_id, LanguageForm(request.POST, lanes=lanes_of(rota_id)))
    form = MOVES[verb].form(request.POST)
    if verb in ("revise", "drop"):
        done = submit(form, lambda given: MOVES[verb].act(subject, given, request))
        if done is None:
            return _page(request, rota_id, failed={verb: form})
        where = reverse("rota", args=[done.pk]) if verb == "revise" else reverse("rotas")
        return go_on(request, where, MOVES[verb].said)
    return make(
        request,
        MOVES[verb],
        subject,
        form,
        address=reverse("rota", args=[rota_id]),
        again=lambda form: _page(request, rota_id, failed={verb: form}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, rota_id: int, turn_id: int) -> HttpResponse:
    """Give one turn of a draft to somebody; each person with what speaks against it."""
    actor = actor_of(request)
    sheet = turn_sheet(turn_id, rota_id, actor)
    people = [(str(c.person.user_id), c.words) for c in sheet.candidates]
    initial = {"user_id": sheet.row.user_id or "", "because": sheet.row.overridden}
    form = GiveForm(posted(request), people=people, initial=initial)
    home = reverse("rota", args=[rota_id]) + f"?week={_monday(sheet.row.turn.on_date)}"
    if form.is_bound:
        subject = get_turn(turn_id, rota_id, actor)
        done = submit(form, lambda given: actions.give_turn(subject, **given,
                                                            stamp=stamp_of(request)))  # fmt: skip
        if done is not None:
            return go_on(request, home, "The turn was given.")
    return page(
        request,
        "duty/give.html",
        title=sheet.row.what,
        crumbs=(rota_crumb(), Crumb(sheet.rota.name, home), Crumb(sheet.row.what)),
        status=form.status,
        form=form,
        lead=sheet.row.when,
        holiday=sheet.row.holiday,
        home=home,
    )


def _ask_language(request: HttpRequest, rota_id: int, form: LanguageForm) -> HttpResponse:
    subject, stamp = get_rota(rota_id, actor_of(request)), stamp_of(request)
    done = submit(form, lambda g: actions.ask_language(subject, **form.asked(g), stamp=stamp))
    if done is None:
        return _page(request, rota_id, failed={"language": form})
    return go_on(request, reverse("rota", args=[rota_id]), MOVES["language"].said)


def _page(request: HttpRequest, rota_id: int, *, failed: Failed | None = None) -> HttpResponse:
    state = request.GET
    week_of = day_in(state.get("week", "")) or date.fromisoformat(_monday(today_of(request)))
    file = rota_file(rota_id, actor_of(request), week=week_of)
    weeks = [(day.isoformat(), f"Week of {day_text(day)}") for day in file.weeks]
    week = filters.choice(
        {"week": file.week.isoformat()}, "week", "Week", weeks, default=weeks[0][0]
    )
    moves = offers(MOVES, file.allowed, failed, _form_of(rota_id))
    if file.sought == WANTED:
        moves["moves"] = [offer for offer in moves["moves"] if offer[0] == "drop"]
    first = _first(file)
    return page(
        request,
        "duty/rota.html",
        title=file.row.name,
        crumbs=(rota_crumb(), Crumb(file.row.name)),
        file=file,
        tag=rota_tag(file.row),
        days=f"{day_text(file.row.from_on)} to {day_text(file.row.until_on)}",
        works=file.sought == WANTED,
        said=_said(file),
        publishing=_publishing(request, file) if "publish_rota" in file.allowed else "",
        filters=filters.bar(state, week),
        turns=turns_table(file.turns, file, f"Week of {day_text(file.week)}", empty="No turn."),
        gaps=turns_table(file.gaps[:40], file, "Gaps", empty="No gap: every turn has somebody."),
        troubled=turns_table(file.troubled[:40], file, "To look at", empty=""),
        fairness=fairness_table(file),
        moves=[
            (verb, title, reverse("rota_move", args=[rota_id, verb]))
            for verb, title, _ in sorted(moves["moves"], key=lambda offer: offer[0] != first)
            if verb != "language"
        ],
        first=first,
        asks=next((offer[2] for offer in moves["moves"] if offer[0] == "language"), None),
        failed=moves["failed"],
        status=moves["status"],
    )


def _first(file: RotaFile) -> str:
    """The move that most likely comes next; none while a worker looks."""
    if file.sought == WANTED:
        return ""
    if file.sought in (CONFLICT, FAILED):
        return "propose-with-gaps"
    return "propose" if file.row.gaps == file.row.turns else "publish"


def _form_of(rota_id: int) -> Callable[[str], Form]:
    """The form of each thing to do; the turns that can ask for a language are those there are."""

    def form(verb: str) -> Form:
        if verb == "language":
            return LanguageForm(lanes=lanes_of(rota_id))
        return MOVES[verb].form()

    return form


def _publishing(request: HttpRequest, file: RotaFile) -> str:
    """What publishing would do, in sentences: who is told, what nobody has, days without a rota."""
    found = publishing_of(file.row.id, actor_of(request), at=stamp_of(request).at)
    verb = "has" if found.gaps == 1 else "have"
    told = f"Publishing tells {counted(found.told, 'person', 'people')} by mail"
    said = [f"{told}; {counted(found.gaps, 'turn')} {verb} nobody."]
    said += [
        f"No rota is in force {span_words(first, last)} then." for first, last in found.uncovered
    ]
    return " ".join(said)


def _said(file: RotaFile) -> str:
    """How the proposal stands, in a sentence."""
    if file.sought == WANTED:
        since = instant_text(file.sought_at)
        return f"Wardroom looks for the fairest rota since {since}. It takes about a minute."
    if file.sought == CONFLICT:
        return "No rota keeps all of these together. Change one of them, or propose with gaps:"
    if file.sought == FAILED:
        return "No rota was found in time. Try fewer weeks, or propose with gaps."
    if file.sought == FOUND and "give_turn" in file.allowed:
        return (
            ended(f"Proposed {instant_text(file.found_at)}")
            + " Look it over, change what you want."
        )
    return ""


def _monday(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()
