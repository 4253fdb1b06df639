"""Evaluations: the list, registering one, one with its verdict, and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.problems.actions import look_ahead, withdraw_evaluation
from wardroom.problems.gateways.drafting import Wanted, drafted, register_seen
from wardroom.problems.queries.evaluations import (
    LocationChoice,
    evaluation_file,
    evaluation_page,
    get_evaluation,
    location_choices,
)
from wardroom.problems.queries.false_alarms import false_alarms
from wardroom.problems.queries.previews import Preview, preview_of
from wardroom.problems.rules.evaluations import (
    DEFINITIONS,
    USUAL_MONTHS,
    EvaluationDraft,
    first_whole_month,
    month_begins_on,
)
from wardroom.problems.rules.false_alarms import TOO_LITTLE
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.evaluations import showing
from wardroom.web.evaluations.forms import EvaluationForm, WithdrawForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices

LONG = timedelta(minutes=10)
STATES = [
    ("all", "All"),
    ("running", "Running"),
    ("due", "Verdict due"),
    ("judged", "Judged"),
    ("withdrawn", "Withdrawn"),
]
EMPTY = (
    "No evaluation here. An evaluation writes down, before anything begins, what is tried at which"
    " locations and how it will be judged. A year later its verdict is worth something."
)


@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """The evaluations within reach: running, due, judged and withdrawn."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", STATES, default="all")
    found = evaluation_page(
        actor,
        on=today_of(request),
        ward=ward.value or None,
        state=state.value,
        page=page_number(request.GET),
    )
    alarms = false_alarms(actor)
    return page(
        request,
        "evaluations/list.html",
        title="Evaluations",
        crumbs=(Crumb("Locations", "/locations/"), Crumb("Evaluations")),
        filters=filters.bar(request.GET, ward, state),
        allowed=found.allowed,
        alarms=alarms,
        alarm_table=showing.alarm_table(alarms) if alarms else None,
        alarm_starts=showing.starts_words(alarms) if alarms else "",
        too_little=TOO_LITTLE,
        definitions=DEFINITIONS,
        table=table(
            counted(found.total, "evaluation"),
            showing.COLUMNS,
            [showing.row_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_new(request: HttpRequest) -> HttpResponse:
    """Choose locations and days, look at what would be registered, and register it.

    What it would take is counted by a worker; with ``look`` in the address the page shows it
    as soon as it is there.
    """
    choices = location_choices(actor_of(request))
    named = [(c.id, c.title) for c in choices]
    if request.method != "POST":
        seen = preview_of(actor_of(request)) if "look" in request.GET else None
        filled = _filled(seen.wanted) if seen else _usual(request, choices)
        return _new(request, EvaluationForm(initial=filled, choices=named), choices, seen=seen)
    form = EvaluationForm(request.POST, choices=named)
    if "register" in request.POST:
        made = submit(form, lambda given: _register(request, given))
        if made is not None:
            said = "It is registered. From now on nobody can change it."
            return go_on(request, reverse("evaluation", args=[made.pk]), said)
        return _new(request, form, choices)
    if submit(form, lambda given: _look(request, given)) is None:
        return _new(request, form, choices)
    return redirect(f"{reverse('evaluation_new')}?look=1#results")


@require_safe
def evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """One evaluation: its verdict or how it stands, and what was registered."""
    return _page(request, evaluation_id, WithdrawForm())


@takes_form()
def withdraw(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Withdraw an evaluation, with the reason."""
    row = get_evaluation(evaluation_id, actor_of(request))
    form = WithdrawForm(request.POST)
    done = submit(form, lambda given: withdraw_evaluation(row, **given, stamp=stamp_of(request)))
    if done is None:
        return _page(request, evaluation_id, form)
    return go_on(
        request, reverse("evaluation", args=[evaluation_id]), "The evaluation was withdrawn."
    )


def _page(request: HttpRequest, evaluation_id: int, form: WithdrawForm) -> HttpResponse:
    file = evaluation_file(evaluation_id, actor_of(request), on=today_of(request))
    verdict = file.verdicts[0] if file.verdicts else None
    first_look = month_begins_on(first_whole_month(file.row.starts_on) + 1)
    shown: dict[str, Any] = {}
    if verdict is not None:
        alarms = false_alarms(actor_of(request))
        shown = {
            "picture": showing.picture(verdict),
            "false_alarms": showing.false_alarm_words(verdict),
            "alarms": alarms,
            "alike": alarms.nearest(verdict.figures["treated"]) if alarms else None,
            "moved": showing.ring_moved(verdict),
            "ring": showing.ring_words(verdict),
            "ring_range": showing.ring_range(verdict),
            "checks": showing.check_words(verdict),
            "months": showing.month_table(file.row, verdict),
            "tone": showing.TONES.get(verdict.word, ""),
        }
    return page(
        request,
        "evaluations/file.html",
        title=file.row.title,
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb("Evaluations", reverse("evaluations")),
            Crumb(file.row.title),
        ),
        status=form.status,
        file=file,
        row=file.row,
        verdict=verdict,
        first_look=first_look,
        places=showing.place_table(file, verdict),
        definitions=DEFINITIONS,
        withdraw_form=form,
        **shown,
    )


def _new(
    request: HttpRequest,
    form: EvaluationForm,
    choices: Sequence[LocationChoice],
    *,
    seen: Preview | None = None,
) -> HttpResponse:
    ticked = {str(value) for value in form["places"].value() or ()}
    draft = seen.draft if seen is not None else None
    waits = seen is not None and not seen.counted
    late = seen is not None and waits and stamp_of(request).at - seen.asked_at > LONG
    return page(
        request,
        "evaluations/new.html",
        title="Register an evaluation",
        crumbs=(
            Crumb("Locations", "/locations/"),
            Crumb("Evaluations", reverse("evaluations")),
            Crumb("Register"),
        ),
        status=form.status,
        form=form,
        choices=[(c, str(c.id) in ticked) for c in choices],
        seen=seen,
        waits=waits and not late,
        late=late,
        first_month=month_begins_on(first_whole_month(draft.starts_on)) if draft else None,
        seen_table=showing.seen_table(draft, {c.id: c.title for c in choices}) if draft else None,
    )


def _filled(draft: EvaluationDraft) -> dict[str, Any]:
    """What somebody filled in before it was counted."""
    return {
        "title": draft.title,
        "places": [place.location_id for place in draft.places],
        "starts_on": draft.starts_on,
        "verdict_on": draft.verdict_on,
        "lot": draft.at_once is not None,
        "at_once": draft.at_once,
    }


def _usual(request: HttpRequest, choices: Sequence[LocationChoice]) -> dict[str, Any]:
    """The first of next month, a year, and the location that somebody came from."""
    start = month_begins_on(first_whole_month(today_of(request).replace(day=2)))
    came_from = request.GET.get("location", "")
    return {
        "starts_on": start,
        "verdict_on": month_begins_on(first_whole_month(start) + USUAL_MONTHS),
        "places": [c.id for c in choices if str(c.matter_id) == came_from],
    }


def _wanted(given: dict[str, Any]) -> Wanted:
    return Wanted(
        title=given["title"],
        locations=tuple(given["places"]),
        starts_on=given["starts_on"],
        verdict_on=given["verdict_on"],
        at_once=given["at_once"],
    )


def _look(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp = stamp_of(request)
    return look_ahead(None, draft=drafted(_wanted(given), stamp.actor, stamp.at), stamp=stamp)


def _register(request: HttpRequest, given: dict[str, Any]) -> Any:
    return register_seen(_wanted(given), seen=given["seen"], stamp=stamp_of(request))
