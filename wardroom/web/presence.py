"""How long a sign-in lasts: some hours at most, and half an hour where nobody is at the screen.

When it began stands in the session. When somebody was last there stands in a signed cookie
that goes with the session, so that looking at a page writes nothing to the database.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InternalError, OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare, salted_hmac

BEGAN = "began"
# When somebody last showed that it is them: by signing in, or by confirming it.
PROVED = "proved"
# What the sign of presence is made for: this sign-in, whatever number its session has by now.
OF = "of"
SERVER_ERROR = 500
MOVES_ON = "session_moves_on"
# A cookie younger than this is not written anew.
FRESH = 60
# The clocks of two machines are never quite alike.
AHEAD = 60


@dataclass(frozen=True)
class Presence:
    """For the page: after how many seconds alone one is signed out, and in how many for good."""

    alone: int
    left: int


class Sessions(SessionMiddleware):
    """Sessions that take a browser's cookie away when they end, and not when they only moved on.

    A session goes on under a new number when somebody shows who they are. What was asked under
    the old one meanwhile finds nothing, and must leave the cookie of the new one alone.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Save the session and send its cookie, unless nothing was found or done here."""
        session = request.session
        lost = session.is_empty() and not session.modified
        if settings.SESSION_COOKIE_NAME in request.COOKIES and lost:
            patch_vary_headers(response, ("Cookie",))
            return response
        try:
            return super().process_response(request, response)
        except SessionInterrupted as over:
            if (broken := _broken(over)) is not None:
                raise broken from over
            raise


def _broken(error: BaseException | None) -> BaseException | None:
    """The failure of the database, such as a full disk, for which a session could not be saved.

    Django calls that a session which somebody ended, and the request a bad one.
    """
    while error is not None and not isinstance(error, (OperationalError, InternalError)):
        error = error.__context__
    return error


def move_on(request: HttpRequest) -> None:
    """Let the session go on under a new number, with the answer to this request.

    What is sent twice at once is known until then, and an error of ours signs nobody out.
    """
    vars(request)[MOVES_ON] = True


def give_new_number(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Give the session its new number, where it has none yet and all went well."""
    session = request.session
    stayed = session.session_key == request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if MOVES_ON in vars(request) and stayed and answer.status_code != SERVER_ERROR:
        session.cycle_key()


def begin(request: HttpRequest, at: datetime) -> None:
    """Count the sign-in from now on."""
    request.session[BEGAN] = request.session[PROVED] = int(at.timestamp())
    request.session[OF] = secrets.token_hex(16)


def is_within(seconds: int, since: int, at: datetime) -> bool:
    """Whether no more time has passed since; a clock that was put back makes nothing last."""
    return -AHEAD <= int(at.timestamp()) - since < seconds


def presence_of(request: HttpRequest, at: datetime) -> Presence | None:
    """How long this sign-in has left, for a page that warns before it ends."""
    began = request.session.get(BEGAN)
    if began is None:
        return None
    left = began + settings.SESSION_HOURS * 3600 - int(at.timestamp())
    return Presence(settings.IDLE_MINUTES * 60, max(0, left))


def is_over(request: HttpRequest, at: datetime) -> bool:
    """Whether a sign-in has lasted its hours, or nobody was there for too long.

    Only a sign-in by the form says when it began; none other is made by the site.
    """
    began = request.session.get(BEGAN)
    if began is None:
        return False
    seen = _seen(request)
    if seen is None or not is_within(settings.IDLE_MINUTES * 60, seen, at):
        return True
    return not is_within(settings.SESSION_HOURS * 3600, began, at)


def note_presence(request: HttpRequest, answer: HttpResponseBase, at: datetime) -> None:
    """Say in the answer's cookie that somebody was there just now."""
    now, seen = int(at.timestamp()), _seen(request)
    if BEGAN not in request.session or (seen is not None and 0 <= now - seen < FRESH):
        return
    answer.set_cookie(
        settings.SEEN_COOKIE_NAME,
        f"{now}.{_sign(request, now)}",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _seen(request: HttpRequest) -> int | None:
    """When somebody was last there, if the cookie says so and is of this session."""
    said, _, sign = request.COOKIES.get(settings.SEEN_COOKIE_NAME, "").partition(".")
    if not (said.isascii() and said.isdigit() and len(said) <= 12):
        return None
    return int(said) if constant_time_compare(sign, _sign(request, int(said))) else None


def _sign(request: HttpRequest, at: int) -> str:
    of = f"{at} {request.session.get(OF, request.session.session_key)}"
    return salted_hmac("wardroom.web.presence", of, algorithm="sha256").hexdigest()
