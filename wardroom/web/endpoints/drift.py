"""Drift: the list, one of it, and what a person does about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.casework.actions import plan_after_drift
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import kinds_of
from wardroom.service_requests import actions
from wardroom.service_requests.queries import drift_page, drift_row, endpoint_list, get_drift
from wardroom.service_requests.rules import DRIFT_STATES, DRIFTS
from wardroom.web.edge import actor_of
from wardroom.web.endpoints import forms, showing
from wardroom.web.rows import matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, back_to, page
from wardroom.web.ui.tables import page_number
from wardroom.web.wards import ward_choices

DATA = Crumb("Data", "/data/")
DRIFT = Crumb("Drift", "/data/drift/")
OURS = (("", "With or without a matter"), ("yes", "Of our matters"), ("no", "Of no matter"))
WORDS = ListWords(
    title="Drift",
    noun="drift",
    empty="No drift fits these filters. Every night the mirror is held to what others say.",
    crumbs=(DATA, Crumb("Drift")),
)
MOVES: Mapping[str, Move] = {
    "plan": Move(
        "plan_after_drift",
        "Set the next step",
        as_filled_in(plan_after_drift),
        "The next step is set.",
        forms.StepForm,
    ),
    "accept": Move(
        "accept_drift",
        "Accept what they say",
        as_filled_in(actions.accept_drift),
        "Accepted. Our matter stays as it is.",
    ),
    "ignore": Move(
        "ignore_drift",
        "Leave it, with a reason",
        as_filled_in(actions.ignore_drift),
        "Left as it is. The same is not listed again.",
        forms.IgnoreForm,
    ),
}


@require_safe
def drifts(request: HttpRequest) -> HttpResponse:
    """Where two systems do not say the same, by filter, the newest first."""
    actor, given = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    known = [(str(e.id), e.name) for e in endpoint_list(actor)]
    state = filters.choice(
        given, "state", "State", [*DRIFT_STATES.items(), ("all", "All")], default="open"
    )
    kind = filters.choice(given, "kind", "What", [("", "Anything"), *DRIFTS.items()])
    ward = filters.choice(given, "ward", "Ward", ward_choices(request))
    ours = filters.choice(given, "ours", "Matter", OURS)
    endpoint = filters.choice(given, "endpoint", "Endpoint", [("", "Any endpoint"), *known])
    found = drift_page(
        actor,
        state="" if state.value == "all" else state.value,
        kind=kind.value,
        ward=ward.value,
        ours=ours.value,
        endpoint=int(endpoint.value) if endpoint.value else None,
        sort=given.get("sort", "-found"),
        page=page_number(given),
    )
    matters = {row.matter_id for row in found.rows if row.matter_id}
    kinds = kinds_of(actor, matters) if matters else {}
    back = request.get_full_path()
    return list_page(
        request,
        "endpoints/drifts.html",
        WORDS,
        found,
        chosen=(state, kind, ward, ours, endpoint),
        columns=showing.DRIFT_COLUMNS,
        cells=lambda row: showing.drift_cells(row, kinds, back),
    )


@require_safe
def drift(request: HttpRequest, drift_id: int) -> HttpResponse:
    """One drift: what stands here, what stands there, and what to do."""
    return _page(request, drift_id)


@takes_move(MOVES)
def drift_move(request: HttpRequest, drift_id: int, verb: str) -> HttpResponse:
    """Accept it, leave it with a reason, or set the next step of the matter."""
    here = reverse("drift", args=[drift_id])
    return make(
        request,
        MOVES[verb],
        get_drift(drift_id, actor_of(request)),
        MOVES[verb].form(request.POST),
        address=back_to(request, here),
        again=lambda form: _page(request, drift_id, failed={verb: form}),
    )


def _page(request: HttpRequest, drift_id: int, *, failed: Failed | None = None) -> HttpResponse:
    actor = actor_of(request)
    row = drift_row(drift_id, actor)
    matter = row.matter_id or 0
    kinds = kinds_of(actor, [matter]) if matter else {}
    more: dict[str, Any] = offers(MOVES, row.allowed, failed)
    return page(
        request,
        "endpoints/drift.html",
        title=row.what,
        crumbs=(DATA, DRIFT, Crumb(row.what)),
        row=row,
        kind=showing.drift_tag(row.kind),
        state=DRIFT_STATES[row.state],
        matter_href=matter_address(kinds[matter], matter) if matter in kinds else "",
        **more,
    )
