"""Commitments by origin and what carries them: the list to print, a check, naming a program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import agencies, get_agency
from wardroom.engagement import actions
from wardroom.engagement.queries.notices import own_initiatives
from wardroom.engagement.queries.programs import (
    CarriedRow,
    CarrierRow,
    carried_file,
    carried_page,
    get_confirmed_commitment,
    get_program,
    may_keep_programs,
    programs_named,
)
from wardroom.engagement.rules.commitments import MAKERS
from wardroom.engagement.rules.programs import PROGRAM_KINDS, UNCHECKED, VERDICTS
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.programs import forms
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, page_number, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import ward_choices

COLUMNS = (
    Column("Commitment"),
    Column("Origin", sort="origin"),
    Column("Due", sort="due"),
    Column("Program that carries it"),
    Column("Last look", sort="checked"),
)
TAGS = {
    "in_line": Tag(VERDICTS["in_line"], "good"),
    "drifted": Tag(VERDICTS["drifted"], "warn"),
    "no_program": Tag("Gap: no program", "bad"),
    UNCHECKED: Tag("Nobody looked yet", "accent"),
}
CRUMBS = (Crumb("Commitments", "/commitments/"),)
LIST = ListWords(
    title="Programs",
    noun="commitment",
    empty="No confirmed commitment that is open fits these filters.",
    crumbs=(*CRUMBS, Crumb("Programs")),
)


@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    """The confirmed commitments by origin, each with the program that carries it, or the gap."""
    return _list_page(request)


@takes_form(steps_up=2)
def program_end(request: HttpRequest, program_id: int) -> HttpResponse:
    """Take a program off the list, and say why."""
    program = get_program(program_id, actor_of(request))
    form = forms.EndForm(request.POST)
    done = submit(
        form, lambda given: actions.end_program(program, **given, stamp=stamp_of(request))
    )
    if done is None:
        return _list_page(request, form)
    return go_on(request, reverse("programs"), "The program is off the list.")


def _list_page(request: HttpRequest, failed: Form | None = None) -> HttpResponse:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    state = request.GET
    named = [(a.code, a.name) for a in agencies(actor)]
    verdicts = [("", "All"), *((code, tag.text) for code, tag in TAGS.items())]
    maker = filters.choice(state, "maker", "Origin", [("", "All"), *MAKERS.items()])
    agency = filters.choice(state, "agency", "Agency", [("", "All"), *named])
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    verdict = filters.choice(state, "verdict", "How it stands", verdicts)
    found = carried_page(
        actor,
        maker=maker.value,
        agency=agency.value,
        ward=ward.value,
        verdict=verdict.value,
        sort=state.get("sort", "origin"),
        page=page_number(state),
    )
    return list_page(
        request,
        "programs/list.html",
        LIST,
        found,
        chosen=(maker, agency, ward, verdict),
        columns=COLUMNS,
        cells=_cells,
        status=failed.status if failed else 200,
        failed=failed,
        gaps=found.gaps,
        unchecked=found.unchecked,
        names=may_keep_programs(actor),
        as_of=today_of(request),
        programs=_programs(programs_named(actor), may_end=may_keep_programs(actor)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def program_new(request: HttpRequest) -> HttpResponse:
    """Put a program onto the list."""
    actor = actor_of(request)
    if not may_keep_programs(actor):
        raise NotAllowed
    form = forms.ProgramForm(
        request.POST if request.method == "POST" else None,
        agencies=[(a.code, f"{a.name} ({a.code})") for a in agencies(actor)],
        matters=[(str(number), title) for number, title in own_initiatives(actor)],
    )
    if request.method == "POST" and submit(form, lambda given: _name(request, given)):
        return go_on(request, reverse("programs"), "The program is on the list.")
    return page(
        request,
        "programs/new.html",
        title="Name a program",
        crumbs=(*CRUMBS, Crumb("Programs", reverse("programs")), Crumb("Name a program")),
        status=form.status,
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def program_check(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One commitment: every look at what carries it, and a new one."""
    actor = actor_of(request)
    file = carried_file(matter_id, actor)
    form = forms.CheckForm(
        request.POST if request.method == "POST" else None,
        initial={"checked_on": today_of(request), "program": str(file.row.program_id or "")},
        programs=[(str(row.id), row.name) for row in programs_named(actor)],
    )
    if request.method == "POST" and submit(form, lambda given: _check(request, matter_id, given)):
        return go_on(request, reverse("programs"), "The look was written down.")
    return _check_page(request, matter_id, form)


def _check_page(request: HttpRequest, matter_id: int, form: Form) -> HttpResponse:
    file = carried_file(matter_id, actor_of(request))
    return page(
        request,
        "programs/check.html",
        title=file.row.wording,
        crumbs=(*CRUMBS, Crumb("Programs", reverse("programs")), Crumb(file.row.wording)),
        status=form.status,
        file=file,
        row=file.row,
        maker=MAKERS[file.row.maker],
        tag=TAGS[file.row.verdict],
        checks=[(TAGS[check.verdict], check) for check in file.checks],
        form=form if "check_program" in file.allowed or form.is_bound else None,
    )


def _programs(rows: Sequence[CarrierRow], *, may_end: bool) -> Table:
    return table(
        counted(len(rows), "program"),
        (Column("Program"), Column("Kind"), Column("Agency"), Column("Carries"), Column("Do")),
        [
            (
                Cell(
                    row.name,
                    href=reverse("initiative", args=[row.matter_id]) if row.matter_id else "",
                    main=True,
                ),
                Cell(PROGRAM_KINDS[row.kind]),
                Cell(row.agency_code),
                Cell(counted(row.carries, "commitment")),
                Cell(folded=(_off(row),) if may_end else ()),
            )
            for row in rows
        ],
        empty="No program is on the list. Name the first one.",
    )


def _off(row: CarrierRow) -> Control:
    return Control(
        "Take it off",
        reverse("program_end", args=[row.id]),
        row.name,
        f"end_{row.id}",
        asks="reason",
        asks_label="Why",
    )


def _name(request: HttpRequest, given: dict[str, Any]) -> Any:
    matter = get_matter(int(given["matter"]), actor_of(request)) if given["matter"] else None
    return actions.name_program(
        matter,
        name=given["name_"],
        kind=given["kind"],
        agency=get_agency(given["agency_code"]) if given["agency_code"] else None,
        stamp=stamp_of(request),
    )


def _check(request: HttpRequest, matter_id: int, given: dict[str, Any]) -> Any:
    actor = actor_of(request)
    program = given.pop("program")
    return actions.check_program(
        get_confirmed_commitment(matter_id, actor),
        program=get_program(int(program), actor) if program else None,
        **given,
        stamp=stamp_of(request),
    )


def _cells(row: CarriedRow) -> tuple[Cell, ...]:
    looked = f"{day_text(row.checked_on)}, {row.checked_by}" if row.checked_on else ""
    return (
        Cell(
            row.wording,
            href=reverse("program_check", args=[row.matter_id]),
            sub=f"{row.maker_name}, {day_text(row.said_on)}",
            main=True,
        ),
        Cell(MAKERS[row.maker], sub=row.agency_code),
        Cell(day_text(row.due_on) if row.due_on else "No day was named"),
        Cell(row.program, tags=(TAGS[row.verdict],), sub=row.text),
        Cell(looked),
    )
