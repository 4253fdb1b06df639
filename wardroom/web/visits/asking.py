"""The public page on which anybody asks for the Mayor or the cabinet at an event."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wardroom.city.queries import districts, get_ward
from wardroom.engagement.actions import RequestDraft, ask_for_visit
from wardroom.web.calendar.forms import span_of
from wardroom.web.edge import stamp_of, today_of
from wardroom.web.ui.page import page
from wardroom.web.ui.strangers import taken
from wardroom.web.visits.forms import AskForm

SEVERAL = ("", "More than one ward, or not sure")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the Mayor: no account, and nothing is promised before the director decides."""
    sent = request.POST if request.method == "POST" else None
    wards = [SEVERAL, *((w.code, w.name) for w in districts("ward", today_of(request)))]
    form = AskForm(sent, wards=wards, initial={"wanted": "mayor"})
    if sent is not None and taken(
        request, form, lambda given: _ask(request, given), counted_as="visit_asked"
    ):
        return redirect(f"{request.path}?sent=1")
    return page(
        request,
        "visits/ask.html",
        title="Ask for the Mayor at your event",
        status=form.status,
        form=form,
        done=sent is None and "sent" in request.GET,
    )


def _ask(request: HttpRequest, given: dict[str, Any]) -> object:
    code, email, phone = (given.pop(name) for name in ("ward_code", "email", "phone"))
    starts_at, ends_at = span_of(given.pop("on"), given.pop("starts"), given.pop("ends"))
    return ask_for_visit(
        get_ward(code, today_of(request)) if code else None,
        draft=RequestDraft(**given, starts_at=starts_at, ends_at=ends_at),
        email=email,
        phone=phone,
        stamp=stamp_of(request),
    )
