"""Taking in CAP 1.2 messages from programs that show a key of the scope `alerts`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from wardroom.access.actor import Actor, Reach, Role
from wardroom.api.feeds.views import stamp_of_feed
from wardroom.api.keys import KeyRefused, LetIn, let_in, token_in
from wardroom.documents.actions import check_clean
from wardroom.incidents.rules import MOST_BYTES, STATES
from wardroom.kernel.errors import NotAllowed, Refused

SCOPE = "alerts"
TOO_LARGE = 413


@csrf_exempt
@login_not_required
@require_POST
def alerts(request: HttpRequest) -> JsonResponse:
    """Take in the message in the body: 201 where it is new, 200 where it was here already."""
    at = stamp_of_feed(request).at
    try:
        program = let_in(token_in(request), scope=SCOPE, at=at)
    except KeyRefused as no:
        return _refused(no.status, no.code, no.sentence, wait=no.wait)
    content = _body(request)
    if content is None:
        return _refused(TOO_LARGE, "too_large", "This is larger than 512 KB.")
    try:
        check_clean(content)
        return _taken(content, program, at)
    except NotAllowed as no:
        return _refused(403, no.code, no.sentence)
    except Refused as no:
        return _refused(503 if no.code == "scanner_away" else 400, no.code, no.sentence)


def _taken(content: bytes, program: LetIn, at: datetime) -> JsonResponse:
    from wardroom.incidents.gateways.taking import take_in

    stamp = replace(program.stamp, actor=_actor(program), at=at)
    taken = take_in(content, way_in="key", stamp=stamp)
    answer: dict[str, Any] = {
        "alert": taken.draft_id,
        "title": taken.title,
        "state": taken.state,
        "state_label": STATES[taken.state],
        "new": taken.new,
        "page": reverse("alert", args=[taken.draft_id]),
    }
    return JsonResponse(answer, status=201 if taken.new else 200)


def _actor(program: LetIn) -> Actor:
    """The house takes it in, under the name of the key: such a key has no holder."""
    house = frozenset({Role.SYSTEM})
    return Actor(user_id=None, name=program.key.name[:120], roles=house, reach=Reach(city=True))


def _body(request: HttpRequest) -> bytes | None:
    """What was sent; none where it is larger than an alert may be."""
    said = request.headers.get("Content-Length", "")
    if said.isdigit() and int(said) > MOST_BYTES:
        return None
    try:
        content: bytes = request.read(MOST_BYTES + 1)
    except (OSError, RawPostDataException):
        return b""
    return content if len(content) <= MOST_BYTES else None


def _refused(status: int, code: str, sentence: str, *, wait: int = 0) -> JsonResponse:
    answer = JsonResponse({"code": code, "description": sentence}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer
