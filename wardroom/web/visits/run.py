"""The run of show of an event: to read, to print, and to change line by line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.door import RunRow, get_event_to_run, get_run_line
from wardroom.engagement.queries.run_papers import run_paper
from wardroom.engagement.queries.visits import EventRequestFile, event_request_file
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.meetings.showing import clock
from wardroom.web.reports.rows import sent
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.visits import forms
from wardroom.web.visits.views import run_table


@require_safe
def run_of_show(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The run of show on one page, to read on a phone or to print."""
    file = event_request_file(matter_id, actor_of(request))
    if file.event_id is None:
        raise Http404
    return page(
        request,
        "visits/run.html",
        title=f"Run of show: {file.row.title}",
        crumbs=(*_crumbs(file), Crumb("Run of show")),
        file=file,
        when=clock(file.row.starts_at),
        run=run_table(file),
        changes=file.run if "write_run_line" in file.allowed else (),
    )


@require_safe
def pdf(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The run of show as a PDF, to hand out."""
    name, content = run_paper(matter_id, actor_of(request), on=today_of(request))
    return sent(name, content, "application/pdf")


@takes_form(steps_up=2)
def strike(request: HttpRequest, matter_id: int, line_id: int) -> HttpResponse:
    """Take a line out of the run of show."""
    actor = actor_of(request)
    file = event_request_file(matter_id, actor)
    line = get_run_line(line_id, get_event_to_run(file.event_id or 0, actor))
    actions.strike_run_line(line, stamp=stamp_of(request))
    address = reverse("event_run", args=[matter_id])
    return go_on(request, address, "The line was taken out.")


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, matter_id: int, line_id: int) -> HttpResponse:
    """Change a line of the run of show: its time, how long, what, or who does it."""
    actor, home = actor_of(request), reverse("event_run", args=[matter_id])
    file = event_request_file(matter_id, actor)
    line = get_run_line(line_id, get_event_to_run(file.event_id or 0, actor))
    if "write_run_line" not in file.allowed:
        raise NotAllowed
    shown = next((row for row in file.run if row.id == line_id), None)
    if shown is None:
        return go_on(request, home, "This line was taken out.")

    def act(given: dict[str, Any]) -> Any:
        starts_at = given.pop("at")
        return actions.revise_run_line(line, starts_at=starts_at, **given, stamp=stamp_of(request))

    return new_page(
        request,
        "visits/run_line.html",
        forms.RunLineForm(posted(request), initial=_as_it_is(shown)),
        act,
        leads_to=lambda _: (home, "The line was changed."),
        title="Change a line",
        crumbs=(*_crumbs(file), Crumb("Run of show", home), Crumb("Change a line")),
        line=shown,
        home=home,
    )


def _as_it_is(row: RunRow) -> dict[str, Any]:
    minutes = round((row.ends_at - row.starts_at).total_seconds() / 60)
    return {"at": row.starts_at, "minutes": minutes, "text": row.text, "owner": row.owner}


def _crumbs(file: EventRequestFile) -> tuple[Crumb, ...]:
    home = reverse("event_request", args=[file.matter.id])
    return Crumb("Events with the Mayor", reverse("event_requests")), Crumb(file.row.title, home)
