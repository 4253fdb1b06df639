"""Improvements: the list, writing one down, and one with what it came from and led to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import agencies, get_agency, get_party_of
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import get_matter
from wardroom.plans import actions as plans
from wardroom.plans.queries import (
    ImprovementFile,
    ImprovementRow,
    entities_named,
    get_plan_version,
    improvement_file,
    improvement_page,
    may_agree_improvements,
    plans_to_name,
)
from wardroom.plans.rules import FOUND_IN, STATES
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.improvements import forms
from wardroom.web.improvements.found import assessments, found_address
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.plans.where import version_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number
from wardroom.web.ui.words import day_text, from_today, state_tag
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (
    Column("Step"),
    Column("Who", sort="entity"),
    Column("Agreed", sort="-agreed"),
    Column("What showed the need"),
    Column("State"),
)


def _trace(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    plan = get_plan_version(given["plan"], actor_of(request))
    return plans.trace_improvement(matter, plan=plan, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "evidence": Move(
        "note_evidence", "Write down what shows it", as_filled_in(plans.note_evidence)
    ),
    "plan": Move(
        "trace_improvement",
        "Name the plan revision it led to",
        _trace,
        "The improvement and the plan name each other now.",
    ),
    "close": Move("end_improvement", "Say what became of it", as_filled_in(plans.end_improvement)),
}


@require_safe
def improvement_list(request: HttpRequest) -> HttpResponse:
    """The improvements within reach, the newest agreement first."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    names = [(name, name) for name in entities_named(actor)]
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    entity = filters.choice(request.GET, "entity", "Who", [("", "Everybody"), *names])
    state = filters.choice(request.GET, "state", "State", [("", "All"), *STATES.items()])
    found = improvement_page(
        actor,
        ward=ward.value,
        entity=entity.value,
        state=state.value,
        sort=request.GET.get("sort", "-agreed"),
        page=page_number(request.GET),
    )
    return list_page(
        request,
        "improvements/list.html",
        ListWords(
            title="Improvements",
            noun="improvement",
            empty="No improvement fits these filters. Write down what was agreed at the table.",
            crumbs=(
                Crumb("Home", "/"),
                Crumb("Initiatives", reverse("initiatives")),
                Crumb("Improvements"),
            ),
        ),
        found,
        chosen=(ward, entity, state),
        columns=COLUMNS,
        cells=_cells,
        agrees=may_agree_improvements(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def improvement_new(request: HttpRequest) -> HttpResponse:
    """Write down a step that was agreed, with who takes it and by what authority."""
    actor = actor_of(request)
    if not may_agree_improvements(actor):
        raise NotAllowed
    form = forms.ImprovementForm(
        posted(request),
        initial={"agreed_on": today_of(request), **_came_from(request)},
        wards=wards_to_open(request),
        agencies=[(a.code, f"{a.name} ({a.code})") for a in agencies(actor)],
        found=assessments(request),
    )
    return new_page(
        request,
        "improvements/new.html",
        form,
        lambda given: _agree(request, given),
        leads_to=lambda made: (
            reverse("improvement", args=[made.matter_id]),
            "The improvement was written down.",
        ),
        title="Write down an improvement",
        crumbs=(*_crumbs(), Crumb("Write down an improvement")),
    )


@require_safe
def improvement(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One improvement: the step, what found it, what shows it, and what it led to."""
    return _page(request, improvement_file(matter_id, actor_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an improvement; what cannot be done to any has no page."""
    file = improvement_file(matter_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("improvement", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _agree(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp, code = stamp_of(request), given["ward_code"]
    noun, _, key = given["found_in"].partition(":")
    return plans.agree_improvement(
        get_agency(given["agency_code"]) if given["agency_code"] else None,
        entity_name=given["entity_name"],
        wording=given["wording"],
        authority=given["authority"],
        agreed_on=given["agreed_on"],
        found_by=given["found_by"],
        found_noun=noun,
        found_key=key,
        owner=get_party_of(stamp.actor),
        next_on=given["next_on"],
        ward=ward_meant(code, request),
        stamp=stamp,
    )


def _came_from(request: HttpRequest) -> dict[str, str]:
    """The assessment whose page somebody came from."""
    return {"found_in": request.GET["found"]} if request.GET.get("found") else {}


def _form(request: HttpRequest, file: ImprovementFile, verb: str, posted: Any = None) -> Form:
    if verb == "evidence":
        started = {"evidence": file.evidence, "seen_on": today_of(request)}
        return forms.EvidenceForm(posted, initial=started)
    if verb == "plan":
        matter = get_matter(file.matter.id, actor_of(request))
        return forms.PlanForm(posted, plans=plans_to_name(matter, actor_of(request)))
    return forms.CloseForm(posted, outcomes=file.matter.outcomes)


def _page(
    request: HttpRequest, file: ImprovementFile, *, failed: Failed | None = None
) -> HttpResponse:
    led = file.led_to
    return page(
        request,
        "improvements/file.html",
        title=file.row.wording,
        crumbs=(*_crumbs(), Crumb(file.row.wording)),
        file=file,
        row=file.row,
        matter=file.matter,
        state=STATES[file.row.state],
        when=from_today(file.matter.next_on, today_of(request)),
        found_in=FOUND_IN[file.found_noun] if file.found_noun else "",
        found_href=found_address(request, file),
        led_href=version_address(led.matter_kind, led.matter_id, led.version) if led else "",
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb("Initiatives", reverse("initiatives")),
        Crumb("Improvements", reverse("improvements")),
    )


def _cells(row: ImprovementRow) -> tuple[Cell, ...]:
    where = f"Ward {row.ward_code}" if row.ward_code else "Citywide"
    return (
        Cell(
            row.wording,
            href=reverse("improvement", args=[row.id]),
            sub=f"{where} · {row.authority}",
            main=True,
        ),
        Cell(row.entity_name),
        Cell(day_text(row.agreed_on)),
        Cell(row.found_by, sub=row.led_to),
        Cell(tags=(state_tag(row.state),)),
    )
