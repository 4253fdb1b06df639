"""The one-page action list: to read, to print, and as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar.queries import action_list as list_of
from wardroom.calendar.queries import action_list_paper, list_is_behind
from wardroom.web.edge import actor_of, today_of
from wardroom.web.meetings import showing
from wardroom.web.ui.page import Crumb, page


@require_safe
def action_list(request: HttpRequest, event_id: int) -> HttpResponse:
    """The action list of a meeting: as it went out, or as it stands."""
    actor = actor_of(request)
    made = list_of(event_id, actor, today=today_of(request))
    path = (
        (Crumb(made.title, reverse("meeting", args=[event_id])),)
        if actor.is_staff
        else (Crumb("Calendar", reverse("calendar")),)
    )
    return page(
        request,
        "meetings/list.html",
        title=f"Action list: core team of Ward {made.ward_code}",
        crumbs=(*path, Crumb("Action list")),
        made=made,
        behind=list_is_behind(made, actor, today=today_of(request)),
        when=showing.clock(made.starts_at),
        next=showing.clock(made.next_at) if made.next_at else "",
        agreed=showing.listed_table(
            "New asks", made, actor, agreed=True, empty="None were agreed."
        ),
        last=showing.listed_table(
            "Last week's asks", made, actor, agreed=False, empty="None were agreed or due."
        ),
    )


@require_safe
def pdf(request: HttpRequest, event_id: int) -> HttpResponse:
    """The action list as a PDF: the one that was mailed, or a draft of it."""
    name, content = action_list_paper(event_id, actor_of(request), today=today_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
