"""How often a password or a code may be guessed: by who guesses, and by whose it is.

A browser in which somebody signed in before counts for itself: whoever guesses at their
password from elsewhere keeps them out of no browser that they use.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from wardroom.api.limits import caller_of
from wardroom.kernel.rates import Rate

GUESSES = Rate(10, timedelta(minutes=15))
COUNTED_AS, FACTORS_AS = "sign-in", "second factor"
KNOWN_FOR, MOST_KNOWN = timedelta(days=180), 5
SALT = "wardroom.web.guesses"


def guesses(request: HttpRequest, login: str) -> Mapping[str, Rate]:
    """What a wrong password counts for: ten in a quarter of an hour are the most of each."""
    browser, known = _browser(request)
    if _mark(login) in known:
        return {f"browser {browser} {_mark(login)}": GUESSES}
    return {f"from {caller_of(request)}": GUESSES, f"at {_mark(login)}": GUESSES}


def know_browser(request: HttpRequest, answer: HttpResponse, login: str) -> None:
    """Remember in a browser that this person signed in there; it says so to nobody else."""
    browser, known = _browser(request)
    marks = [mark for mark in known if mark != _mark(login)][-(MOST_KNOWN - 1) :]
    answer.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        _signer().sign_object({"browser": browser, "known": [*marks, _mark(login)]}),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _browser(request: HttpRequest) -> tuple[str, list[str]]:
    """The number that this browser was given, and who signed in there."""
    try:
        said: Any = _signer().unsign_object(
            request.COOKIES.get(settings.KNOWN_COOKIE_NAME, ""), max_age=KNOWN_FOR
        )
    except BadSignature:
        return secrets.token_hex(8), []
    return str(said["browser"]), [str(mark) for mark in said["known"]]


def _mark(login: str) -> str:
    return salted_hmac(SALT, login.strip().casefold(), algorithm="sha256").hexdigest()[:32]


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=SALT)
