"""The edge: one stamp for each request, and how the house's refusals become answers."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from wardroom.access.actor import Actor, Stamp, Window
from wardroom.access.models import User
from wardroom.access.queries import actor_for
from wardroom.directory.actions import was_sent
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.web.form_marks import MARK, PROOF, form_hash
from wardroom.web.presence import give_new_number, is_over, note_presence
from wardroom.web.retention.gone import gone_page

# Programs are told in their own words what no address holds.
OWN_WORDS = ("/api/v1/", "/open311/")
# What no page shows, or nobody typed.
UNSHOWN = frozenset({MARK, "code", "secret", "credential", "next", "back", "seen"})
CHOSEN = re.compile(r"[a-z0-9_.:-]*|/\S*")
MOST_TYPED, PHONE_DIGITS = 120, 7
# Where somebody wanted to go who has to set up a second factor first.
WANTED = "wanted"


Reached = TypeVar("Reached", bound=Callable[..., HttpResponseBase])


class StampedRequest(HttpRequest):
    """A request that knows who is acting and when."""

    stamp: Stamp


class EdgeMiddleware:
    """Puts the stamp on the request: the only place that asks the clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        today = timezone.localdate(now)
        user = request.user if isinstance(request.user, User) else None
        if user is not None and not user.is_let_in(today):
            # A term ends at midnight, and so does every session that was open then.
            logout(request)
            user = None
        if user is not None and is_over(request, now):
            logout(request)
            user = None
        actor = actor_for(user, on=today)
        if user is not None and _lacks_factor(user, actor):
            # Somebody without a role, who sees and does nothing but set a factor up.
            vars(request)["held_back"] = True
            actor = Actor(user_id=user.pk, name=user.name)
        cast(StampedRequest, request).stamp = Stamp(actor=actor, at=now, window=Window.WEB)
        if not request.path.startswith(OWN_WORDS):
            _refuse_zero_bytes(request)
        answer = self.get_response(request)
        if request.user.is_authenticated:
            _keep_nowhere(answer)
            give_new_number(request, answer)
            note_presence(request, answer, now)
        return answer

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Send a visitor to the sign-in page unless the view is open to everybody.

        What somebody wrote while the sign-in ran out is shown once more: it was not saved.
        """
        if actor_of(request).user_id is None and getattr(view, "login_required", True):
            if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
                if getattr(view, "holds_nothing", False):
                    return redirect_to_login(request.POST.get("next", "/"))
                return _show_unsaved(request)
            return redirect_to_login(request.get_full_path())
        if is_held_back(request) and not getattr(view, "before_factor", False):
            if request.method == "POST":
                return _show_unsaved(request, held_back=True)
            if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
                request.session[WANTED] = request.get_full_path()
            return HttpResponseRedirect(reverse("account_security"))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 404 for what is not there, 403 for what is not allowed, 409 for too late."""
        if isinstance(error, NotFound):
            gone = gone_page(request, actor_of(request))
            if gone is not None:
                return gone
            raise Http404 from error
        if isinstance(error, NotAllowed):
            raise PermissionDenied(error.sentence) from error
        if isinstance(error, Refused):
            context = {"title": "This was not done", "sentence": error.sentence}
            return render(request, "409.html", context, status=409)
        return None


def may_come_before_factor(view: Reached) -> Reached:
    """A page that staff reach before they have set up the second factor that they need."""
    vars(view)["before_factor"] = True
    return view


def holds_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form in which nothing is written that could be lost with the sign-in."""
    vars(view)["holds_nothing"] = True
    return view


def is_held_back(request: HttpRequest) -> bool:
    """Whether somebody has to set up a second factor before anything else."""
    return bool(vars(request).get("held_back"))


def needs_factor(actor: Actor) -> bool:
    """Whether the office asks somebody for a second factor."""
    return settings.SECOND_FACTOR != "offered" and actor.is_staff


def _lacks_factor(user: User, actor: Actor) -> bool:
    return needs_factor(actor) and not user.second_factor


def _refuse_zero_bytes(request: HttpRequest) -> None:
    if "\0" in request.path:
        raise Http404("no address holds a zero byte")
    if any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
        raise BadRequest("the address holds a zero byte")


def _keep_nowhere(answer: HttpResponse) -> None:
    """What somebody sees who is signed in is kept by no cache, not even the browser's own."""
    if "public" not in answer.headers.get("Cache-Control", ""):
        answer.headers["Cache-Control"] = "private, no-store"


def _show_unsaved(request: HttpRequest, *, held_back: bool = False) -> HttpResponse:
    """The words that came too late, to be copied; no password or code is among them.

    A form that was done the first time it came says so: showing who it is moves a sign-in on,
    and the second of two clicks finds nobody under the number of before.
    """
    if not held_back and MARK in request.POST and was_sent(form_hash(request)):
        return _show_done(request)
    said = [
        text.strip()
        for name, texts in request.POST.lists()
        for text in texts
        if not (name in UNSHOWN or "password" in name or name.startswith(PROOF))
    ]
    written = [text for text in said if " " in text or "\n" in text]
    short = [text for text in said if text not in written and was_typed(text)]
    title = "Not saved yet" if held_back else "You were signed out"
    context = {
        "title": title,
        "written": written,
        "short": short,
        "back": request.path,
        "held_back": held_back,
    }
    answer = render(request, "account/signed_out.html", context, status=403)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def was_typed(text: str) -> bool:
    """Whether a text without a space looks typed: what forms offer to choose looks otherwise."""
    if len(text) > MOST_TYPED or not text:
        return False
    digits = sum(sign.isdigit() for sign in text)
    number = digits >= PHONE_DIGITS and not any(sign.isalpha() for sign in text)
    return number or CHOSEN.fullmatch(text) is None


def _show_done(request: HttpRequest) -> HttpResponse:
    context = {"title": "This was done", "back": request.path, "done": True}
    answer = render(request, "account/signed_out.html", context, status=403)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


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
