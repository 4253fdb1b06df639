"""People on other terms: who is here until when, agreeing on it, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Role
from wardroom.directory.queries import agencies, colleagues, get_agency, get_colleague
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.office import actions
from wardroom.office.queries import (
    TermFile,
    TermRow,
    get_term,
    get_unit,
    term_file,
    term_page,
    unit_choices,
)
from wardroom.office.queries.terms import STATES
from wardroom.office.rules import terms as rules
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.office_people import term_forms as forms
from wardroom.web.ui import filters
from wardroom.web.ui.forms import NOT_ACCEPTED
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import all_wards

NEW = "Agree on a term"
SORTS = {"agreed": "Agreed", "extended": "Extended", "shortened": "Ends earlier"}
MOVES: Mapping[str, Move] = {
    "extend": Move(
        "extend_term",
        "Extend it",
        as_filled_in(actions.extend_term),
        "Extended. Everything of their sign-in goes on to the new last day.",
        forms.ExtendForm,
    ),
    "shorten": Move(
        "shorten_term",
        "End it earlier",
        as_filled_in(actions.shorten_term),
        "The new last day is noted. What is theirs after it stands in your list.",
        forms.ShortenForm,
    ),
    "keep": Move(
        "keep_as_employee",
        "They stay as an employee",
        as_filled_in(actions.keep_as_employee),
        "Noted. Their sign-in does not end by itself any more.",
        forms.KeepForm,
    ),
    "dispose": Move(
        "dispose_of_term",
        "Dispose of what was kept",
        as_filled_in(actions.dispose_of_term),
        "Disposed of.",
        forms.DisposeForm,
    ),
}


@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """Who is here on other terms, the next to leave first."""
    actor, today = actor_of(request), today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    kinds = [("", "All"), *rules.KINDS.items()]
    kind = filters.choice(request.GET, "kind", "Terms", kinds)
    state = filters.choice(request.GET, "state", "When", STATES.items(), default="here")
    found = term_page(
        actor,
        on=today,
        kind=kind.value,
        state=state.value,
        sort=request.GET.get("sort", "until"),
        page=page_number(request.GET),
    )
    return list_page(
        request,
        "office_people/terms.html",
        ListWords(
            title="People on other terms",
            noun="person",
            plural="people",
            empty="Nobody is here on detail, as a volunteer or for a fixed term.",
            crumbs=(Crumb("Home", "/"), Crumb("People on other terms")),
        ),
        found,
        chosen=(kind, state),
        columns=(
            Column("Name", sort="name"),
            Column("Terms"),
            Column("Where"),
            Column("Last day", sort="until"),
        ),
        cells=lambda row: _cells(row, request),
        allowed=found.allowed,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof
def term_new(request: HttpRequest) -> HttpResponse:
    """Agree on how long somebody is here: on which terms first, then what these ask for."""
    actor = actor_of(request)
    if not actor.has(Role.DIRECTOR):
        raise NotAllowed
    kind = request.POST.get("kind", "") or request.GET.get("kind", "")
    if kind not in rules.KINDS:
        return _which_terms(request)
    today = today_of(request)
    people = [(c.party_id, c.name) for c in colleagues(actor, on=today)]
    form = forms.TermForm(
        posted(request),
        initial={"since_on": today},
        kind=kind,
        people=people,
        wards=[(code, f"Ward {code}") for code, _ in all_wards(request)],
        units=unit_choices(actor, on=today),
        agencies=[(a.code, a.name) for a in agencies(actor)],
    )
    return new_page(
        request,
        "office_people/term_new.html",
        form,
        lambda given: _agree(request, {**given, "kind": kind}),
        leads_to=lambda term: (
            reverse("term", args=[term.pk]),
            f"Agreed until {day_text(term.until_on)}. Their sign-in ends by itself after it."
            if term.party.user_id is not None
            else f"Agreed until {day_text(term.until_on)}.",
        ),
        title=f"{NEW}: {rules.KINDS[kind].lower()}",
        crumbs=(
            Crumb("People on other terms", reverse("terms")),
            Crumb(NEW, reverse("term_new")),
            Crumb(rules.KINDS[kind]),
        ),
        kind=kind,
        told=forms.TOLD[kind],
    )


def _which_terms(request: HttpRequest) -> HttpResponse:
    """The page that asks for the terms first; a form sent without them is asked, too."""
    unsaid = request.method == "POST"
    return page(
        request,
        "office_people/term_kinds.html",
        title=NEW,
        crumbs=(Crumb("People on other terms", reverse("terms")), Crumb(NEW)),
        status=NOT_ACCEPTED if unsaid else 200,
        unsaid=unsaid,
        kinds=[(kind, words, forms.TOLD[kind]) for kind, words in rules.KINDS.items()],
    )


@require_safe
def term(request: HttpRequest, term_id: int) -> HttpResponse:
    """One term: until when, from where, what was checked, and every end agreed on."""
    return _page(request, term_file(term_id, actor_of(request), on=today_of(request)), {})


@takes_move(MOVES)
@needs_proof
def make_move(request: HttpRequest, term_id: int, verb: str) -> HttpResponse:
    """Extend a term, end it earlier, or say that the person stays as an employee."""
    actor = actor_of(request)
    file = term_file(term_id, actor, on=today_of(request))
    return make(
        request,
        MOVES[verb],
        get_term(term_id, actor),
        MOVES[verb].form(request.POST),
        address=reverse("term", args=[term_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _agree(request: HttpRequest, given: dict[str, Any]) -> Any:
    actor, stamp = actor_of(request), stamp_of(request)
    home, unit = given.pop("home_agency", ""), given.pop("unit")
    who = {name: given.pop(name) for name in ("party", "name_", "email", "role")}
    draft = actions.TermDraft(
        **given,
        home_agency=get_agency(home) if home else None,
        unit=get_unit(unit, actor) if unit else None,
    )
    if who["party"] is not None:
        known = get_colleague(who["party"], actor, on=today_of(request))
        return actions.agree_term(known, draft=draft, stamp=stamp)
    if not who["name_"].strip():
        raise Refused("nobody_named", "Choose somebody, or give a name.", field="name")
    return actions.take_on(
        None,
        name=who["name_"],
        email=who["email"],
        role=Role(who["role"]) if who["role"] else None,
        role_ward=draft.ward_code if who["role"] == Role.LIAISON.value else "",
        draft=draft,
        stamp=stamp,
    )


def _page(request: HttpRequest, file: TermFile, failed: Failed) -> HttpResponse:
    row = file.row
    return page(
        request,
        "office_people/term.html",
        title=row.name,
        crumbs=(Crumb("People on other terms", reverse("terms")), Crumb(row.name)),
        file=file,
        row=row,
        where=where_words(row.unit, row.ward_code),
        left=_left(file),
        lines=[(SORTS[line.sort], line) for line in file.lines],
        member="start_handover" if actor_of(request).has(Role.DIRECTOR) else "",
        **offers(MOVES, file.allowed, failed),
    )


def where_words(unit: str, ward_code: str) -> str:
    """A unit and a ward as people say them."""
    parts = [unit] if unit else []
    parts += [f"Ward {ward_code}"] if ward_code else []
    return ", ".join(parts) or "The whole city"


def _left(file: TermFile) -> str:
    if file.row.over:
        return file.over_why or "The last day is over."
    days = file.days_left
    return "Today is the last day" if days == 0 else f"{counted(days, 'day')} left after today"


def _cells(row: TermRow, request: HttpRequest) -> tuple[Cell, ...]:
    days = (row.until_on - today_of(request)).days
    tags = (Tag(f"{counted(days, 'day')} left", "warn"),) if 0 <= days <= 60 else ()
    return (
        Cell(row.name, href=reverse("term", args=[row.id]) if row.whole else "", main=True),
        Cell(row.kind_words, sub=row.home),
        Cell(where_words(row.unit, row.ward_code)),
        Cell(day_text(row.until_on), tags=() if row.over else tags),
    )
