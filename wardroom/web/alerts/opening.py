"""Opening an incident: two taps from a phone, everything else can be said later."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.city.queries.places import find_places, get_place
from wardroom.incidents.actions import open_critical_incident
from wardroom.incidents.queries import incident_of_token, may_open_incidents
from wardroom.incidents.rules import INCIDENT_KINDS
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.notices.queries import mail_file
from wardroom.web.alerts.forms import IncidentForm
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb
from wardroom.web.wards import all_wards, my_wards, ward_meant

MOST_SAID = 300
OPENED = "The incident is open. Its page says who is called."


@require_http_methods(["GET", "HEAD", "POST"])
def incident_new(request: HttpRequest) -> HttpResponse:
    """Say what happened, and it is open; a second tap on a bad line opens nothing more."""
    if not may_open_incidents(actor_of(request)):
        raise NotAllowed
    sent = posted(request)
    again = incident_of_token(sent.get("token", ""), actor_of(request)) if sent else None
    if again is not None:
        return HttpResponseRedirect(reverse("incident", args=[again]))
    started = _started(request)
    wards = [("", "Not known, or the whole city"), *all_wards(request)]
    return new_page(
        request,
        "alerts/incident_new.html",
        IncidentForm(sent, initial=started, wards=wards),
        lambda given: _open(request, given),
        leads_to=lambda made: (reverse("incident", args=[made.matter_id]), OPENED),
        title="Open an incident",
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Incidents", reverse("incidents")),
            Crumb("Open an incident"),
        ),
        kinds=tuple(INCIDENT_KINDS.values()),
        told_by=started.get("told_by", ""),
    )


def _open(request: HttpRequest, given: dict[str, Any]) -> Any:
    came_from = given.pop("came_from")
    source = _matter(request, came_from)
    ward = given.pop("ward_code")
    place, there = place_meant(request, given["where_text"])
    return open_critical_incident(
        place,
        **given,
        ward=ward_meant(ward or there, request),
        source=source,
        came_from=came_from if _mail(request, came_from) else "",
        stamp=stamp_of(request),
    )


def place_meant(request: HttpRequest, typed: str) -> tuple[Any, str]:
    """The place that is meant for sure by what was typed, and its ward; else neither."""
    actor, words = actor_of(request), " ".join(typed.split())
    if not words:
        return None, ""
    found = find_places(actor, words, on=today_of(request), limit=2).rows
    known = [row for row in found if row.place_id]
    exact = [row for row in known if row.label.casefold() == words.casefold()]
    exact = exact or (known if len(known) == 1 and len(found) == 1 else [])
    if len(exact) != 1 or exact[0].place_id is None:
        return None, ""
    return get_place(exact[0].place_id, actor), exact[0].ward_code


def _started(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with: the own ward, and what the matter or the message says."""
    mine = my_wards(request)
    started: dict[str, Any] = {
        "token": secrets.token_urlsafe(16),
        "ward_code": mine[0][0] if len(mine) == 1 else "",
    }
    given: Mapping[str, str] = request.GET
    came_from = given.get("from", "")
    matter, mail = _matter(request, came_from), _mail(request, came_from)
    if matter is not None:
        place = matter.place
        started |= {
            "came_from": came_from,
            "told_by": f"W-{matter.pk} {matter.title}",
            "ward_code": matter.ward_code,
            "where_text": place.label if place is not None else "",
            "words": "" if matter.restricted else matter.title,
        }
    elif mail is not None:
        said = " ".join(mail.row.said.split())[:MOST_SAID]
        words = f"{mail.row.subject}. {said}" if said else mail.row.subject
        started |= {"came_from": came_from, "told_by": mail.row.subject, "words": words}
    return started


def _matter(request: HttpRequest, came_from: str) -> Any:
    noun, _, key = came_from.partition(":")
    number = number_meant(key) if noun == "matter" else None
    if number is None:
        return None
    try:
        return get_matter(number, actor_of(request))
    except NotFound:
        return None


def _mail(request: HttpRequest, came_from: str) -> Any:
    noun, _, key = came_from.partition(":")
    number = number_meant(key) if noun == "mail" else None
    if number is None:
        return None
    try:
        return mail_file(number, actor_of(request))
    except (NotFound, Refused):
        return None
