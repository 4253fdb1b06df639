"""The phone's side of a walk: one page that lives without a network, and two addresses to hand in.

What is handed in carries the pass of the walk in a header. No cookie is looked at, so a session
that ran out loses nothing, and another site has nothing to misuse: it can neither know the pass
nor send such a header here.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from allauth.core.internal.ratelimit import consume
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from wardroom.access.actor import Stamp
from wardroom.documents.rules import MOST_BYTES
from wardroom.fieldwork.actions import note_clash, take_line, take_photo
from wardroom.fieldwork.queries import (
    get_walk_of_pass,
    open_pass,
    phone_sheet,
    walk_file,
)
from wardroom.kernel.errors import NotFound, Refused
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.page import Crumb, page

PASS, HASH, PLACE = "X-Walk-Pass", "X-Walk-Sha256", "X-Walk-Place"
MOST_REQUEST = 16_000
PARTS = ("store", "sending", "keeping", "photos", "exif")
WRONG_PASSES = {"wrong_pass": "60/h/ip"}
GONE = (
    "This pass does not open the walk any longer. Nothing is lost: open the walk's page, sign in,"
    " and take it on this phone again. Then all of it is sent."
)
STATUS = {"key_closed": 403, "not_allowed": 403, "clash": 409, "damaged": 422}


@require_safe
def go(request: HttpRequest, walk_id: int) -> HttpResponse:
    """The page that a phone takes along; without a pass, the way to one."""
    sheet = phone_sheet(walk_id, actor_of(request), at=stamp_of(request).at)
    if sheet is None:
        return _without_pass(request, walk_id)
    plain = json.dumps(sheet.plain(), separators=(",", ":"))
    context = {"title": sheet.title, "walk": walk_id, "sheet": plain, "parts": PARTS}
    answer = render(request, "walks/go.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _without_pass(request: HttpRequest, walk_id: int) -> HttpResponse:
    """Where somebody opens the phone's page who has not taken the walk along, or long ago."""
    file = walk_file(walk_id, actor_of(request))
    return page(
        request,
        "walks/take.html",
        title="Take the walk along",
        crumbs=(
            Crumb("Walks", reverse("outings")),
            Crumb(file.row.title, reverse("outing", args=[walk_id])),
            Crumb("On a phone"),
        ),
        file=file,
    )


@login_not_required
@require_safe
def worker(request: HttpRequest, walk_id: int) -> HttpResponse:
    """The service worker of one walk's page; it holds nothing of the walk itself.

    Browsers ask for such a script without a cookie.
    """
    parts = [f"wardroom/walk/{part}.mjs" for part in (*PARTS, "phone")]
    context = {"walk_id": get_walk_of_pass(walk_id).pk, "parts": parts}
    script = render_to_string("walks/worker.mjs", context)
    answer = HttpResponse(script, content_type="text/javascript")
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def by_pass(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open to whoever hands the walk's pass in; refusals are JSON with a sentence."""

    @csrf_exempt
    @login_not_required
    @require_POST
    @functools.wraps(view)
    def answer(request: HttpRequest, walk_id: int, **more: str) -> HttpResponse:
        try:
            given = view(request, walk_id, **more)
        except NotFound:
            given = _closed(request)
        except Refused as no:
            given = _refused(request, no)
        except (RequestDataTooBig, UnreadablePostError):
            given = _said(413, "too_large", "This is too large, or broke off on its way.")
        given.headers["Cache-Control"] = "no-store"
        return given

    return answer


@by_pass
def lines(request: HttpRequest, walk_id: int) -> HttpResponse:
    """Take one line in, and echo its key and hash: only then does the phone let go of it."""
    walk, token, stamp = _pass(request, walk_id)
    said = _json(request)
    line = {name: said[name] for name in ("key", "series", "number", "sha256", "body")}

    def take() -> Any:
        return take_line(walk, token=token, **line, sent_at=_sent(said["sent_at"]), stamp=stamp)

    def clash() -> None:
        note_clash(
            walk, token=token, what="line", key=line["key"], sha256=line["sha256"],
            body=line["body"], stamp=stamp,
        )  # fmt: skip

    return _once(walk, line["key"], line["sha256"], take, clash)


@by_pass
def photographs(request: HttpRequest, walk_id: int, key: str) -> HttpResponse:
    """Take one photograph in as it came, and echo its key and hash."""
    walk, token, stamp = _pass(request, walk_id)
    sha256 = request.headers.get(HASH, "")
    size = request.headers.get("Content-Length", "")
    if not size.isdigit() or int(size) > MOST_BYTES:
        raise Refused("too_large", "The photograph is larger than 20 MB.")
    content = request.read(MOST_BYTES + 1)
    place_stays = request.headers.get(PLACE) == "stays"

    def take() -> Any:
        return take_photo(
            walk, token=token, key=key, sha256=sha256, content=content, place_stays=place_stays,
            stamp=stamp,
        )  # fmt: skip

    def clash() -> None:
        note_clash(walk, token=token, what="photograph", key=key, sha256=sha256, stamp=stamp)

    return _once(walk, key, sha256, take, clash)


def _pass(request: HttpRequest, walk_id: int) -> tuple[Any, str, Stamp]:
    """The walk, the pass, and the stamp of whoever it was given to."""
    walk = get_walk_of_pass(walk_id)
    token = request.headers.get(PASS, "")
    stamp = stamp_of(request)
    return walk, token, replace(stamp, actor=open_pass(walk_id, token, at=stamp.at).actor)


def _once(
    walk: Any, key: str, sha256: str, take: Callable[[], Any], clash: Callable[[], None]
) -> HttpResponse:
    try:
        take()
    except Refused as no:
        if no.code == "clash":
            _note(clash)
        if no.code != "already_taken":
            raise
    return JsonResponse({"key": key, "sha256": sha256, "ended": walk.ended_at is not None})


def _note(clash: Callable[[], None]) -> None:
    try:
        clash()
    except Refused as no:
        if no.code != "already_noted":
            raise


def _json(request: HttpRequest) -> dict[str, Any]:
    """The envelope of one line. Refuses: anything else."""
    content = request.read(MOST_REQUEST + 1)
    names = {"key": str, "series": str, "number": int, "sha256": str, "sent_at": str, "body": str}
    try:
        said = json.loads(content) if len(content) <= MOST_REQUEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or any(type(said.get(n)) is not t for n, t in names.items()):
        raise Refused("bad_line", "This line cannot be read.")
    return said


def _sent(text: str) -> datetime:
    try:
        sent = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("bad_line", "This line does not say when it was sent.") from None
    if sent.tzinfo is None:
        raise Refused("bad_line", "This line does not say when it was sent.")
    return sent


def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    if no.code == "key_closed":
        return _closed(request)
    return _said(STATUS.get(no.code, 422), no.code, no.sentence)


def _closed(request: HttpRequest) -> HttpResponse:
    """One answer for every pass that opens nothing; who tries many is asked to wait."""
    counted = consume(
        request, app="wardroom", action="wrong_pass", config=WRONG_PASSES, limit_get=True
    )
    return _said(403 if counted else 429, "pass_closed", GONE)


def _said(status: int, code: str, sentence: str) -> HttpResponse:
    return JsonResponse({"code": code, "sentence": sentence}, status=status)
