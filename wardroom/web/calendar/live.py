"""At the meeting: one line at a time, written down while it is said."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.calendar.queries import get_event, live_meeting
from wardroom.engagement.actions import capture_line
from wardroom.web.calendar.showing import clock_until
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Tag

SAID = {
    "promise": "A promise: the director confirms it.",
    "asked": "Written down: they asked.",
    "note": "Written down.",
}
TONES = {"promise": "warn", "asked": "accent"}


class LineForm(Form):
    """One line."""

    name = "live"

    text = forms.CharField(
        label="What was said?",
        max_length=300,
        help_text="“We will …” is a promise. “They asked …” is asked. All else is a note.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def live(request: HttpRequest, event_id: int) -> HttpResponse:
    """The meeting on a phone: the limits, one box for a line, and what was written so far."""
    actor, stamp = actor_of(request), stamp_of(request)
    found = live_meeting(event_id, actor, at=stamp.at)
    form = LineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        event = get_event(event_id, actor)
        made = submit(form, lambda given: capture_line(event, **given, stamp=stamp))
        if made is not None:
            return go_on(request, reverse("event_live", args=[event_id]), SAID[made.kind])
    return page(
        request,
        "calendar/live.html",
        title=found.row.title,
        crumbs=(
            Crumb("Calendar", reverse("calendar")),
            Crumb(found.row.title, reverse("event", args=[event_id])),
            Crumb("At the meeting"),
        ),
        status=form.status,
        found=found,
        form=form,
        when=clock_until(found.row.starts_at, found.row.ends_at),
        lines=[(line, Tag(line.label, TONES.get(line.kind, ""))) for line in found.lines],
    )
