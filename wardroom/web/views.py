"""Pages that belong to the house as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Whether the site answers."""
    return HttpResponse("ok\n", content_type="text/plain")
