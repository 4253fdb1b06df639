"""The phone's side of a walk: a page that lives without a network, and where it hands in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Stamp
from wardroom.documents.actions import check_clean
from wardroom.documents.rules import MOST_BYTES
from wardroom.fieldwork.actions import note_clash, take_line, take_photo
from wardroom.fieldwork.queries import (
    get_walk_of_pass,
    open_pass,
    phone_sheet,
    walk_file,
)
from wardroom.kernel.errors import Refused
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.phones import (
    HEADER,
    by_pass,
    phone_page,
    read_envelope,
    taken_once,
    worker_script,
)
from wardroom.web.ui.page import Crumb, page

HASH, PLACE = "X-Phone-Sha256", "X-Phone-Place"
PARTS = ("walk/photos", "walk/exif")
GONE = (
    "This pass does not open the walk any longer. Nothing is lost: open the walk's page, sign in,"
    " and take it on this phone again. Then all of it is sent."
)


@require_safe
def go(request: HttpRequest, walk_id: int) -> HttpResponse:
    """The page that a phone takes along; without a pass, the way to one."""
    sheet = phone_sheet(walk_id, actor_of(request), at=stamp_of(request).at)
    if sheet is None:
        return _without_pass(request, walk_id)
    return phone_page(request, "walks/go.html", sheet, PARTS, walk=walk_id)


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
    walk = get_walk_of_pass(walk_id).pk
    address = reverse("walk_go", args=[walk])
    return worker_script(f"wardroom-walk-{walk}", address, (*PARTS, "walk/phone"))


@by_pass(GONE)
def lines(request: HttpRequest, walk_id: int) -> HttpResponse:
    """Take one line in, and echo its key and hash: only then does the phone let go of it."""
    walk, token, stamp = _pass(request, walk_id)
    line = read_envelope(request)

    def clash() -> None:
        note_clash(
            walk, token=token, what="line", key=line["key"], sha256=line["sha256"],
            body=line["body"], stamp=stamp,
        )  # fmt: skip

    return taken_once(
        line["key"],
        line["sha256"],
        take=lambda: take_line(walk, token=token, **line, stamp=stamp),
        clash=clash,
        ended=lambda: walk.ended_at is not None,
    )


@by_pass(GONE)
def photographs(request: HttpRequest, walk_id: int, key: str) -> HttpResponse:
    """Take one photograph in as it came, and echo its key and hash."""
    walk, token, stamp = _pass(request, walk_id)
    sha256 = request.headers.get(HASH, "")
    size = request.headers.get("Content-Length", "")
    if not size.isdigit() or int(size) > MOST_BYTES:
        raise Refused("too_large", "The photograph is larger than 20 MB.")
    content = request.read(MOST_BYTES + 1)
    check_clean(content)
    place_stays = request.headers.get(PLACE) == "stays"

    def take() -> Any:
        return take_photo(
            walk, token=token, key=key, sha256=sha256, content=content, place_stays=place_stays,
            stamp=stamp,
        )  # fmt: skip

    def clash() -> None:
        note_clash(walk, token=token, what="photograph", key=key, sha256=sha256, stamp=stamp)

    return taken_once(key, sha256, take=take, clash=clash, ended=lambda: walk.ended_at is not None)


def _pass(request: HttpRequest, walk_id: int) -> tuple[Any, str, Stamp]:
    """The walk, the pass, and the stamp of whoever it was given to."""
    walk = get_walk_of_pass(walk_id)
    token = request.headers.get(HEADER, "")
    stamp = stamp_of(request)
    return walk, token, replace(stamp, actor=open_pass(walk_id, token, at=stamp.at).actor)
