"""Webhooks: word of new lines of the ledger, sent where the holder of the key wants it."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from wardroom.access.queries.api_keys import get_holder
from wardroom.api.v1 import bodies, shapes
from wardroom.api.v1.answers import (
    Listed,
    Single,
    content_of,
    done_as,
    listed,
    read_as,
    single,
)
from wardroom.api.v1.bodies import Cursor, Number
from wardroom.api.v1.cursors import place_in
from wardroom.api.v1.doing import Deed, do
from wardroom.api.v1.door import HOOKS, stamp_of
from wardroom.notices import actions
from wardroom.notices.queries import (
    DeliveryRow,
    HookRow,
    delivery_page,
    get_hook,
    hook_page,
    hook_row,
)

router = Router(tags=["Webhooks"])


@router.get("/hooks", auth=HOOKS, response=read_as(Listed[HookRow]), summary="Webhooks")
def hooks(
    request: HttpRequest, state: Literal["live", "ended"] = "live", cursor: Cursor = ""
) -> HttpResponse:
    """The webhooks within reach, the newest first."""
    actor = stamp_of(request).actor
    return listed(request, hook_page(actor, live=state == "live", page=place_in(request, cursor)))


@router.post(
    "/hooks",
    auth=HOOKS,
    response=done_as(Single[shapes.NewHook], status=201),
    summary="Set a webhook up",
)
def new_hook(request: HttpRequest, given: bodies.NewHook) -> HttpResponse:
    """Set a webhook up. Its secret is given once, in this answer."""
    stamp = stamp_of(request)

    def act() -> Any:
        return actions.make_hook(
            get_holder(stamp.actor),
            name=given.name,
            address=given.address,
            kinds=given.kinds,
            stamp=stamp,
        )

    def show(made: tuple[int, str]) -> Any:
        number, secret = made
        shape = shapes.NewHook(hook=hook_row(number, stamp.actor), secret=secret)
        return content_of(shapes.NewHook, shape, _links(number))

    deed = Deed(
        act=lambda: _numbered(act()),
        show=show,
        number=lambda made: str(made[0]),
        find=lambda kept: (int(kept), ""),
        status=201,
    )
    return do(request, deed)


@router.get("/hooks/{number}", auth=HOOKS, response=read_as(Single[HookRow]), summary="One webhook")
def hook(request: HttpRequest, number: Number) -> HttpResponse:
    """One webhook, and how it stands."""
    row = hook_row(number, stamp_of(request).actor)
    return single(request, HookRow, row, _links(number))


@router.post(
    "/hooks/{number}/end",
    auth=HOOKS,
    response=done_as(Single[HookRow]),
    summary="End a webhook",
)
def end(request: HttpRequest, number: Number) -> HttpResponse:
    """End a webhook: nothing is sent there any more."""
    stamp = stamp_of(request)
    row = get_hook(number, stamp.actor)
    deed = Deed(lambda: actions.end_hook(row, stamp=stamp), _shown(request, number))
    return do(request, deed)


@router.get(
    "/hooks/{number}/deliveries",
    auth=HOOKS,
    response=read_as(Listed[DeliveryRow]),
    summary="What it sent",
)
def deliveries(
    request: HttpRequest,
    number: Number,
    state: Literal["", "due", "sent", "dead"] = "",
    cursor: Cursor = "",
) -> HttpResponse:
    """What a webhook sends, the newest line first; ``dead`` is what was given up."""
    actor = stamp_of(request).actor
    return listed(
        request, delivery_page(number, actor, state=state, page=place_in(request, cursor))
    )


@router.post(
    "/hooks/{number}/replay",
    auth=HOOKS,
    response=done_as(Single[HookRow]),
    summary="Send lines again",
)
def replay(request: HttpRequest, number: Number, given: bodies.Replay) -> HttpResponse:
    """Send all lines from one on again; what was sent before keeps its number."""
    stamp = stamp_of(request)
    row = get_hook(number, stamp.actor)

    def act() -> Any:
        return actions.replay_hook(row, from_line=given.from_line, stamp=stamp)

    return do(request, Deed(act, _shown(request, number)))


@router.post(
    "/hooks/{number}/deliveries/{delivery}/replay",
    auth=HOOKS,
    response=done_as(Single[HookRow]),
    summary="Send one line again",
)
def replay_one(request: HttpRequest, number: Number, delivery: Number) -> HttpResponse:
    """Send one line again, that was given up or that the other side lost."""
    stamp = stamp_of(request)
    row = get_hook(number, stamp.actor)

    def act() -> Any:
        return actions.replay_delivery(row, delivery_id=delivery, stamp=stamp)

    return do(request, Deed(act, _shown(request, number)))


def _numbered(made: Any) -> tuple[int, str]:
    """A webhook by its number, and its secret, which is kept nowhere and told this once."""
    return made.hook.pk, made.secret


def _shown(request: HttpRequest, number: int) -> Any:
    actor = stamp_of(request).actor
    return lambda _: content_of(HookRow, hook_row(number, actor), _links(number))


def _links(number: int) -> dict[str, tuple[str, str]]:
    own = f"/hooks/{number}"
    return {
        "self": ("GET", own),
        "deliveries": ("GET", f"{own}/deliveries"),
        "replay_hook": ("POST", f"{own}/replay"),
        "end_hook": ("POST", f"{own}/end"),
    }
