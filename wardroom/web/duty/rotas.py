"""The rotas: the list, a new one, one with its turns, and a turn given to somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.kernel.text import day_in, ended
from wardroom.office import actions
from wardroom.office.actions import RotaDraft
from wardroom.office.queries import (
    CrewRow,
    RotaFile,
    RotaRow,
    WishRow,
    crew_list,
    crew_member,
    get_crew_member,
    get_rota,
    get_turn,
    lanes_of,
    may_plan,
    oversees,
    rota_file,
    rota_list,
    turn_sheet,
    wish_list,
)
from wardroom.office.queries.publishing import publishing_of
from wardroom.office.rules.rota import CONFLICT, FAILED, FOUND, WANTED, span_words
from wardroom.web.duty.forms import GiveForm, LanguageForm, LeaveForm, RotaForm, SpokenForm
from wardroom.web.duty.showing import (
    entered_words,
    fairness_table,
    turns_table,
    withdraw_control,
)
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted, day_text, instant_text
from wardroom.web.wards import all_wards

COLUMNS = (Column("Rota"), Column("Weeks"), Column("Turns"), Column("State"))
CREW = (Column("Who"), Column("Wards"), Column("Speaks on duty"))
WISHES = (Column("Who"), Column("What"), Column("Days"), Column("Do it here"))
TONES = {"draft": "accent", "published": "good", "replaced": "", "dropped": ""}
MADE = "The draft has all its turns. Ask for a proposal, or give the turns by hand."
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
def rotas(request: HttpRequest) -> HttpResponse:
    """The rotas; drafts for those who plan, with what people wish."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    found, today = rota_list(actor), today_of(request)
    plans = _plans(request)
    wishes = wish_list(actor, from_on=today) if oversees(actor) else ()
    crew = crew_list(actor, on=today)
    return page(
        request,
        "duty/rotas.html",
        title="Rota",
        crumbs=(Crumb("Office"), Crumb("Rota")),
        plans=plans,
        table=table(
            counted(len(found), "rota"),
            COLUMNS,
            [_rota_cells(row) for row in found],
            empty="No rota was published yet."
            + (" Begin one: it has all its turns at once." if plans else ""),
        ),
        crew=table(
            counted(len(crew), "person", "people"),
            CREW,
            [_crew_cells(row) for row in crew],
            empty="Nobody is a liaison or staff today.",
        )
        if oversees(actor)
        else None,
        wishes=table(
            counted(len(wishes), "wish", "wishes"),
            WISHES,
            [_wish_cells(row) for row in wishes],
            empty="Nobody has told of any days.",
        )
        if oversees(actor)
        else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def rota_new(request: HttpRequest) -> HttpResponse:
    """Begin a rota."""
    if not _plans(request):
        raise NotAllowed
    form = RotaForm(posted(request), ward_codes=all_wards(request))
    return new_page(
        request,
        "duty/rota_new.html",
        form,
        lambda given: actions.draft_rota(
            None,
            draft=RotaDraft(given["title"], given["from_on"], given["weeks"], form.pattern(given)),
            stamp=stamp_of(request),
        ),
        leads_to=lambda made: (reverse("rota", args=[made.pk]), MADE),
        title="Begin a rota",
        crumbs=(*_crumbs(), Crumb("Begin a rota")),
    )


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
        crumbs=(*_crumbs(), Crumb(sheet.rota.name, home), Crumb(sheet.row.what)),
        status=form.status,
        form=form,
        lead=sheet.row.when,
        holiday=sheet.row.holiday,
        home=home,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say what somebody speaks on duty: oneself, or the director for anybody."""
    actor, today = actor_of(request), today_of(request)
    row = crew_member(user_id, actor, on=today)
    form = SpokenForm(posted(request), initial={"languages": sorted(row.languages)})
    if form.is_bound:
        subject = get_crew_member(user_id, actor, on=today)
        stamp = stamp_of(request)
        if submit(form, lambda given: actions.note_languages(subject, **given, stamp=stamp)):
            home = _person_home(request, user_id)
            return go_on(request, home, "Saved. The next proposal knows it.")
    return _person(request, row, spoken=form)


@takes_form()
def leave(request: HttpRequest, user_id: int) -> HttpResponse:
    """Enter leave for somebody who cannot do it, such as who is ill; they are told."""
    actor, today = actor_of(request), today_of(request)
    row = crew_member(user_id, actor, on=today)
    subject, stamp = get_crew_member(user_id, actor, on=today), stamp_of(request)
    form = LeaveForm(request.POST)
    if submit(form, lambda given: actions.enter_wish(subject, **given, stamp=stamp)) is None:
        return _person(request, row, away=form)
    said = "Saved. They are told by mail."
    return go_on(request, _person_home(request, user_id), said)


def _person(
    request: HttpRequest, row: CrewRow, *, spoken: Form | None = None, away: Form | None = None
) -> HttpResponse:
    """What somebody speaks on duty, and for the director the days on which they are away."""
    other = actor_of(request).user_id != row.user_id
    form = spoken or SpokenForm(initial={"languages": sorted(row.languages)})
    failed = next((one for one in (spoken, away) if one is not None and one.is_bound), None)
    title = "Languages and leave" if other else "Languages on duty"
    return page(
        request,
        "duty/languages.html",
        title=title,
        crumbs=(*_crumbs(), Crumb(title)),
        status=failed.status if failed else 200,
        failed=failed,
        form=form,
        away=(away or LeaveForm()) if other else None,
        row=row,
        home=_person_home(request, row.user_id),
    )


def _person_home(request: HttpRequest, user_id: int) -> str:
    own = actor_of(request).user_id == user_id
    return reverse("my_shifts") if own else reverse("rotas")


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
        crumbs=(*_crumbs(), Crumb(file.row.name)),
        file=file,
        tag=_tag(file.row),
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


def _rota_cells(row: RotaRow) -> tuple[Cell, ...]:
    gaps = (Tag(counted(row.gaps, "gap"), "bad"),) if row.gaps else ()
    said = f"Published {instant_text(row.published_at)} by {row.published_by}"
    return (
        Cell(
            row.name,
            href=reverse("rota", args=[row.id]),
            sub=f"Version {row.version}",
            main=True,
        ),
        Cell(day_text(row.from_on), sub=f"to {day_text(row.until_on)}"),
        Cell(str(row.turns), tags=gaps),
        Cell(tags=(_tag(row),), sub=said if row.published_at else f"Begun by {row.made_by}"),
    )


def _tag(row: RotaRow) -> Tag:
    return Tag(row.state_label, TONES[row.state])


def _crew_cells(row: CrewRow) -> tuple[Cell, ...]:
    href = reverse("rota_person", args=[row.user_id]) if row.can_change else ""
    spoken = f"English, {row.spoken}" if row.spoken else "English"
    return (
        Cell(row.name, href=href, main=True),
        Cell(", ".join(row.wards) or "Any"),
        Cell(spoken),
    )


def _wish_cells(row: WishRow) -> tuple[Cell, ...]:
    return (
        Cell(row.name, sub=entered_words(row), main=True),
        Cell(row.kind_label),
        Cell(span_words(row.from_on, row.until_on)),
        Cell(controls=(withdraw_control(row),) if row.can_withdraw else ()),
    )


def _monday(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


def _plans(request: HttpRequest) -> bool:
    return may_plan(actor_of(request))


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Rota", reverse("rotas")),)
