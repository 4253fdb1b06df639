"""Settings of a site that keeps a little of every request: for the power check of R15."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tests.settings import *  # noqa: F403
from tests.settings import MIDDLEWARE as TIGHT

MIDDLEWARE = ["tests.reliability.leaking.Leaking", *TIGHT]
KEPT: list[tuple[bytes, int]] = []


class Leaking:
    """Keeps 200 kilobytes and an open file for each answer, for ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        KEPT.append((os.urandom(200_000), os.open(os.devnull, os.O_RDONLY)))
        return self.get_response(request)
