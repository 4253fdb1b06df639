"""Plans that groups submit: the list, taking one in, and one with its verdicts and looks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.city.queries import get_ward
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
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.groups import moves, work_forms
from wardroom.web.groups.views import crumbs
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text, from_today, state_tag
from wardroom.web.wards import ward_choices

COLUMNS = (Column("Plan"), Column("How it stands"), Column("Looked at next"))
STAGES = (("", "All"), *PLAN_STAGES.items(), ("closed", "Over"))


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
    return page(
        request,
        "groups/plans.html",
        title="Plans of groups",
        crumbs=(*crumbs(), Crumb("Plans")),
        filters=filters.bar(state, ward, stage),
        submits=may_found_groups(actor),
        table=table(
            counted(found.total, "plan"),
            COLUMNS,
            [_cells(row, today) for row in found.rows],
            empty="No plan fits these filters.",
            state=state,
            paging=paging(state, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take in a plan that a group made for itself."""
    actor = actor_of(request)
    if not may_found_groups(actor):
        raise NotAllowed
    form = work_forms.PlanForm(
        request.POST if request.method == "POST" else None,
        groups=[(str(pk), name) for pk, name in group_choices(actor)],
        initial={"group": request.GET.get("group", "")},
    )
    if request.method == "POST":
        made = submit(form, lambda given: _submit(request, given))
        if made is not None:
            address = reverse("group_plan", args=[made.matter_id])
            return go_on(request, address, "Taken in. The director approves it or returns it.")
    return page(
        request,
        "groups/work_new.html",
        title="Add a group's plan",
        lead="The director approves it or returns it with words. Then it is looked at on set days.",
        button="Take it in",
        back=reverse("group_plans"),
        crumbs=(*_crumbs(), Crumb("Add a group's plan")),
        status=form.status,
        form=form,
    )


@require_safe
def plan(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One plan: its words, the verdicts on them, and the looks at it."""
    return _page(request, _file(request, matter_id), {})


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Approve a plan, return it, take it in again, look at it, or say how it ended."""
    if verb not in VERBS:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    file = _file(request, matter_id)
    return moves.make(
        request,
        _moves(request, file)[verb],
        moves.matter_of(request, matter_id),
        address=reverse("group_plan", args=[matter_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _file(request: HttpRequest, matter_id: int) -> GroupPlanFile:
    return group_plan_file(matter_id, actor_of(request), on=today_of(request))


VERBS = frozenset({"approve", "return", "resubmit", "look", "end", "next", "lead", "reopen"})


def _moves(request: HttpRequest, file: GroupPlanFile) -> dict[str, moves.Move]:
    outcomes = list(kind_of(GROUP_PLAN).outcomes.items())
    latest = file.wordings[0].text
    return {
        "approve": moves.Move(
            "approve",
            "Approve it",
            work_forms.ApprovePlanForm,
            moves.as_filled_in(actions.approve_plan),
            "Approved. Somebody looks at it on those days.",
        ),
        "return": moves.Move(
            "return",
            "Return it",
            work_forms.ReturnPlanForm,
            moves.as_filled_in(actions.return_plan),
            "Returned with your words.",
        ),
        "resubmit": moves.Move(
            "resubmit",
            "Take in what they changed",
            lambda posted=None: work_forms.ResubmitForm(posted, initial={"text": latest}),
            moves.as_filled_in(actions.resubmit_plan),
            "Taken in. The director approves it or returns it.",
        ),
        "look": moves.Move(
            "look",
            "Write down how it goes",
            work_forms.LookForm,
            moves.as_filled_in(actions.look_at_plan),
            "Saved.",
        ),
        "end": moves.Move(
            "end",
            "Say how it ended",
            lambda posted=None: work_forms.EndForm(posted, outcomes=outcomes),
            moves.as_filled_in(actions.end_plan),
            "Closed.",
        ),
        **moves.shared_moves(file.matter, request),
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
        ward=get_ward(group.ward_code, today_of(request)) if group.ward_code else None,
        stamp=stamp,
    )


def _page(request: HttpRequest, file: GroupPlanFile, failed: dict[str, Form]) -> HttpResponse:
    wrong = next(iter(failed.values()), None)
    return page(
        request,
        "groups/plan.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        status=wrong.status if wrong else 200,
        file=file,
        row=file.row,
        matter=file.matter,
        when=from_today(file.matter.next_on, today_of(request)),
        moves=moves.offered(_moves(request, file), file.allowed, failed),
        failed=wrong,
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
