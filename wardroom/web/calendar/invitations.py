"""An invitation, opened by its link: whoever was invited says whether they come."""

from __future__ import annotations

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar.actions import answer_by_key
from wardroom.calendar.queries import invitation_sheet
from wardroom.web.answers.views import by_link
from wardroom.web.calendar.showing import clock_until
from wardroom.web.edge import stamp_of, takes_form
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import go_on, page

_opened = functools.partial(by_link, counted_as="wrong_invitation")
ANSWERS = {"yes": "Written down: you come.", "no": "Written down: you do not come."}


@_opened
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What you are invited to, and what you answered; looking changes nothing."""
    return _page(request, token)


@_opened
@takes_form()
def answer(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Say whether you come; it can be changed until it begins."""
    if verb not in ANSWERS:
        raise Http404
    invitation_sheet(token, at=stamp_of(request).at)
    form, stamp = PlainForm(request.POST), stamp_of(request)
    if not submit(form, lambda _: answer_by_key(None, token=token, answer=verb, stamp=stamp)):
        return _page(request, token, failed=form)
    return go_on(request, reverse("invitation", args=[token]), ANSWERS[verb])


def _page(request: HttpRequest, token: str, failed: Form | None = None) -> HttpResponse:
    found = invitation_sheet(token, at=stamp_of(request).at)
    return page(
        request,
        "calendar/invitation.html",
        title=found.title,
        status=failed.status if failed else 200,
        found=found,
        failed=failed,
        token=token,
        when=clock_until(found.starts_at, found.ends_at),
    )
