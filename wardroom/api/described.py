"""Descriptions for programs: kept by any cache for some minutes, and sent again only if new."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

KEPT_FOR = 300


def described_at(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view whose answer is a description: it has an ETag, and 304 says it is still so."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found: HttpResponse = view(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"} or found.status_code != 200:
            return found
        etag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
        found.headers["ETag"] = etag
        found.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
        same = get_conditional_response(request, etag=etag, response=found) or found
        for name in ("Access-Control-Allow-Origin", "Cache-Control"):
            if name in found.headers:
                same.headers[name] = found.headers[name]
        return same

    return answer
