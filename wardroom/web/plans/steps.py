"""One step of a plan by itself: what it waits for, who looked, and who sees to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.fieldwork.queries import spot_checks_of_ask
from wardroom.matters.queries import MatterHeader, get_matter, matter_header
from wardroom.plans.actions import name_step_owner, verify_step
from wardroom.plans.queries import StepFile, forecast_of, get_step, position_of, step_file
from wardroom.plans.rules import check_step_shown
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.plans.forms import LookForm, OwnerForm
from wardroom.web.plans.showing import likely_words, look_words, promise_words
from wardroom.web.plans.where import check_path, crumbs_to, step_address, version_address
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page

ACTS: Mapping[str, tuple[Callable[..., Any], str]] = {
    "look": (verify_step, "What you saw stands beside what the agency says."),
    "owner": (name_step_owner, "Saved who sees to it."),
}


@require_safe
def plan_step(request: HttpRequest, matter_id: int, position: int) -> HttpResponse:
    """Where one step stands, why it waits, and whether somebody looked."""
    header, file = _read(request, matter_id, position)
    return _page(request, header, file)


def step_move(request: HttpRequest, matter_id: int, position: int, verb: str) -> HttpResponse:
    """Say whether a step was done, or who sees to it."""
    if verb not in ACTS:
        raise Http404
    return _step_move(request, matter_id, position, verb)


@takes_form()
def _step_move(request: HttpRequest, matter_id: int, position: int, verb: str) -> HttpResponse:
    stands_at = _stands_at(request, matter_id) or position
    header, file = _read(request, matter_id, stands_at)
    act, said = ACTS[verb]
    form = _forms(request, file, verb)[verb]
    step = get_step(matter_id, stands_at, actor_of(request))

    def save(given: dict[str, Any]) -> object:
        shown_ask = given.pop("shown_ask")
        check_step_shown(shown_ask, ask_id=step.ask_id, shown_at=position, stands_at=stands_at)
        return act(step, **given, stamp=stamp_of(request))

    done = submit(form, save)
    if done is None:
        return _page(request, header, file, failed={verb: form})
    return go_on(request, step_address(header.kind, matter_id, position), said)


def _stands_at(request: HttpRequest, matter_id: int) -> int | None:
    """Where the ask that the page was drawn with stands in the newest version."""
    shown = number_meant(request.POST.get("shown_ask", ""))
    return None if shown is None else position_of(matter_id, shown, actor_of(request))


def _read(request: HttpRequest, matter_id: int, position: int) -> tuple[MatterHeader, StepFile]:
    actor = actor_of(request)
    file = step_file(matter_id, position, actor)
    header = matter_header(get_matter(matter_id, actor), actor)
    check_path(request, header.kind)
    return header, file


def _forms(request: HttpRequest, file: StepFile, verb: str = "") -> dict[str, Form]:
    now = localtime(stamp_of(request).at).replace(second=0, microsecond=0)
    return {
        "look": LookForm(
            request.POST if verb == "look" else None,
            initial={"seen_at": now, "shown_ask": file.row.ask_id},
            findings=file.findings,
        ),
        "owner": OwnerForm(
            request.POST if verb == "owner" else None,
            initial={"owner_name": file.row.owner_name, "shown_ask": file.row.ask_id},
        ),
    }


def _page(
    request: HttpRequest,
    header: MatterHeader,
    file: StepFile,
    *,
    failed: dict[str, Form] | None = None,
) -> HttpResponse:
    first_failed = next(iter((failed or {}).values()), None)
    row, plan = file.row, file.plan
    expected = forecast_of(plan, on=today_of(request))
    likely, under = likely_words(row, expected[row.position])
    rows = {other.position: other for other in plan.rows}
    followers = [other for other in plan.rows if row.position in other.waits_for]
    whole = version_address(header.kind, header.id, plan.version)
    context: dict[str, Any] = {
        "file": file,
        "row": row,
        "header": header,
        "expected": expected[row.position],
        "likely": likely,
        "likely_under": under,
        "promise_under": promise_words(row),
        "look": look_words(row),
        "before": [_other(header, rows[n]) for n in row.waits_for],
        "after": [_other(header, other) for other in followers],
        "whole": whole,
        "spot_checks": spot_checks_of_ask(row.ask_id, actor_of(request)),
        "here": step_address(header.kind, header.id, row.position),
        "forms": _forms(request, file) | (failed or {}),
        "failed": first_failed,
    }
    trail = crumbs_to(header)
    return page(
        request,
        "plans/step.html",
        title=f"Step {row.position}: {row.wording}",
        crumbs=(*trail, Crumb(f"Version {plan.version}", whole), Crumb(f"Step {row.position}")),
        status=first_failed.status if first_failed else 200,
        **context,
    )


def _other(header: MatterHeader, row: Any) -> tuple[Any, str]:
    return row, step_address(header.kind, header.id, row.position)
