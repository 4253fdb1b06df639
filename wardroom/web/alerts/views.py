"""Alerts: the list, entering one by hand, and one with what its sender said and whom it touches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.documents.gateways import read_content
from wardroom.incidents import actions
from wardroom.incidents.queries import (
    AlertFile,
    AlertRow,
    alert_content,
    alert_file,
    alert_page,
    feed_health,
    get_alert,
    may_take_alerts,
)
from wardroom.incidents.rules import (
    FIRST_STEP,
    MOST_BYTES,
    SEVERITIES,
    STATES,
    WAITING,
    kind_of_alert,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.web.alerts import forms
from wardroom.web.alerts.touched import districts_named, groups_table
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.people import leads
from wardroom.web.initiatives.shared import colleague
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.map import alert_map
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import instant_text, state_tag
from wardroom.web.wards import all_wards, ward_meant

HOME = Crumb("Home", "/")
COLUMNS = (
    Column("Alert"),
    Column("How grave", sort="-severity"),
    Column("Sent", sort="-sent"),
    Column("Until", sort="ends"),
    Column("Wards"),
    Column("State"),
)
GRAVE = {"Extreme": "bad", "Severe": "bad", "Moderate": "warn"}
LIST = ListWords(
    title="Alerts",
    noun="alert",
    empty="No alert fits these filters. Alerts come in by themselves, or are entered by hand.",
    crumbs=(HOME, Crumb("Alerts")),
)


def _open(draft: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    given["owner"] = colleague(given["owner"], "owner", request)
    given["ward"] = ward_meant(given.pop("ward_code"), request)
    return actions.open_incident(draft, **given, stamp=stamp_of(request))


def _call(draft: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    given["ward"] = ward_meant(given.pop("ward_code"), request)
    return actions.open_and_call(draft, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "call": Move(
        "open_incident",
        "Open and call",
        _call,
        "The incident is open. Its page says who was called.",
    ),
    "open": Move(
        "open_incident", "Open an incident", _open, "The incident is open. Its page says the rest."
    ),
    "aside": Move(
        "set_alert_aside",
        "Set it aside",
        as_filled_in(actions.set_alert_aside),
        "It was set aside.",
    ),
}


@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """The alerts that came in, first those that wait for a decision."""
    actor, state = actor_of(request), request.GET
    wards = [("", "All wards"), *((code, f"Ward {code}") for code, _ in all_wards(request))]
    shown = filters.choice(
        state, "state", "State", [*STATES.items(), ("all", "All")], default=WAITING
    )
    ward = filters.choice(state, "ward", "Ward", wards)
    grave = filters.choice(state, "severity", "How grave", [("", "All"), *SEVERITIES.items()])
    found = alert_page(
        actor,
        state="" if shown.value == "all" else shown.value,
        ward=ward.value,
        severity=grave.value,
        sort=state.get("sort", "-sent"),
        page=page_number(state),
    )
    return list_page(
        request,
        "alerts/list.html",
        LIST,
        found,
        chosen=(shown, ward, grave),
        columns=COLUMNS,
        cells=_cells,
        feed=feed_health(actor),
        takes=may_take_alerts(actor),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def alert_new(request: HttpRequest) -> HttpResponse:
    """Enter an alert as it was received, pasted or from a file."""
    if not may_take_alerts(actor_of(request)):
        raise NotAllowed
    sent = request.method == "POST"
    return new_page(
        request,
        "alerts/new.html",
        forms.AlertForm(request.POST if sent else None, request.FILES if sent else None),
        lambda given: _take(request, given),
        leads_to=lambda taken: (
            reverse("alert", args=[taken.draft_id]),
            "The alert is here." if taken.new else "This alert was here already.",
        ),
        title="Enter an alert",
        crumbs=(*_crumbs(), Crumb("Enter an alert")),
    )


@require_safe
def alert(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One alert: what its sender said, where it holds, and what was decided."""
    return _page(request, alert_file(draft_id, actor_of(request)))


