"""Incidents: the list, and one with its next step and the alert behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.incidents import actions
from wardroom.incidents.queries import (
    IncidentFile,
    IncidentRow,
    get_incident_alert,
    incident_file,
    incident_page,
)
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.locations.forms import CloseForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, page_number
from wardroom.web.ui.words import from_today, state_tag
from wardroom.web.wards import ward_choices

HOME = Crumb("Home", "/")
STATES = (("open", "Open"), ("closed", "Over"), ("all", "All"))
COLUMNS = (
    Column("Incident"),
    Column("Next", sort="due"),
    Column("Who looks after it"),
    Column("Where"),
    Column("State"),
)
LIST = ListWords(
    title="Incidents",
    noun="incident",
    empty="No incident fits these filters. Somebody opens one from an alert.",
    crumbs=(HOME, Crumb("Incidents")),
)


def _read(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    draft = get_incident_alert(matter.pk, actor_of(request))
    return actions.read_alert_change(draft, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "read": Move("read_alert_change", "I have read what is new", _read, "Noted as read."),
    **SHARED,
    "end": Move(
        "end_incident",
        "Say how it ended",
        as_filled_in(actions.end_incident),
        "The incident is closed.",
    ),
}


@require_safe
def incident_list(request: HttpRequest) -> HttpResponse:
    """The incidents within reach, the next date first."""
    state = request.GET
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    shown = filters.choice(state, "state", "State", STATES, default="open")
    found = incident_page(
        actor_of(request),
        state="" if shown.value == "all" else shown.value,
        ward=ward.value,
        sort=state.get("sort", "due"),
        page=page_number(state),
    )
    today = today_of(request)

    def cells(row: IncidentRow) -> tuple[Cell, ...]:
        open_ = row.state == "open"
        due = from_today(row.next_on, today) if open_ and row.next_on else ""
        return (
            Cell(row.title, href=reverse("incident", args=[row.id]), main=True),
            Cell(due, sub=row.next_step if open_ else ""),
            Cell(row.owner_name),
            Cell(f"Ward {row.ward_code}" if row.ward_code else "The whole city"),
            Cell(tags=(state_tag(row.state),)),
        )

    return list_page(
        request,
        "alerts/incidents.html",
        LIST,
        found,
        chosen=(ward, shown),
        columns=COLUMNS,
        cells=cells,
    )


@require_safe
def incident(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One incident: what comes next, what its alert says, and what happened."""
    return _page(request, incident_file(matter_id, actor_of(request)))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an incident; what cannot be done to any has no page."""
    file = incident_file(matter_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("incident", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _form(request: HttpRequest, file: IncidentFile, verb: str, posted: Any = None) -> Form:
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    if verb == "end":
        return CloseForm(posted, outcomes=file.matter.outcomes)
    return PlainForm(posted)


def _page(
    request: HttpRequest, file: IncidentFile, *, failed: Failed | None = None
) -> HttpResponse:
    matter = file.matter
    return page(
        request,
        "alerts/incident.html",
        title=matter.title,
        crumbs=(HOME, Crumb("Incidents", reverse("incidents")), Crumb(matter.title)),
        file=file,
        matter=matter,
        when=from_today(matter.next_on, today_of(request)) if matter.next_on else "",
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )
