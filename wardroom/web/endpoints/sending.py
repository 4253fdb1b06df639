"""Sending a matter or an ask to another system, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.casework.actions import send_ask_on, send_matter_on
from wardroom.casework.queries import SentOn, ask_to_send_on, matter_to_send_on
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.queries import get_ask, get_matter, kinds_of
from wardroom.service_requests import actions
from wardroom.service_requests.queries import (
    SubmissionRow,
    endpoints_that_take,
    get_submission,
    submission_row,
    submissions_of,
)
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.endpoints import forms, showing
from wardroom.web.rows import matter_address
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page

DATA = Crumb("Data", "/data/")
ENDPOINTS = Crumb("Endpoints", "/data/endpoints/")
MOVES: Mapping[str, Move] = {
    "look": Move(
        "look_again",
        "Look for it there once more",
        as_filled_in(actions.look_again),
        "It is looked for within a minute.",
    ),
    "number": Move(
        "number_submission",
        "They gave a number",
        as_filled_in(actions.number_submission),
        "The number is kept.",
        forms.NumberForm,
    ),
    "again": Move(
        "send_again",
        "Send it again",
        as_filled_in(actions.send_again),
        "It goes out within a minute.",
    ),
    "give_up": Move(
        "give_up_submission",
        "Send it no more",
        as_filled_in(actions.give_up_submission),
        "It is not sent any more.",
        forms.GiveUpForm,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Send what a matter is about to another system."""
    actor = actor_of(request)
    thing = matter_to_send_on(matter_id, actor)
    return _send(request, thing, lambda: get_matter(matter_id, actor), send_matter_on)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ask_id: int) -> HttpResponse:
    """Send one ask to another system."""
    actor = actor_of(request)
    thing = ask_to_send_on(ask_id, actor)
    return _send(request, thing, lambda: get_ask(ask_id, actor=actor), send_ask_on)


@require_safe
def submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One thing that was sent on: where it is, and what is not known."""
    return _page(request, submission_id)


@takes_move(MOVES)
def submission_move(request: HttpRequest, submission_id: int, verb: str) -> HttpResponse:
    """Look for it, say its number, send it again, or give it up."""
    return make(
        request,
        MOVES[verb],
        get_submission(submission_id, actor_of(request)),
        MOVES[verb].form(request.POST),
        address=reverse("submission", args=[submission_id]),
        again=lambda form: _page(request, submission_id, failed={verb: form}),
    )


def _send(
    request: HttpRequest,
    thing: SentOn,
    get: Callable[[], Any],
    act: Callable[..., Any],
) -> HttpResponse:
    actor, stamp = actor_of(request), stamp_of(request)
    if not thing.may_send:
        raise NotAllowed("This is closed, restricted or not yours, and is not sent on.")
    taking = endpoints_that_take(actor)
    chosen = request.GET.get("to", "")
    endpoint = next((e for e in taking if str(e.pk) == chosen), taking[0] if taking else None)
    services = [(row["code"], row["name"]) for row in endpoint.services] if endpoint else []
    form = forms.SendOnForm(
        posted(request), initial={"description": thing.title}, services=services
    )

    def send(given: dict[str, Any]) -> Any:
        if endpoint is None:
            raise Refused("no_endpoint", "No other system takes requests from us.")
        return act(get(), endpoint=endpoint, **given, stamp=stamp)

    back = matter_address(thing.matter_kind, thing.matter_id)
    return new_page(
        request,
        "endpoints/send.html",
        form,
        send,
        leads_to=lambda made: (
            reverse("submission", args=[made.pk]),
            "It goes out within a minute.",
        ),
        title="Send it to another system",
        crumbs=(Crumb(thing.matter_title, back), Crumb("Send it on")),
        thing=thing,
        endpoint=endpoint,
        others=[e for e in taking if endpoint and e.pk != endpoint.pk],
        earlier=submissions_of(actor, noun=thing.noun, keys=[str(thing.id)]),
    )


def _page(
    request: HttpRequest, submission_id: int, *, failed: Failed | None = None
) -> HttpResponse:
    actor = actor_of(request)
    row: SubmissionRow = submission_row(submission_id, actor)
    kinds = kinds_of(actor, [row.matter_id])
    return page(
        request,
        "endpoints/submission.html",
        title=row.service_name,
        crumbs=(
            DATA,
            ENDPOINTS,
            Crumb(row.endpoint_name, reverse("endpoint", args=[row.endpoint_id])),
            Crumb(row.service_name),
        ),
        row=row,
        state=showing.submission_tag(row.state),
        matter_href=matter_address(kinds[row.matter_id], row.matter_id)
        if row.matter_id in kinds
        else "",
        **offers(MOVES, row.allowed, failed),
    )
