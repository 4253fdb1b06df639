"""What everybody may read, without signing in: notices, minutes and records of public bodies."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.engagement.queries.body_meetings import MinutesRow
from wardroom.engagement.queries.open_meetings import (
    bodies_with_notices,
    minutes_paper,
    open_meeting,
    open_meetings,
)
from wardroom.kernel.text import ended
from wardroom.web.bodies import showing
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.everybody import for_everybody
from wardroom.web.speaking import Speaking, speaking
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Column, page_number, paging, table


@for_everybody
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """The meetings of public bodies whose notice is out."""
    actor, show = actor_of(request), speaking(request)
    words = show.words.meetings
    bodies = [("", words.all_bodies), *bodies_with_notices(actor)]
    body = filters.choice(request.GET, "body", words.body, bodies, lang=show.lang)
    shown = filters.choice(request.GET, "when", words.when, words.shown.items(), default="coming")
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
        title=words.title,
        tongue=show.tongue,
        words=words,
        crumbs=(Crumb(words.title),),
        filters=filters.bar(request.GET, body, shown, keep=("language",), words=show.lists),
        table=table(
            words.counts[show.tongue.plural(found.total)].format(n=f"{found.total:,}"),
            [Column(label) for label in (words.when, words.body, words.where, words.stands)],
            [showing.open_cells(row, show) for row in found.rows],
            empty=words.none,
            paging=paging(
                request.GET,
                page=found.page,
                pages=found.pages,
                total=found.total,
                words=show.lists,
            ),
        ),
    )


@for_everybody
@require_safe
def meeting(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One meeting as everybody may read it: notice, agenda, minutes, and where the recording is."""
    found, show = open_meeting(matter_id, actor_of(request)), speaking(request)
    words, body = show.words.meetings, found.content["body"]
    moved = show.published(found.moved_to, found.moved_at).text
    minutes, record = found.minutes[0] if found.minutes else None, found.record
    return page(
        request,
        "bodies/open.html",
        title=words.of.format(body=body),
        tongue=show.tongue,
        words=words,
        lang=show.lang,
        crumbs=(
            Crumb(words.title, reverse("open_meetings") + show.keep),
            Crumb(body, lang=show.lang),
        ),
        found=found,
        state=showing.open_state(found.state, show),
        starts=show.published(found.content["when"], found.starts_at),
        ends=show.published(found.content["until"], found.ends_at),
        moved=ended(words.moved.format(when=moved)) if moved else "",
        published=show.instant(found.published_at),
        version=words.version.format(n=found.version) if found.version > 1 else "",
        minutes=minutes,
        minutes_of=_minutes_of(minutes, show) if minutes else "",
        kept=words.kept.format(day=show.tongue.day(record.keep_until), law=record.why["citation"])
        if record and record.keep_until
        else "",
    )


def _minutes_of(minutes: MinutesRow, show: Speaking) -> str:
    """Which version it is, and whether the body approved it."""
    words, on = show.words.meetings, minutes.approved_on
    out = words.minutes_of.format(n=minutes.version, when=show.instant(minutes.published_at))
    return f"{out} · {words.approved.format(day=show.tongue.day(on)) if on else words.not_approved}"


@login_not_required
@require_safe
def minutes_pdf(request: HttpRequest, matter_id: int, version: int) -> HttpResponse:
    """Published minutes as a PDF."""
    name, content = minutes_paper(matter_id, version, actor_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
