"""Asks: what agencies were asked, and every answer to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from ninja import Router

from wardroom.access.actor import Role
from wardroom.api.v1 import bodies, shapes
from wardroom.api.v1.answers import (
    Listed,
    Single,
    content_of,
    done_as,
    listed,
    moves,
    read_as,
    single,
)
from wardroom.api.v1.bodies import Code, Cursor, Number
from wardroom.api.v1.cursors import place_in
from wardroom.api.v1.doing import Deed, do
from wardroom.api.v1.door import READ, WRITE, stamp_of
from wardroom.kernel.errors import NotAllowed
from wardroom.matters import actions
from wardroom.matters.queries import AskRow, ask_file, ask_list, get_ask

router = Router(tags=["Asks"])
VERBS = {
    "request_ask": "request",
    "accept_ask": "accept",
    "decline_ask": "decline",
    "counter_ask": "counter",
    "agree_counter": "agree",
    "move_promise": "move",
    "report_done": "done",
    "repeat_ask": "repeat",
    "withdraw_ask": "withdraw",
}
State = Literal[
    "", "live", "proposed", "requested", "countered", "accepted", "declined", "done", "withdrawn"
]
DONE = done_as(Single[shapes.AskShape])


@router.get("/asks", auth=READ, response=read_as(Listed[AskRow]), summary="Asks")
def asks(
    request: HttpRequest,
    ward: Code = "",
    agency: Code = "",
    state: State = "",
    overdue: bool = False,
    sort: Literal["due", "-due", "agency", "state", "asked", "-asked"] = "due",
    cursor: Cursor = "",
) -> HttpResponse:
    """The asks within reach, the soonest first. A partner sees what its agency was asked."""
    stamp = stamp_of(request)
    actor = stamp.actor
    if not (actor.is_staff or actor.has(Role.PARTNER)):
        raise NotAllowed
    found = ask_list(
        actor,
        on=localdate(stamp.at),
        agency=agency or None,
        ward=ward or None,
        state=state or None,
        overdue=overdue,
        sort=sort,
        page=place_in(request, cursor),
    )
    return listed(request, found)


@router.get(
    "/asks/{number}", auth=READ, response=read_as(Single[shapes.AskShape]), summary="One ask"
)
def ask(request: HttpRequest, number: Number) -> HttpResponse:
    """One ask: what was asked, what was answered, and what may be answered now."""
    file = ask_file(number, stamp_of(request).actor)
    return single(request, shapes.AskShape, file, _links(file))


@router.post("/asks/{number}/request", auth=WRITE, response=DONE, summary="Send an ask")
def request_ask(request: HttpRequest, number: Number) -> HttpResponse:
    """Put an ask that was written down to its agency."""
    return _answer(request, number, actions.request_ask)


@router.post("/asks/{number}/accept", auth=WRITE, response=DONE, summary="Accept")
def accept(request: HttpRequest, number: Number, given: bodies.Acceptance) -> HttpResponse:
    """Take on what was asked, and promise a day; only the agency itself can."""
    return _answer(request, number, actions.accept_ask, given)


@router.post("/asks/{number}/decline", auth=WRITE, response=DONE, summary="Decline")
def decline(request: HttpRequest, number: Number, given: bodies.Declining) -> HttpResponse:
    """Say no, with a reason from the list; only the agency itself can."""
    return _answer(request, number, actions.decline_ask, given)


@router.post("/asks/{number}/counter", auth=WRITE, response=DONE, summary="Offer another day")
def counter(request: HttpRequest, number: Number, given: bodies.Countering) -> HttpResponse:
    """Offer another day than the one asked for."""
    return _answer(request, number, actions.counter_ask, given)


@router.post("/asks/{number}/agree", auth=WRITE, response=DONE, summary="Agree to the day")
def agree(request: HttpRequest, number: Number) -> HttpResponse:
    """Take the other day that the agency offered; it becomes its promise."""
    return _answer(request, number, actions.agree_counter)


@router.post("/asks/{number}/move", auth=WRITE, response=DONE, summary="Move the promise")
def move(request: HttpRequest, number: Number, given: bodies.Moving) -> HttpResponse:
    """Move the promised day, with a reason; the first promise is kept."""
    return _answer(request, number, actions.move_promise, given)


@router.post("/asks/{number}/done", auth=WRITE, response=DONE, summary="Report it done")
def done(request: HttpRequest, number: Number, given: bodies.Doing) -> HttpResponse:
    """Say that the agency did what it promised; this closes no matter."""
    return _answer(request, number, actions.report_done, given)


@router.post("/asks/{number}/repeat", auth=WRITE, response=DONE, summary="Ask again")
def repeat(request: HttpRequest, number: Number, given: bodies.Repeating) -> HttpResponse:
    """Ask the agency again, by another day."""
    return _answer(request, number, actions.repeat_ask, given)


@router.post("/asks/{number}/withdraw", auth=WRITE, response=DONE, summary="Withdraw")
def withdraw(request: HttpRequest, number: Number, given: bodies.Withdrawing) -> HttpResponse:
    """Stop asking for this, with a reason that the agency can read."""
    return _answer(request, number, actions.withdraw_ask, given)


def _answer(
    request: HttpRequest,
    number: int,
    act: Callable[..., Any],
    given: bodies.Body | None = None,
) -> HttpResponse:
    stamp = stamp_of(request)
    row = get_ask(number, stamp.actor)
    words = given.model_dump() if given is not None else {}

    def show(_: Any = None) -> Any:
        file = ask_file(number, stamp.actor)
        return content_of(shapes.AskShape, file, _links(file))

    deed = Deed(lambda: act(row, **words, stamp=stamp), show, row=row, before=show)
    return do(request, deed)


def _links(file: Any) -> dict[str, tuple[str, str]]:
    number = file.row.id
    links = moves(f"/asks/{number}", file.allowed, VERBS)
    return {**links, "matter": ("GET", f"/matters/{file.row.matter_id}")}
