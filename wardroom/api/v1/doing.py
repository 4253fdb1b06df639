"""One call that changes something: once only, and only to what its caller had before them.

``Idempotency-Key`` names a call: sent again within a day, it is not done again.
``If-Match`` holds the ETag of what was read: after a change in between nothing is done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import NotSupportedError, OperationalError, models
from django.http import HttpRequest, HttpResponse

from wardroom.access.gate import TRIES, hold, unit_of_work, was_undone
from wardroom.api.v1.answers import etag, sent, text_of
from wardroom.api.v1.door import Precondition, caller
from wardroom.directory.actions import begin_call, end_call

REPLAYED = "Idempotency-Replayed"
Content = Callable[[], Any]


@dataclass(frozen=True)
class Deed:
    """One change: how it is done, and how its answer is told.

    ``show`` tells what ``act`` gave. What a named call gave is kept by its numbers, which
    ``number`` gives, and ``find`` finds it again: whoever lost sight of it meanwhile is told
    nothing of it. ``before`` tells what a reader of the thing got until now, for
    ``If-Match``, and ``row`` is held meanwhile.
    """

    act: Content
    show: Callable[[Any], Any]
    number: Callable[[Any], str] = lambda _: ""
    find: Callable[[str], Any] = lambda _: None
    row: models.Model | None = None
    before: Content | None = None
    status: int = 200


def do(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Do it and answer with what it led to, in one commit."""

    def once() -> HttpResponse:
        with unit_of_work():
            return _named(request, deed)

    for _ in range(TRIES - 1):
        try:
            return once()
        except (NotSupportedError, OperationalError) as error:
            if not was_undone(error):
                raise
    return once()


def _done(request: HttpRequest, deed: Deed) -> Any:
    wanted = request.headers.get("If-Match", "").strip()
    if wanted and wanted != "*":
        if deed.row is not None:
            hold(deed.row)
        if deed.before is None or etag(text_of(deed.before())) not in wanted:
            raise Precondition
    return deed.act()


def _named(request: HttpRequest, deed: Deed) -> HttpResponse:
    """Do it, unless a call of this name did it before."""
    name = request.headers.get("Idempotency-Key", "").strip()
    if not name:
        return sent(request, text_of(deed.show(_done(request, deed))), status=deed.status)
    let = caller(request)
    words = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    digest = hashlib.sha256(words).hexdigest()
    call = begin_call(let.key.id, call=name, digest=digest, at=let.stamp.at)
    if call.status is not None:
        again = sent(request, text_of(deed.show(deed.find(call.made))), status=call.status)
        again.headers[REPLAYED] = "true"
        return again
    made = _done(request, deed)
    end_call(call, status=deed.status, made=deed.number(made))
    return sent(request, text_of(deed.show(made)), status=deed.status)
