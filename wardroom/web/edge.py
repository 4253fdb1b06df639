"""The edge: one stamp for each request, and what every page's frame needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wardroom.access.actor import Actor, Stamp, Window
from wardroom.access.models import User
from wardroom.access.queries import actor_for


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
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """Who is acting in this request."""
    return cast(StampedRequest, request).stamp.actor


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page shows."""
    stamp = getattr(request, "stamp", None)
    return {
        "actor": stamp.actor if stamp else None,
        "demonstration": settings.DEMONSTRATION,
    }
