"""Composing asks: up to three at once, with the usual words and dates that explain themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.casework.queries import AskDesk, ask_desk
from wardroom.directory.queries import agencies, get_agency
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.text import ended
from wardroom.matters import actions
from wardroom.matters.queries import get_matter
from wardroom.notices.queries import next_hours
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.issues.forms import AskForm
from wardroom.web.issues.moved_on import closed_already
from wardroom.web.ui.forms import NOT_ACCEPTED
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import clock_text, counted

ASK_ROWS = 3
MISSING = (
    ("agency_code", "Choose the agency."),
    ("wording", "Say what is asked for."),
    ("due_on", "Say by when."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Ask up to three agencies at once, or write the asks down to send later."""
    like = request.GET.get("like", "")
    desk = ask_desk(matter_id, actor_of(request), at=stamp_of(request).at, like=like)
    if "propose_ask" not in desk.matter.allowed:
        return closed_already(request, desk.matter)
    if request.method != "POST":
        return _page(request, desk, _rows(request, desk))
    rows = _rows(request, desk, posted=True)
    filled = [row for row in rows if not row.is_blank] or rows[:1]
    drafts = [draft for row in filled if (draft := _draft(row, desk)) is not None]
    keep = "keep" in request.POST
    if len(drafts) == len(filled):
        matter = get_matter(matter_id, actor_of(request))
        try:
            asks = actions.ask_agencies(
                matter, drafts=drafts, send=not keep, stamp=stamp_of(request)
            )
        except NotAllowed:
            raise
        except Refused as no:
            filled[0].refuse(no)
        else:
            many = counted(len(asks), "ask")
            at = stamp_of(request).at
            said = f"{many} written down, not sent yet." if keep else _sent(many, at)
            return go_on(request, f"{reverse('issue', args=[matter_id])}#asks", said)
    for row in filled:
        row.status = max(row.status, NOT_ACCEPTED)
    return _page(request, desk, rows, failed=next(r for r in filled if r.errors))


def _sent(many: str, at: datetime) -> str:
    opens = next_hours(at)
    when = ended(f" The mail goes out on {clock_text(opens)}") if opens else ""
    return f"{many} sent.{when}"


def _draft(row: AskForm, desk: AskDesk) -> actions.AskDraft | None:
    row.is_valid()
    given = row.cleaned_data
    for name, sentence in MISSING:
        if not given.get(name) and name not in row.errors:
            row.add_error(name, sentence)
    if row.errors:
        return None
    try:
        party = get_agency(given["agency_code"])
    except NotFound:
        row.add_error("agency_code", "Choose the agency.")
        return None
    why = desk.why_due(given["agency_code"], given["due_on"])
    return actions.AskDraft(party, given["wording"], given["due_on"], why_due=why)


def _rows(request: HttpRequest, desk: AskDesk, *, posted: bool = False) -> list[AskForm]:
    known = [(a.code, a.name) for a in agencies(actor_of(request))]
    codes = {code for code, _ in known}
    return [
        AskForm(
            request.POST if posted else None,
            prefix=f"ask{n}",
            agencies=known,
            auto_id="%s",
            initial={
                "agency_code": row.agency_code if row.agency_code in codes else "",
                "wording": row.wording,
                "due_on": row.due_on,
            },
        )
        for n, row in enumerate(desk.rows[:ASK_ROWS])
    ]


def _page(
    request: HttpRequest, desk: AskDesk, rows: list[AskForm], *, failed: Any = None
) -> HttpResponse:
    number = desk.matter.id
    own = reverse("issue", args=[number])
    return page(
        request,
        "issues/ask.html",
        title="Ask agencies",
        crumbs=(Crumb("Issues", "/issues/"), Crumb(f"W-{number}", own), Crumb("Ask agencies")),
        status=failed.status if failed else 200,
        desk=desk,
        matter=desk.matter,
        rows=rows,
        failed=failed,
        promises=list({r.agency_code: r for r in desk.expected.values() if r}.values()),
    )
