"""The name of a request, which its log lines share, and the name of the page it asks for."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")
HEADER = "X-Request-ID"
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")


def name_of(request: HttpRequest) -> str:
    """The name the proxy gave the request, where there is one to believe; else a new one."""
    given = request.headers.get(HEADER, "")
    if settings.BEHIND_PROXY and GIVEN.fullmatch(given):
        return given
    return secrets.token_hex(8)


def route_of(request: HttpRequest) -> str:
    """The name of the page, never its address: that may hold a token or what was searched."""
    found = request.resolver_match
    if found is not None:
        return found.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "no page"
