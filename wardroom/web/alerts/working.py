"""Working through an incident: checklist, calls and reports, and the text-only page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.incidents import actions
from wardroom.incidents.queries import IncidentFile, incident_file
from wardroom.incidents.queries.reports import get_report, report_to_change, report_view
from wardroom.incidents.rules import AFFECTED, GRAVITIES
from wardroom.web.alerts import work_forms
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Deed, Move, make
from wardroom.web.ui.page import Crumb, page

FIRST_AGAIN = timedelta(minutes=60)
LIST, CALLS = "#list-title", "#call-title"
IN_PLACE = frozenset({"called", "call", "leave", "back", "tick"})


def _tick(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    ids = [number_meant(text) or 0 for text in given["lines"]]
    return actions.tick_checklist(incident, line_ids=ids, stamp=stamp_of(request))


def _leave(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.leave_line_out(
        incident, line_id=given["line"], reason=given["reason"], stamp=stamp_of(request)
    )


def _back(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.put_line_back(incident, line_id=given["line"], stamp=stamp_of(request))


def _called(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.note_incident_call(
        incident,
        line_id=given["call"],
        outcome=given["outcome"],
        note=given["note"],
        stamp=stamp_of(request),
    )


def _add_call(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.add_call_line(incident, **given, stamp=stamp_of(request))


def _situation(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    affected = {name: given.pop(name) for name in AFFECTED}
    return actions.write_situation(incident, affected=affected, **given, stamp=stamp_of(request))


WORK: Mapping[str, Move] = {
    "situation": Move("write_situation", "Write a situation report", _situation, "Written."),
    "called": Move("note_incident_call", "Note a call", _called, "", part=CALLS),
    "call": Move("add_call_line", "Add somebody to call", _add_call, "", part=CALLS),
    "leave": Move("leave_line_out", "Leave a line out", _leave, "", part=LIST),
    "back": Move("put_line_back", "Put it back", _back, "", part=LIST),
    "tick": Move("tick_checklist", "Done", _tick, "", part=LIST),
}


def work_form(file: IncidentFile, verb: str, posted: Any = None, *, actor: Actor) -> Form:
    """The form of one of these moves, as it was sent or as things stand."""
    work = file.work
    if verb == "tick":
        return work_forms.TickForm(posted, lines=work.open_lines)
    if verb == "leave":
        return work_forms.LeaveForm(posted, lines=work.open_lines)
    if verb == "back":
        return work_forms.BackForm(posted)
    if verb == "called":
        return work_forms.CalledForm(posted, calls=work.calls)
    if verb == "call":
        return work_forms.CallLineForm(posted)
    critical, started = file.critical, {}
    if posted is None:
        at = file.now + FIRST_AGAIN
        started = {
            "where_text": critical.where_text,
            "lead_text": critical.lead_text,
            "next_update_at": at,
        }
        if file.work.reports and file.work.reports[0].returned_by:
            started |= report_to_change(file.matter.id, actor)
    return work_forms.SituationForm(posted, initial=started)


@require_safe
def text_page(request: HttpRequest, matter_id: int) -> HttpResponse:
    """All that counts of an incident as text, for a bad line: no picture, no script."""
    stamp = stamp_of(request)
    file = incident_file(matter_id, actor_of(request), at=stamp.at)
    context = {
        "title": file.matter.title,
        "file": file,
        "critical": file.critical,
        "work": file.work,
        "gravity": GRAVITIES[file.critical.severity],
        "late": file.report_is_late,
    }
    answer = render(request, "alerts/text.html", context)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def report(request: HttpRequest, matter_id: int, number: int) -> HttpResponse:
    """One situation report, and its release by somebody who did not write it."""
    return _report(request, matter_id, number)


@takes_form()
def release(request: HttpRequest, matter_id: int, number: int) -> HttpResponse:
    """Let a situation report go out."""
    subject = get_report(matter_id, number, actor_of(request))
    deed = Deed(
        lambda row, given, req: actions.release_situation(row, stamp=stamp_of(req)),
        "It is released. To how many it went stands below.",
    )
    return make(
        request,
        deed,
        subject,
        PlainForm(request.POST),
        address=reverse("incident_report", args=[matter_id, number]),
        again=lambda form: _report(request, matter_id, number, failed=form),
    )


@takes_form()
def send_back(request: HttpRequest, matter_id: int, number: int) -> HttpResponse:
    """Send a situation report back to its writer, with words."""
    subject = get_report(matter_id, number, actor_of(request))
    deed = Deed(
        lambda row, given, req: actions.return_situation(row, **given, stamp=stamp_of(req)),
        "Sent back. It stands on the list of whoever wrote it, with your words.",
    )
    return make(
        request,
        deed,
        subject,
        work_forms.SendBackForm(request.POST),
        address=reverse("incident_report", args=[matter_id, number]),
        again=lambda form: _report(request, matter_id, number, failed=form),
    )


@require_safe
def report_as_text(request: HttpRequest, matter_id: int, number: int) -> HttpResponse:
    """One situation report in plain words, to read out or to send on."""
    found = report_view(matter_id, number, actor_of(request), on=today_of(request))
    return HttpResponse(found.text, content_type="text/plain; charset=utf-8")


def _report(
    request: HttpRequest, matter_id: int, number: int, *, failed: Form | None = None
) -> HttpResponse:
    found = report_view(matter_id, number, actor_of(request), on=today_of(request))
    title = f"Situation report {found.number}"
    return page(
        request,
        "alerts/report.html",
        title=title,
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Incidents", reverse("incidents")),
            Crumb(found.title, reverse("incident", args=[matter_id])),
            Crumb(title),
        ),
        status=failed.status if failed else 200,
        failed=failed,
        found=found,
        back=failed if isinstance(failed, work_forms.SendBackForm) else work_forms.SendBackForm(),
    )
