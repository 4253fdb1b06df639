"""What programs ask that watch over the site: does it live, may people be sent, how much.

They are answered before anything else is done: whatever host they name, over http too, and
without a session. Whether the site lives is told without the database.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from wardroom.upkeep.queries import answers_text, metrics_text, readiness

HEALTH, READY, METRICS = "/health/", "/ready/", "/metrics"
ALSO = {"/healthz": HEALTH, "/metrics/": METRICS, "/health": HEALTH, "/ready": READY}
FRESH_SECONDS = 1.0
NUMBERS_SECONDS = 15.0
WAITS_SECONDS = 1.0
SAID_BY_PROXIES = ("X-Forwarded", "Forwarded", "X-Real-Ip", "Via")
OF_THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_asking = threading.Lock()
_last: tuple[float, dict[str, Any]] = (float("-inf"), {})
_counting = threading.Lock()
_numbers: tuple[float, str] = (float("-inf"), "")


class Probes:
    """Answers the three addresses, and passes everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = ALSO.get(request.path_info, request.path_info)
        if path not in ANSWERS:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            answer = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        else:
            answer = ANSWERS[path](request)
        for name, value in HEADERS.items():
            answer.headers[name] = value
        if settings.SECURE_HSTS_SECONDS:
            hsts = f"max-age={settings.SECURE_HSTS_SECONDS}"
            answer.headers["Strict-Transport-Security"] = hsts
        return answer


def health(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing is asked of anything else."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """Whether people may be sent here, and where not, why; looked at once a second at most.

    Strangers get the codes alone; what is wrong in words is for whoever may read the numbers.
    """
    told = _told()
    if not may_read_metrics(request):
        told = {**told, "reasons": [{"code": one["code"]} for one in told["reasons"]]}
    content = json.dumps(told) + "\n"
    status = 200 if told["ready"] else 503
    answer = HttpResponse(content, status=status, content_type="application/json")
    vars(answer)["_has_been_logged"] = True  # whoever asks writes it down, every few seconds
    return answer


def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever has the token; where none is set, on this machine alone.

    The house is asked for them four times a minute at most, whoever reads; what this machine
    answered is counted now.
    """
    if not may_read_metrics(request):
        return HttpResponse("Not found\n", status=404, content_type="text/plain")
    text = answers_text() + _of_the_house()
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def may_read_metrics(request: HttpRequest) -> bool:
    """The token of WARDROOM_METRICS_TOKEN, or a caller on this machine that no proxy speaks for.

    A proxy need not say that it is one, so a call to the site's own name is none of this machine.
    """
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    if settings.BEHIND_PROXY or any(name.startswith(SAID_BY_PROXIES) for name in request.headers):
        return False
    if _named(request.META.get("HTTP_HOST", "")) not in OF_THIS_MACHINE:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _named(host: str) -> str:
    """The host of an address, without its port."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _of_the_house() -> str:
    """The numbers of before, where another has waited for new ones for a while already."""
    global _numbers
    if not _counting.acquire(timeout=WAITS_SECONDS):
        return _numbers[1]
    try:
        since, text = _numbers
        if time.monotonic() - since >= NUMBERS_SECONDS:
            text = metrics_text(at=timezone.now())
            _numbers = (time.monotonic(), text)
    finally:
        _counting.release()
    return text


def _told() -> dict[str, Any]:
    global _last
    with _asking:
        since, told = _last
        if time.monotonic() - since >= FRESH_SECONDS:
            told = _look()
            _last = (time.monotonic(), told)
    return told


def _look() -> dict[str, Any]:
    missing = readiness(at=timezone.now())
    return {
        "ready": not missing,
        "reasons": [{"code": one.code, "sentence": one.sentence} for one in missing],
    }


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    HEALTH: health,
    READY: ready,
    METRICS: metrics,
}
