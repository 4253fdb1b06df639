"""The work plan's form: the first version and every revision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from wardroom.directory.queries import agencies
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, is_conflict
from wardroom.matters.queries import get_matter, matter_header
from wardroom.plans.actions import adopt_plan
from wardroom.plans.queries import PlanRow, PlanView, plan_allowed, plan_of
from wardroom.plans.rules import LEFT_BEHIND, NEXT_STEP, PLANNED
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.plans.forms import PlanForm
from wardroom.web.plans.step_forms import Steps
from wardroom.web.plans.where import check_path, crumbs_to
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import CONFLICT, NOT_ACCEPTED
from wardroom.web.ui.page import go_on, page


@require_http_methods(["GET", "HEAD", "POST"])
def plan_form(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Write the first plan of a location or an initiative, or its next version."""
    actor = actor_of(request)
    matter = get_matter(matter_id, actor)
    header = matter_header(matter, actor)
    if not header.inside or matter.kind not in PLANNED:
        raise NotFound(f"no matter {matter_id}")
    check_path(request, matter.kind)
    more = "add_row" in request.POST
    sent = request.method == "POST" and not more
    if not sent and "adopt_plan" not in plan_allowed(matter, actor):
        raise NotAllowed
    former = plan_of(matter_id, actor)
    carried = _carried(former)
    if more:
        form = PlanForm(initial=request.POST.dict())
    else:
        form = PlanForm(request.POST if sent else None, initial=_from(former))
    if former is None:
        del form.fields["reason"]
    steps = Steps(
        request.POST or None,
        agencies=[(a.code, f"{a.name} ({a.code})") for a in agencies(actor)],
        carried=carried,
        has_place=matter.place_id is not None,
        more=more,
    )
    own = matter_address(matter.kind, matter_id)
    status = 200
    if sent:
        status = _adopt(request, matter, form, steps)
        if not status:
            return go_on(request, own, "The plan was adopted and its asks were sent.")
    title = (
        "Write the work plan"
        if former is None
        else f"Revise the plan (version {former.version + 1})"
    )
    return page(
        request,
        "locations/plan.html",
        title=title,
        crumbs=crumbs_to(header, "Work plan"),
        status=status,
        form=form,
        steps=steps,
        former=former,
        header=header,
        next_step=NEXT_STEP,
        own=own,
        show_errors=sent,
    )


def _adopt(request: HttpRequest, matter: Any, form: PlanForm, steps: Steps) -> int:
    """Adopt the plan; the status of the page where it stays open, 0 where it is done."""
    whole = form.is_valid()
    if not steps.is_valid() or not whole:
        return NOT_ACCEPTED
    try:
        adopt_plan(matter, **form.cleaned_data, steps=steps.drafts(), stamp=stamp_of(request))
    except NotAllowed:
        raise
    except Refused as no:
        if not steps.refuse(no):
            form.refuse(no)
        return CONFLICT if is_conflict(no) else NOT_ACCEPTED
    return 0


def _from(former: PlanView | None) -> dict[str, Any]:
    if former is None:
        return {"former_version": 0}
    names = ("objective", "cause", "measure", "baseline", "target", "target_on", "review_on")
    return {"former_version": former.version, **{name: getattr(former, name) for name in names}}


def _carried(former: PlanView | None) -> list[PlanRow]:
    rows = former.rows if former is not None else ()
    return [row for row in rows if row.state not in LEFT_BEHIND]