@require_safe
def message_file(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The newest message of an alert as it came, to be kept or handed on."""
    name, digest = alert_content(draft_id, actor_of(request))
    answer = HttpResponse(read_content(digest), content_type="application/cap+xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@takes_move(MOVES)
def make_move(request: HttpRequest, draft_id: int, verb: str) -> HttpResponse:
    """Open an incident from an alert, or set it aside."""
    file = alert_file(draft_id, actor_of(request))
    return make(
        request,
        MOVES[verb],
        get_alert(draft_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("alert", args=[draft_id]),
        again=lambda form: _page(request, file, failed={verb: form}),
    )


def _take(request: HttpRequest, given: dict[str, Any]) -> Any:
    from wardroom.incidents.gateways.taking import take_in

    file, content = given["file"], given["content"].strip().encode()
    if file is not None and file.size > MOST_BYTES:
        raise Refused("too_large", "This is larger than 512 KB.", field="file")
    if file is not None:
        content = file.read()
    if not content:
        raise Refused("nothing_given", "Paste the message, or choose its file.", field="content")
    return take_in(content, way_in="form", stamp=stamp_of(request))


def _form(request: HttpRequest, file: AlertFile, verb: str, posted: Any = None) -> Form:
    if verb == "aside":
        return forms.AsideForm(posted)
    wards = _wards_to_open(request, file)
    known = kind_of_alert(file.newest.event, file.row.title)
    grave = {"kind_code": known.code, "severity": known.severity}
    if verb == "call":
        started = {**grave, "ward_code": wards[0][0] if wards else ""}
        return forms.CallForm(posted, initial=started, wards=wards)
    actor, today = actor_of(request), today_of(request)
    me = get_party_of(actor)
    started = {
        "title": file.row.title[:200],
        "ward_code": wards[0][0] if wards else "",
        "owner": me.pk,
        "next_on": today,
        "next_step": FIRST_STEP,
        **grave,
    }
    return forms.OpenForm(posted, initial=started, wards=wards, people=leads(request))


def _wards_to_open(request: HttpRequest, file: AlertFile) -> list[tuple[str, str]]:
    """The wards that it touches and this person runs, then, for the director, the whole city.

    The first is offered: the liaison of that ward sees the incident.
    """
    reach = actor_of(request).reach
    touched = file.codes("ward")
    mine = [
        (code, f"Ward {code}")
        for code, _ in all_wards(request)
        if (code in touched or not touched) and (reach.city or code in reach.wards)
    ]
    everywhere = reach.city and len(mine) != 1
    if everywhere and not touched:
        return [("", "The whole city"), *mine]
    return [*mine, ("", "The whole city")] if everywhere else mine


def _page(request: HttpRequest, file: AlertFile, *, failed: Failed | None = None) -> HttpResponse:
    return page(
        request,
        "alerts/file.html",
        title=file.row.title,
        crumbs=(*_crumbs(), Crumb(file.row.title)),
        file=file,
        row=file.row,
        state=STATES[file.row.state],
        state_code=f"alert_{file.row.state}",
        over=file.row.ends_at is not None and file.row.ends_at <= stamp_of(request).at,
        map=alert_map(reverse("feed_alert", args=[file.row.id])) if file.has_outline else None,
        districts=districts_named(file),
        groups=groups_table(request, file),
        **offers(MOVES, file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (HOME, Crumb("Alerts", reverse("alerts")))


def _cells(row: AlertRow) -> tuple[Cell, ...]:
    return (
        Cell(row.title, href=reverse("alert", args=[row.id]), sub=row.event, main=True),
        Cell(tags=(Tag(SEVERITIES[row.severity], GRAVE.get(row.severity, "")),)),
        Cell(instant_text(row.sent_at)),
        Cell(instant_text(row.ends_at) if row.ends_at else "Not said"),
        Cell(", ".join(row.wards) or "None"),
        Cell(tags=(state_tag(f"alert_{row.state}"),)),
    )
