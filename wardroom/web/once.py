"""Every form of a page is done once: a double click and a resend after a lost answer do no harm.

Django marks the forms of each page anew against forgery. Sent again, a form has the mark that it
had, and everything else in it: that tells it from the same words on a page that was opened anew.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from wardroom.directory.actions import Sending, SentBefore, sent_once, was_sent
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.form_marks import MARK, form_hash_of
from wardroom.web.ui.page import go_on, is_local_path

log = logging.getLogger(__name__)
SAID = "This was sent twice, and done once."
LED_FOR = int(timedelta(days=1).total_seconds())
LOOKS, LOOK_EVERY = 20, 0.05


class Once:
    """Does what a form of somebody who is signed in asks for the first time it comes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            vars(request)["once"] = stack
            answer = self.get_response(request)
        sending: Sending | None = vars(request).get("sending")
        if sending is not None and sending.did and "Location" in answer.headers:
            _remember(sending.digest, answer.headers["Location"])
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Find out whether this form was done before."""
        if request.method != "POST" or actor_of(request).user_id is None:
            return None
        if MARK not in request.POST:
            return None
        digest = digest_of(request)
        stack: ExitStack = vars(request)["once"]
        vars(request)["digest"] = digest
        try:
            sending = stack.enter_context(sent_once(digest, at=stamp_of(request).at))
        except SentBefore:
            return _done_before(request, digest)
        vars(request)["sending"] = sending
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer as the first time where that was done while this one waited for it."""
        if isinstance(error, SentBefore):
            return _done_before(request, vars(request)["digest"])
        return None


def digest_of(request: HttpRequest) -> str:
    """The hash of a form as it was sent: where to, each field and each file, and whose."""
    return form_hash_of(request, actor_of(request).user_id)


def done_meanwhile(request: HttpRequest) -> HttpResponse | None:
    """Answer as the first time, where that is done within a moment; else nothing.

    For a double click that finds a code used already: by its own form, as likely as not.
    """
    digest: str = vars(request).get("digest", "")
    for _ in range(LOOKS if digest else 0):
        if was_sent(digest):
            return _done_before(request, digest)
        time.sleep(LOOK_EVERY)
    return None


def _done_before(request: HttpRequest, digest: str) -> HttpResponse:
    """Lead to where the first answer led; it may be on its way still, or have been lost."""
    led = ""
    for _ in range(LOOKS):
        led = _kept(digest)
        if led:
            break
        time.sleep(LOOK_EVERY)
    return go_on(request, led or _came_from(request), SAID)


def _remember(digest: str, led: str) -> None:
    """Keep where an answer led. What was done is done, so nothing that fails here is told."""
    try:
        cache.set(_led(digest), led, LED_FOR)
    except Exception:
        log.warning("Where a form led could not be kept.", exc_info=True)


def _kept(digest: str) -> str:
    try:
        return str(cache.get(_led(digest)) or "")
    except Exception:
        log.warning("Where a form led could not be looked up.", exc_info=True)
        return ""


def _came_from(request: HttpRequest) -> str:
    """The page that a form stood on, as far as the browser says."""
    said = urlsplit(request.headers.get("Referer", ""))
    page = f"{said.path}?{said.query}" if said.query else said.path
    return page if said.netloc == request.get_host() and is_local_path(page) else request.path


def _led(digest: str) -> str:
    return f"led-{digest}"
