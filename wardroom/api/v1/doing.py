"""One call that changes something: once only, and only to what its caller had before them.

``Idempotency-Key`` names a call: sent again, it is not done again and gets the same answer.
``If-Match`` holds the ETag of what was read: after a change in between nothing is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, models
from django.http import HttpRequest, HttpResponse

from wardroom.access.gate import DEADLOCK, TRIES, hold, unit_of_work
from wardroom.api.v1.answers import etag, sent, text_of
from wardroom.api.v1.door import Precondition, caller
from wardroom.directory.actions import begin_call, keep_answer

REPLAYED = "Idempotency-Replayed"
Content = Callable[[], Any]


def do(
    request: HttpRequest,
    act: Callable[[], Any],
    show: Callable[[Any], Any],
    *,
    row: models.Model | None = None,
    before: Content | None = None,
    hides: str = "",
    status: int = 200,
) -> HttpResponse:
    """Do it and answer with what it led to, in one commit.

    ``show`` gives the answer from what ``act`` gave; ``before`` gives what a reader of the
    thing got until now, for ``If-Match``, and ``row`` is held meanwhile. ``hides`` names what
    is given once: the answer that is kept to be given again has it empty.
    """

    def once() -> HttpResponse:
        with unit_of_work():
            return _named(request, lambda: _matched(request, act, show, row, before, status), hides)

    for _ in range(TRIES - 1):
        try:
            return once()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != DEADLOCK:
                raise
    return once()


def _matched(
    request: HttpRequest,
    act: Callable[[], Any],
    show: Callable[[Any], Any],
    row: models.Model | None,
    before: Content | None,
    status: int,
) -> HttpResponse:
    wanted = request.headers.get("If-Match", "").strip()
    if wanted and wanted != "*":
        if row is not None:
            hold(row)
        if before is None or etag(text_of(before())) not in wanted:
            raise Precondition
    return sent(request, text_of(show(act())), status=status)


def _named(request: HttpRequest, run: Callable[[], HttpResponse], hides: str) -> HttpResponse:
    """Run it, unless a call of this name was answered before."""
    name = request.headers.get("Idempotency-Key", "").strip()
    if not name:
        return run()
    let = caller(request)
    words = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    digest = hashlib.sha256(words).hexdigest()
    call = begin_call(let.key.id, call=name, digest=digest, at=let.stamp.at)
    if call.status is not None:
        again = sent(request, call.body, status=call.status)
        again.headers[REPLAYED] = "true"
        return again
    made = run()
    body = made.content.decode()
    if hides:
        told = json.loads(body)
        told["data"][hides] = ""
        body = text_of(told)
    keep_answer(call, status=made.status_code, body=body)
    return made
