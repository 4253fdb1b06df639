"""Watching the site at work: a name for each request, a line in the log, counts for graphs."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from wardroom.upkeep.gateways.counts import count_answer
from wardroom.web.request_names import HEADER, name_of, request_id, route_of

logger = logging.getLogger("wardroom.requests")
PROGRAMS = ("/api/", "/open311/", "/hsds/", "/feeds/", "/open-data/")


class Watched:
    """Outermost of all: names the request, then writes down how it went and how long it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        name = name_of(request)
        token = request_id.set(name)
        began = time.perf_counter()
        try:
            answer = self.get_response(request)
            seconds = time.perf_counter() - began
            count_answer(_class(request), answer.status_code, seconds)
            _write(request, answer.status_code, seconds)
        finally:
            request_id.reset(token)
        answer.headers[HEADER] = name
        return answer


def _user(request: HttpRequest) -> int | None:
    stamp = vars(request).get("stamp")
    return stamp.actor.user_id if stamp is not None else None


def _class(request: HttpRequest) -> str:
    """Who is served: browsers with files, programs, visitors, or people who are signed in."""
    if request.path.startswith(settings.STATIC_URL):
        return "file"
    if request.path.startswith(PROGRAMS):
        return "program"
    return "visitor" if _user(request) is None else "member"


def _write(request: HttpRequest, status: int, seconds: float) -> None:
    if not logger.isEnabledFor(logging.INFO):
        return
    ms = round(seconds * 1000, 1)
    told = {"method": request.method, "route": route_of(request), "status": status, "ms": ms}
    told["user"] = _user(request)
    words = (told["method"], told["route"], status, ms)
    logger.info("%s %s %d %.1f ms", *words, extra={"told": told})
