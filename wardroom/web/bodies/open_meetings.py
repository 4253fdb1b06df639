"""What everybody may read, without signing in: notices, minutes and records of public bodies."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.engagement.queries.open_meetings import (
    bodies_with_notices,
    minutes_paper,
    open_meeting,
    open_meetings,
)
from wardroom.web.bodies import showing
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.everybody import for_everybody
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.ui.words import counted

SHOWN = (("coming", "To come"), ("past", "Past"), ("all", "All"))


@for_everybody
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings of public bodies whose notice is out."""
    actor = actor_of(request)
    body = filters.choice(
        request.GET, "body", "Body", [("", "All bodies"), *bodies_with_notices(actor)]
    )
    shown = filters.choice(request.GET, "when", "When", SHOWN, default="coming")
    found = open_meetings(
        actor,
        now=stamp_of(request).at,
        body=body.value,
        shown=shown.value,
        page=page_number(request.GET),
    )
    return page(
        request,
        "bodies/open_list.html",
        title="Open meetings",
        crumbs=(Crumb("Open meetings"),),
        filters=filters.bar(request.GET, body, shown),
        table=table(
            counted(found.total, "meeting"),
            showing.OPEN,
            [showing.open_cells(row) for row in found.rows],
            empty="No notice of such a meeting is out.",
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@for_everybody
@require_safe
def meeting(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One meeting as everybody may read it: notice, agenda, minutes, and where the recording is."""
    found = open_meeting(matter_id, actor_of(request))
    return page(
        request,
        "bodies/open.html",
        title=f"Meeting of {found.content['body']}",
        crumbs=(Crumb("Open meetings", reverse("open_meetings")), Crumb(found.content["body"])),
        found=found,
        state=showing.state_of(found.state),
    )


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, matter_id: int, version: int) -> HttpResponse:
    """Published minutes as a PDF."""
    name, content = minutes_paper(matter_id, version, actor_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
