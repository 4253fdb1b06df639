"""The landing for visitors, and the start page: what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from wardroom.web.edge import actor_of
from wardroom.web.ui.page import page


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the site answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is signed in; for a visitor, what this site is."""
    actor = actor_of(request)
    if actor.user_id is None:
        return page(request, "house/landing.html", title="Welcome")
    return page(request, "house/home.html", title="What waits for you")
