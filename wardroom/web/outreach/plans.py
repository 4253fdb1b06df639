"""Outreach plans: the list, adopting one, and one with its versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.outreach import (
    OutreachPlanFile,
    OutreachPlanRow,
    may_adopt_outreach_plans,
    outreach_plan_file,
    outreach_plan_page,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.matters import actions as matters
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.forms import CloseForm
from wardroom.web.initiatives.people import leads, wards_to_open
from wardroom.web.initiatives.shared import SHARED, colleague, shared_form
from wardroom.web.outreach import forms, showing
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    make,
    offers,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import counted, day_text, from_today
from wardroom.web.wards import ward_choices, ward_meant

STATES = [("open", "Open"), ("closed", "Closed"), ("all", "All")]
COLUMNS = (Column("Plan"), Column("For"), Column("From and to"), Column("Wants"))
QUARTER = timedelta(days=90)
EMPTY = "There is no plan here. Adopt one to see silence against it."


MOVES: Mapping[str, Move] = {
    "change": Move(
        "change_outreach_plan",
        "Change the plan",
        as_filled_in(actions.change_outreach_plan),
        "Saved as a new version. The one before stays.",
    ),
    **SHARED,
    "close": Move("close_matter", "Close it", as_filled_in(matters.close_matter), "It was closed."),
}


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The outreach plans within reach, the newest first."""
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = outreach_plan_page(
        actor,
        on=today_of(request),
        ward=ward.value if actor.reach.city else "",
        state=shown.value,
        page=page_number(state),
    )
    return list_page(
        request,
        "outreach/plans.html",
        ListWords("Outreach plans", "plan", EMPTY, showing.crumbs(Crumb("Plans"))),
        found,
        chosen=(*((ward,) if actor.reach.city else ()), shown),
        columns=COLUMNS,
        cells=_cells,
        tabs=showing.tabs(showing.PLANS),
        adopts=may_adopt_outreach_plans(actor),
    )


def _cells(row: OutreachPlanRow) -> tuple[Cell, ...]:
    plan = row.plan
    tags = (Tag("Holds today", "good"),) if row.holds else ()
    if row.outcome_label:
        tags = (Tag(row.outcome_label),)
    more = len(plan.targets) - 2
    wants = "; ".join(str(target) for target in plan.targets[:2])
    return (
        Cell(
            plan.title, href=reverse("outreach_plan", args=[plan.matter_id]), tags=tags, main=True
        ),
        Cell(plan.where),
        Cell(f"{day_text(plan.starts_on)} to {day_text(plan.ends_on)}"),
        Cell(wants, sub=f"and {counted(more, 'line')} more" if more > 0 else ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Adopt a plan."""
    actor, today = actor_of(request), today_of(request)
    if not may_adopt_outreach_plans(actor):
        raise NotAllowed
    people = leads(request)
    form = forms.PlanForm(
        posted(request),
        initial={
            "starts_on": today,
            "ends_on": today + QUARTER,
            "next_on": today + timedelta(days=30),
            "targets": "Each SMD: 1 in 60 days",
            "owner": people[0][0] if people else None,
        },
        wards=wards_to_open(request),
        people=people,
    )
    return new_page(
        request,
        "outreach/plan_new.html",
        form,
        lambda given: _adopt(request, given),
        leads_to=lambda made: (
            reverse("outreach_plan", args=[made.matter_id]),
            "The plan is adopted.",
        ),
        title="Adopt an outreach plan",
        crumbs=showing.crumbs(
            Crumb("Plans", reverse(showing.PLANS)), Crumb("Adopt an outreach plan")
        ),
    )


def _adopt(request: HttpRequest, given: dict[str, Any]) -> Any:
    code = given.pop("ward_code")
    owner = colleague(given.pop("owner"), "owner", request)
    ward = ward_meant(code, request)
    return actions.adopt_outreach_plan(ward, owner=owner, **given, stamp=stamp_of(request))


@require_safe
def plan(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One plan: what it wants, what it was before, and what can be done."""
    return _page(request, outreach_plan_file(matter_id, actor_of(request), on=today_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to a plan; what cannot be done to any has no page."""
    file = outreach_plan_file(matter_id, actor_of(request), on=today_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("outreach_plan", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _form(request: HttpRequest, file: OutreachPlanFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    if verb == "close":
        return CloseForm(posted, outcomes=file.matter.outcomes)
    plan = file.plan
    started = {
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "targets": plan.lines,
        "reserve": plan.reserve,
    }
    return forms.PlanChangeForm(posted, initial=started)


def _page(
    request: HttpRequest, file: OutreachPlanFile, *, failed: Failed | None = None
) -> HttpResponse:
    return page(
        request,
        "outreach/plan.html",
        title=file.matter.title,
        crumbs=showing.crumbs(Crumb("Plans", reverse(showing.PLANS)), Crumb(file.matter.title)),
        file=file,
        plan=file.plan,
        matter=file.matter,
        when=from_today(file.matter.next_on, today_of(request)),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )
