"""What a phone that lives without a network needs of the site: its page, its worker, its pass.

What is handed in carries a pass in a header. No cookie is looked at, so a session that ran out
loses nothing, and another site has nothing to misuse: it can neither know the pass nor send
such a header here.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wardroom.api.limits import few_enough
from wardroom.kernel.deliveries import AGAIN, CLASH, NOTED
from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.outside import read_json

HEADER = "X-Phone-Pass"
MOST_REQUEST = 16_000
SHARED = ("phone/store", "phone/sending", "phone/keeping", "phone/writing")
WRONG_PASSES = 60
STATUS = {"key_closed": 403, "not_allowed": 403, CLASH: 409, "damaged": 422, "scanner_away": 503}
ENVELOPE: Mapping[str, type] = {
    "key": str,
    "series": str,
    "number": int,
    "sha256": str,
    "sent_at": str,
    "body": str,
}
View = Callable[..., HttpResponse]


def phone_page(
    request: HttpRequest, template: str, sheet: Any, parts: Sequence[str], **context: Any
) -> HttpResponse:
    """A page that a phone keeps, with all that it has to know in it."""
    plain = json.dumps(sheet.plain(), separators=(",", ":"))
    shown = {"title": sheet.title, "sheet": plain, "parts": (*SHARED, *parts), **context}
    answer = render(request, template, shown)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def worker_script(work: str, page: str, parts: Sequence[str]) -> HttpResponse:
    """The service worker of one such page; ``work`` is the name of what the phone keeps."""
    kept = [f"wardroom/{part}.mjs" for part in (*SHARED, *parts)]
    script = render_to_string("phone/worker.mjs", {"work": work, "page": page, "parts": kept})
    answer = HttpResponse(script, content_type="text/javascript")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def by_pass(gone: str) -> Callable[[View], View]:
    """Open to whoever hands a pass in; refusals are JSON with a sentence.

    ``gone`` says what to do where a pass opens nothing any longer.
    """

    def wrap(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @require_POST
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                given = view(request, *args, **kwargs)
            except NotFound:
                given = _closed(request, gone)
            except Refused as no:
                closed = no.code == "key_closed"
                given = _closed(request, gone) if closed else _refused(no)
            except (RequestDataTooBig, UnreadablePostError):
                given = _said(413, "too_large", "This is too large, or broke off on its way.")
            given.headers["Cache-Control"] = "no-store"
            return given

        return answer

    return wrap


def taken_once(
    key: str,
    sha256: str,
    *,
    take: Callable[[], Any],
    clash: Callable[[], Any],
    ended: Callable[[], bool],
) -> HttpResponse:
    """Take a thing in and echo its key and hash: only then does the phone let go of it."""
    try:
        take()
    except Refused as no:
        if no.code == CLASH:
            _note(clash)
        if no.code != AGAIN:
            raise
    return JsonResponse({"key": key, "sha256": sha256, "ended": ended()})


def read_envelope(request: HttpRequest) -> dict[str, Any]:
    """The envelope of one line, as an action takes it. Refuses: anything else."""
    content = request.read(MOST_REQUEST + 1)
    try:
        said = read_json(content) if len(content) <= MOST_REQUEST else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or any(type(said.get(n)) is not t for n, t in ENVELOPE.items()):
        raise Refused("bad_line", "This line cannot be read.")
    line = {name: said[name] for name in ENVELOPE}
    return {**line, "sent_at": _sent(line["sent_at"])}


def _sent(text: str) -> datetime:
    try:
        sent = datetime.fromisoformat(text)
    except ValueError:
        sent = None
    if sent is None or sent.tzinfo is None:
        raise Refused("bad_line", "This line does not say when it was sent.")
    return sent


def _note(clash: Callable[[], Any]) -> None:
    try:
        clash()
    except Refused as no:
        if no.code != NOTED:
            raise


def _refused(no: Refused) -> HttpResponse:
    return _said(STATUS.get(no.code, 422), no.code, no.sentence)


def _closed(request: HttpRequest, gone: str) -> HttpResponse:
    """One answer for every pass that opens nothing; who tries many is asked to wait."""
    counted = few_enough(request, "wrong_pass", WRONG_PASSES)
    return _said(403 if counted else 429, "pass_closed", gone)


def _said(status: int, code: str, sentence: str) -> HttpResponse:
    return JsonResponse({"code": code, "sentence": sentence}, status=status)
