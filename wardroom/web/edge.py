"""The edge: one stamp for each request, and how the house's refusals become answers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils import timezone

from wardroom.access.actor import Actor, Stamp, Window
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.kernel.errors import NotAllowed, NotFound, Refused

# Programs are told in their own words what no address holds.
OWN_WORDS = ("/api/v1/", "/open311/")


class StampedRequest(HttpRequest):
    """A request that knows who is acting and when."""

    stamp: Stamp


class EdgeMiddleware:
    """Puts the stamp on the request: the only place that asks the clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        user = request.user if isinstance(request.user, User) else None
        actor = actor_for(user, on=timezone.localdate(now))
        cast(StampedRequest, request).stamp = Stamp(actor=actor, at=now, window=Window.WEB)
        if request.path.startswith(OWN_WORDS):
            return self.get_response(request)
        if "\0" in request.path:
            raise Http404("no address holds a zero byte")
        if any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
            raise BadRequest("the address holds a zero byte")
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Send a visitor to the sign-in page unless the view is open to everybody."""
        if actor_of(request).user_id is None and getattr(view, "login_required", True):
            return redirect_to_login(request.get_full_path())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 404 for what is not there, 403 for what is not allowed, 409 for too late."""
        if isinstance(error, NotFound):
            raise Http404 from error
        if isinstance(error, NotAllowed):
            raise PermissionDenied(error.sentence) from error
        if isinstance(error, Refused):
            context = {"title": "This was not done", "sentence": error.sentence}
            return render(request, "409.html", context, status=409)
        return None


def stamp_of(request: HttpRequest) -> Stamp:
    """Who is acting in this request, when, and through which window."""
    return cast(StampedRequest, request).stamp


def actor_of(request: HttpRequest) -> Actor:
    """Who is acting in this request."""
    return stamp_of(request).actor


def today_of(request: HttpRequest) -> date:
    """The day it is in the office."""
    return timezone.localdate(stamp_of(request).at)


View = Callable[..., HttpResponse]


def takes_form(*, steps_up: int = 1) -> Callable[[View], View]:
    """Only forms are sent to this address; whoever opens it is shown the page it belongs to.

    People come here by the back button, a bookmark, or a sign-in that a form had to wait
    for. The page is so many steps up the path. Other methods are answered 405.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method in {"GET", "HEAD"}:
                parts = request.path.rstrip("/").split("/")
                return HttpResponseRedirect("/".join([*parts[:-steps_up], ""]))
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return answer

    return wrap
