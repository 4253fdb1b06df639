"""Incidents: the list, and one with its next step and the alert behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.incidents import actions
from wardroom.incidents.queries import (
    IncidentFile,
    IncidentRow,
    get_incident,
    get_incident_alert,
    incident_file,
    incident_page,
    may_open_incidents,
)
from wardroom.incidents.queries.measured import behind
from wardroom.incidents.rules import GRAVITIES
from wardroom.incidents.rules import MODES as MODES_OF_WORK
from wardroom.matters.queries import get_matter
from wardroom.web.alerts.caring import CARE, care_form
from wardroom.web.alerts.forms import PlaceForm, SeverityForm, WorkForm
from wardroom.web.alerts.measured import kind_choices
from wardroom.web.alerts.opening import place_meant
from wardroom.web.alerts.working import IN_PLACE, WORK, work_form
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.locations.forms import CloseForm
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.moves import Act, Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, Tag, page_number, table
from wardroom.web.ui.words import from_today, instant_text, state_tag
from wardroom.web.wards import my_wards

HOME = Crumb("Home", "/")
STATES = (
    ("open", "Open"),
    ("closed", "Over"),
    ("all", "All"),
    ("counted", "All but those opened in error"),
    ("exercise", "Exercises"),
)
SLOW = (
    ("", "All"),
    ("answer_over_15", "Nobody had it within 15 minutes"),
    ("answer_over_60", "Nobody had it within 60 minutes"),
    ("report_over_60", "No report within 60 minutes"),
)
COLUMNS = (
    Column("Incident"),
    Column("How grave"),
    Column("Who has it"),
    Column("Next", sort="due"),
    Column("Who looks after it"),
    Column("Where"),
    Column("State"),
)
GRAVE = {1: "bad", 2: "warn", 3: ""}
NOBODY = Tag("Nobody yet", "bad")
CALL_COLUMNS = (
    Column("Step", number=True),
    Column("Who"),
    Column("Called"),
    Column("Next step falls"),
    Column("Answer"),
)
CALL_TONES = {"open": "accent", "taken": "good", "passed": "warn", "lapsed": "bad", "ended": ""}
LIST = ListWords(
    title="Incidents",
    noun="incident",
    empty="No incident fits these filters. Whoever hears of one first opens it.",
    crumbs=(HOME, Crumb("Incidents")),
)
NO_OTHER = "No other incident fits these filters."


def _read(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    draft = get_incident_alert(matter.pk, actor_of(request))
    return actions.read_alert_change(draft, stamp=stamp_of(request))


def _of_incident(act: Callable[..., Any]) -> Act:
    """An action on the incident itself, whoever the ward belongs to."""

    def do(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
        return act(incident, **given, stamp=stamp_of(request))

    return do


def _put(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    place, _ = place_meant(request, given["where_text"])
    return actions.set_incident_place(incident, place=place, **given, stamp=stamp_of(request))


OWN: Mapping[str, Move] = {
    "place": Move(
        "set_incident_place",
        "Say where it is",
        _put,
        "Noted. Whom to call there is below, as far as the place is known.",
        form=PlaceForm,
    ),
    "take": Move("take_incident", "I have it", _of_incident(actions.take_incident), "You have it."),
    "arrive": Move(
        "note_arrival", "I am there", _of_incident(actions.note_arrival), "Noted: you are there."
    ),
    "give-back": Move(
        "give_incident_back",
        "I cannot after all",
        _of_incident(actions.give_incident_back),
        "Nobody has it now, and the next is called.",
    ),
    "work": Move(
        "set_way_of_work",
        "Say how you work on it",
        _of_incident(actions.set_way_of_work),
        "Noted.",
        form=WorkForm,
    ),
    "severity": Move(
        "set_severity",
        "Say how grave it is",
        _of_incident(actions.set_severity),
        "The severity was saved.",
        form=SeverityForm,
    ),
}
OF_INCIDENT = frozenset({*OWN, *WORK, *CARE})
MOVES: Mapping[str, Move] = {
    **OWN,
    **WORK,
    **CARE,
    "read": Move("read_alert_change", "I have read what is new", _read, "Noted as read."),
    **SHARED,
    "lead": SHARED["lead"]._replace(title="Say who looks after what follows"),
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
    ward = filters.choice(state, "ward", "Ward", [("", "All wards"), *my_wards(request)])
    shown = filters.choice(state, "state", "State", STATES, default="open")
    kind = filters.choice(state, "kind", "Kind", kind_choices())
    slow = filters.choice(state, "slow", "How soon", SLOW)
    since = filters.day(state, "opened_from", "Opened from")
    until = filters.day(state, "opened_until", "Opened until")
    found = incident_page(
        actor_of(request),
        state="" if shown.value == "all" else shown.value,
        ward=ward.value,
        kind=kind.value,
        among=behind(
            since=filters.as_day(since.value),
            until=filters.as_day(until.value),
            slow=slow.value,
            at=stamp_of(request).at,
        ),
        sort=state.get("sort", "due"),
        page=page_number(state),
    )
    today = today_of(request)

    def cells(row: IncidentRow) -> tuple[Cell, ...]:
        open_ = row.state == "open"
        due = from_today(row.next_on, today) if open_ and row.next_on else ""
        return (
            Cell(row.title, href=reverse("incident", args=[row.id]), main=True),
            Cell(row.kind_label, tags=(Tag(f"Severity {row.severity}", GRAVE[row.severity]),)),
            Cell(row.taken_by) if row.taken_by or not open_ else Cell(tags=(NOBODY,)),
            Cell(due, sub=row.next_step if open_ else ""),
            Cell(row.owner_name),
            Cell(f"Ward {row.ward_code}" if row.ward_code else "The whole city"),
            Cell(tags=(state_tag(row.state),)),
        )

    return list_page(
        request,
        "alerts/incidents.html",
        replace(LIST, empty=NO_OTHER) if found.yours else LIST,
        found,
        chosen=(ward, shown, kind, slow, since, until),
        columns=COLUMNS,
        cells=cells,
        opens=may_open_incidents(actor_of(request)),
        yours=found.yours,
    )


@require_safe
def incident(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One incident: what comes next, what its alert says, and what happened."""
    return _page(request, _file(request, matter_id))


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an incident; what cannot be done to any has no page."""
    file = _file(request, matter_id)
    get = get_incident if verb in OF_INCIDENT else get_matter
    return make(
        request,
        MOVES[verb],
        get(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("incident", args=[matter_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _file(request: HttpRequest, matter_id: int) -> IncidentFile:
    return incident_file(matter_id, actor_of(request), at=stamp_of(request).at)


def _form(request: HttpRequest, file: IncidentFile, verb: str, posted: Any = None) -> Form:
    if verb in CARE:
        return care_form(request, verb, posted)
    if verb in WORK:
        return work_form(file, verb, posted, actor=actor_of(request))
    if verb in SHARED:
        return shared_form(request, file.matter, verb, posted)
    if verb == "end":
        return CloseForm(posted, outcomes=file.matter.outcomes)
    if verb in OWN:
        critical = file.critical
        started = {
            "severity": critical.severity,
            "mode": critical.mode,
            "lead_text": critical.lead_text,
            "where_text": critical.where_text,
        }
        return OWN[verb].form(posted, initial=started)
    return PlainForm(posted)


def _page(
    request: HttpRequest, file: IncidentFile, *, failed: Failed | None = None
) -> HttpResponse:
    matter = file.matter
    shown = offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb))
    moves = shown.pop("moves")
    return page(
        request,
        "alerts/incident.html",
        title=matter.title,
        crumbs=(HOME, Crumb("Incidents", reverse("incidents")), Crumb(matter.title)),
        file=file,
        matter=matter,
        critical=file.critical,
        gravity=GRAVITIES[file.critical.severity],
        mode=MODES_OF_WORK.get(file.critical.mode, ""),
        calls=_calls(file),
        work=file.work,
        tick=_tick_form(request, file, failed),
        source=source_of(file.critical.came_from),
        when=from_today(matter.next_on, today_of(request)) if matter.next_on else "",
        moves=[one for one in moves if one[0] != "take" and one[0] not in IN_PLACE],
        placed=[one for one in moves if one[0] in IN_PLACE],
        **shown,
    )


def _tick_form(request: HttpRequest, file: IncidentFile, failed: Failed | None) -> Form | None:
    """The checklist as a form of its own; none for those who do not work through it."""
    if "tick_checklist" not in file.allowed:
        return None
    return (failed or {}).get("tick") or work_form(file, "tick", actor=actor_of(request))


def _calls(file: IncidentFile) -> Table | None:
    """Who was called, step by step; none where nobody was."""
    rows = [
        (
            Cell(f"{call.step}"),
            Cell(call.name, sub=f"as {call.role}", main=True),
            Cell(instant_text(call.called_at), sub=call.why),
            Cell(instant_text(call.due_at)),
            Cell(tags=(Tag(call.state_label, CALL_TONES[call.state]),)),
        )
        for call in file.critical.calls
    ]
    return table("Who was called", CALL_COLUMNS, rows, empty="") if rows else None


def source_of(came_from: str) -> tuple[str, str] | None:
    """What told of it: its words and its page."""
    noun, _, key = came_from.partition(":")
    if noun == "matter":
        return f"W-{key}", reverse("matter_history", args=[key])
    if noun == "mail":
        return "a message", reverse("mail_message", args=[key])
    return None
