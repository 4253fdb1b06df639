"""One version of a plan by itself: its steps, what it changed, its reviews, what led to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters.queries import MatterHeader, get_matter, matter_header
from wardroom.plans.actions import review_plan, trace_improvement
from wardroom.plans.queries import (
    PlanView,
    get_plan,
    improvements_to_trace,
    plan_changes,
    plan_of,
)
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.plans.forms import ReviewForm, TraceForm
from wardroom.web.plans.showing import old_table, plan_parts
from wardroom.web.plans.where import check_path, crumbs_to, form_address, version_address
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import go_on, page

SAID = {
    "review": "Saved: the plan was looked at and stays as it is.",
    "improvement": "The improvement and this version name each other now.",
}


@require_safe
def plan_version(request: HttpRequest, matter_id: int, version: int) -> HttpResponse:
    """The newest version as it goes, or an older one as it was."""
    header, plan = _read(request, matter_id, version)
    return _page(request, header, plan)


def plan_move(request: HttpRequest, matter_id: int, version: int, verb: str) -> HttpResponse:
    """Look at the plan again, or name the improvement that led to it."""
    if verb not in SAID:
        raise Http404
    return _plan_move(request, matter_id, version, verb)


@takes_form()
def _plan_move(request: HttpRequest, matter_id: int, version: int, verb: str) -> HttpResponse:
    header, plan = _read(request, matter_id, version)
    form = _forms(request, header, plan, verb)[verb]
    act = _review if verb == "review" else _trace
    done = submit(form, lambda given: act(request, plan, given))
    if done is None:
        return _page(request, header, plan, failed={verb: form})
    return go_on(request, version_address(header.kind, matter_id, version), SAID[verb])


def _review(request: HttpRequest, plan: PlanView, given: dict[str, Any]) -> Any:
    newest = get_plan(plan.matter_id, actor_of(request))
    if newest.pk != plan.id:
        raise Refused("already_replaced", "A newer version replaced this one. Look at that one.")
    return review_plan(newest, **given, stamp=stamp_of(request))


def _trace(request: HttpRequest, plan: PlanView, given: dict[str, Any]) -> Any:
    actor = actor_of(request)
    version = get_plan(plan.matter_id, actor, plan.version)
    improvement = get_matter(given["improvement"], actor)
    return trace_improvement(improvement, plan=version, stamp=stamp_of(request))


def _read(request: HttpRequest, matter_id: int, version: int) -> tuple[MatterHeader, PlanView]:
    actor = actor_of(request)
    plan = plan_of(matter_id, actor, version)
    if plan is None:
        raise NotFound(f"no version {version} of matter {matter_id}")
    header = matter_header(get_matter(matter_id, actor), actor)
    check_path(request, header.kind)
    return header, plan


def _forms(
    request: HttpRequest, header: MatterHeader, plan: PlanView, verb: str = ""
) -> dict[str, Form]:
    actor = actor_of(request)
    known = improvements_to_trace(get_matter(plan.matter_id, actor), actor)
    found: dict[str, Form] = {}
    if known or verb == "improvement":
        found["improvement"] = TraceForm(
            request.POST if verb == "improvement" else None,
            improvements=[(row.id, f"{row.entity_name}: {row.wording}"[:120]) for row in known],
        )
    if "review_plan" in plan.allowed or verb == "review":
        found["review"] = ReviewForm(request.POST if verb == "review" else None)
    return found


def _page(
    request: HttpRequest,
    header: MatterHeader,
    plan: PlanView,
    *,
    failed: dict[str, Form] | None = None,
) -> HttpResponse:
    forms = _forms(request, header, plan) | (failed or {})
    first_failed = next(iter((failed or {}).values()), None)
    today = today_of(request)
    parts = plan_parts(plan, header.kind, today)
    if not plan.newest:
        parts |= {"plan_table": old_table(plan), "schedule": None}
    others = [
        (row, version_address(header.kind, header.id, row.version))
        for row in plan.versions
        if row.version != plan.version
    ]
    return page(
        request,
        "locations/version.html",
        title=f"Work plan, version {plan.version}",
        crumbs=crumbs_to(header, f"Version {plan.version}"),
        status=first_failed.status if first_failed else 200,
        **parts | {"plan_whole": ""},
        header=header,
        own=matter_address(header.kind, header.id),
        revise=form_address(header.kind, header.id) if "adopt_plan" in plan.allowed else "",
        here=version_address(header.kind, header.id, plan.version),
        others=others,
        changes=plan_changes(plan.matter_id, actor_of(request), plan.version),
        forms=forms,
        failed=first_failed,
    )
