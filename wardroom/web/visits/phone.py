"""The door of an event on a phone: a page that lives without a network, and where it hands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Stamp
from wardroom.engagement.actions import note_door_clash, take_door, take_door_line
from wardroom.engagement.queries.door import door_page, get_event_to_run
from wardroom.engagement.queries.door_phones import (
    door_is_over,
    door_sheet,
    get_event_of_pass,
    open_door_pass,
)
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.meetings.showing import clock
from wardroom.web.phones import (
    HEADER,
    by_pass,
    phone_page,
    read_envelope,
    taken_once,
    worker_script,
)
from wardroom.web.ui.forms import PlainForm, submit
from wardroom.web.ui.page import Crumb, page

GONE = (
    "This pass does not open the door any longer. Nothing is lost: open the event's door, sign"
    " in, and take it on this phone again. Then all of it is sent."
)


@takes_form()
def take(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take the door along on this phone."""
    event, form = get_event_to_run(event_id, actor_of(request)), PlainForm(request.POST)
    if submit(form, lambda _: take_door(event, stamp=stamp_of(request))) is None:
        return _without_pass(request, event_id, form)
    return HttpResponseRedirect(reverse("event_door_go", args=[event_id]))


@require_safe
def go(request: HttpRequest, event_id: int) -> HttpResponse:
    """The page that a phone takes to the door; without a pass, the way to one."""
    sheet = door_sheet(event_id, actor_of(request), at=stamp_of(request).at)
    if sheet is None:
        return _without_pass(request, event_id)
    return phone_page(request, "visits/go.html", sheet, (), event=event_id)


@login_not_required
@require_safe
def worker(request: HttpRequest, event_id: int) -> HttpResponse:
    """The service worker of one door's page; it holds nothing of the event itself.

    Browsers ask for such a script without a cookie.
    """
    event = get_event_of_pass(event_id).pk
    address = reverse("event_door_go", args=[event])
    return worker_script(f"wardroom-door-{event}", address, ("door/door",))


@by_pass(GONE)
def lines(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take one line in, and echo its key and hash: only then does the phone let go of it."""
    event, token, stamp = _pass(request, event_id)
    line = read_envelope(request)

    def clash() -> None:
        said = {name: line[name] for name in ("key", "sha256", "body")}
        note_door_clash(event, token=token, **said, stamp=stamp)

    return taken_once(
        line["key"],
        line["sha256"],
        take=lambda: take_door_line(event, token=token, **line, stamp=stamp),
        clash=clash,
        ended=lambda: door_is_over(event, at=stamp.at),
    )


def _pass(request: HttpRequest, event_id: int) -> tuple[Any, str, Stamp]:
    """The event, the pass, and the stamp of whoever it was given to."""
    event = get_event_of_pass(event_id)
    token, stamp = request.headers.get(HEADER, ""), stamp_of(request)
    bearer = open_door_pass(event_id, token, at=stamp.at)
    return event, token, replace(stamp, actor=bearer.actor)


def _without_pass(
    request: HttpRequest, event_id: int, failed: PlainForm | None = None
) -> HttpResponse:
    """Where somebody opens the phone's page who has not taken the door along, or long ago."""
    found = door_page(event_id, actor_of(request))
    return page(
        request,
        "visits/take.html",
        title="Take the door along",
        crumbs=(
            Crumb("Calendar", reverse("calendar")),
            Crumb(found.title, reverse("event_door", args=[event_id])),
            Crumb("On a phone"),
        ),
        status=failed.status if failed else 200,
        failed=failed,
        found=found,
        when=clock(found.starts_at),
        runs="run_show" in found.allowed,
    )
