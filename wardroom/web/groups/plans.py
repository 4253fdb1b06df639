"""Plans that groups submit: the list, taking one in, and one with its verdicts and looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.group_plans import (
    GroupPlanFile,
    GroupPlanRow,
    group_plan_file,
    group_plan_page,
)
from wardroom.engagement.queries.groups import get_group, group_choices, may_found_groups
from wardroom.engagement.rules.group_plans import GROUP_PLAN, PLAN_STAGES
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import work_forms
from wardroom.web.groups.views import crumbs
from wardroom.web.initiatives.shared import shared_moves
from wardroom.web.ui import filters
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
from wardroom.web.ui.words import day_text, from_today, state_tag
from wardroom.web.wards import ward_choices, ward_meant

COLUMNS = (Column("Plan"), Column("How it stands"), Column("Looked at next"))
STAGES = (("", "All"), *PLAN_STAGES.items(), ("closed", "Over"))


EMPTY = "No plan fits these filters."
TAKEN_IN = "Taken in. The director approves it or returns it."
VERBS = frozenset({"approve", "return", "resubmit", "look", "end", "next", "lead", "reopen"})


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The plans within reach, those to be looked at first."""
    actor, state, today = actor_of(request), request.GET, today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    stage = filters.choice(state, "stage", "State", STAGES)
    found = group_plan_page(
        actor, on=today, ward=ward.value, stage=stage.value, page=page_number(state)
    )
    return list_page(
        request,
        "groups/plans.html",
        ListWords("Plans of groups", "plan", EMPTY, (*crumbs(), Crumb("Plans"))),
        found,
        chosen=(ward, stage),
        columns=COLUMNS,
        cells=lambda row: _cells(row, today),
        submits=may_found_groups(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in a plan that a group made for itself."""
    actor = actor_of(request)
    if not may_found_groups(actor):
        raise NotAllowed
    form = work_forms.PlanForm(
        posted(request),
        groups=[(str(pk), name) for pk, name in group_choices(actor)],
        initial={"group": request.GET.get("group", "")},
    )
    return new_page(
        request,
        "groups/work_new.html",
        form,
        lambda given: _submit(request, given),
        leads_to=lambda made: (reverse("group_plan", args=[made.matter_id]), TAKEN_IN),
        title="Add a group's plan",
        lead="The director approves it or returns it with words. Then it is looked at on set days.",
        button="Take it in",
        back=reverse("group_plans"),
        crumbs=(*_crumbs(), Crumb("Add a group's plan")),
    )


@require_safe
def plan(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One plan: its words, the verdicts on them, and the looks at it."""
    return _page(request, _file(request, matter_id), {})


@takes_move(VERBS)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Approve a plan, return it, take it in again, look at it, or say how it ended."""
    file = _file(request, matter_id)
    move = _moves(request, file)[verb]
    return make(
        request,
        move,
        get_matter(matter_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("group_plan", args=[matter_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _file(request: HttpRequest, matter_id: int) -> GroupPlanFile:
    return group_plan_file(matter_id, actor_of(request), on=today_of(request))


def _moves(request: HttpRequest, file: GroupPlanFile) -> dict[str, Move]:
    outcomes = list(kind_of(GROUP_PLAN).outcomes.items())
    latest = file.wordings[0].text
    return {
        "approve": Move(
            "approve",
            "Approve it",
            as_filled_in(actions.approve_plan),
            "Approved. Somebody looks at it on those days.",
            work_forms.ApprovePlanForm,
        ),
        "return": Move(
            "return",
            "Return it",
            as_filled_in(actions.return_plan),
            "Returned with your words.",
            work_forms.ReturnPlanForm,
        ),
        "resubmit": Move(
            "resubmit",
            "Take in what they changed",
            as_filled_in(actions.resubmit_plan),
            "Taken in. The director approves it or returns it.",
            lambda posted=None: work_forms.ResubmitForm(posted, initial={"text": latest}),
        ),
        "look": Move(
            "look",
            "Write down how it goes",
            as_filled_in(actions.look_at_plan),
            "Saved.",
            work_forms.LookForm,
        ),
        "end": Move(
            "end",
            "Say how it ended",
            as_filled_in(actions.end_plan),
            "Closed.",
            lambda posted=None: work_forms.EndForm(posted, outcomes=outcomes),
        ),
        **shared_moves(request, file.matter),
    }


def _submit(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp = stamp_of(request)
    try:
        group = get_group(given.pop("group"), stamp.actor)
    except NotFound:
        raise Refused("no_such_group", "Choose a group.", field="group") from None
    return actions.submit_plan(
        group,
        **given,
        owner=get_party_of(stamp.actor),
        ward=ward_meant(group.ward_code, request),
        stamp=stamp,
    )


def _page(request: HttpRequest, file: GroupPlanFile, failed: Failed) -> HttpResponse:
    return page(
        request,
        "groups/plan.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        file=file,
        row=file.row,
        matter=file.matter,
        when=from_today(file.matter.next_on, today_of(request)),
        **offers(_moves(request, file), file.allowed, failed),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (*crumbs(), Crumb("Plans", reverse("group_plans")))


def _cells(row: GroupPlanRow, today: date) -> tuple[Cell, ...]:
    late = (Tag("Look is due", "warn"),) if row.overdue else ()
    return (
        Cell(row.title, href=reverse("group_plan", args=[row.id]), sub=row.group_name, main=True),
        Cell(tags=(state_tag(row.stage),)),
        Cell(day_text(row.look_on), sub=from_today(row.look_on, today), tags=late),
    )
