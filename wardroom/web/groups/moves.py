"""A page with things to do on it: which are offered, the form of each, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse

from wardroom.matters.queries import MatterHeader, get_matter
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.initiatives.shared import SHARED, shared_form
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import go_on

Act = Callable[[HttpRequest, Any, dict[str, Any]], object]
FormOf = Callable[..., Form]


class Move(NamedTuple):
    """One thing to do: what it needs, its words, its form, how it is done, what is said then."""

    needs: str
    title: str
    form: FormOf
    act: Act
    said: str


def as_filled_in(act: Callable[..., object]) -> Act:
    """An action that takes what was filled in as it is."""
    return lambda request, subject, given: act(subject, **given, stamp=stamp_of(request))


def shared_moves(matter: MatterHeader, request: HttpRequest) -> dict[str, Move]:
    """What can be done to any matter: its next step, its owner, taking it up again."""
    return {verb: _shared(verb, matter, request) for verb in SHARED}


def offered(
    moves: Mapping[str, Move], allowed: frozenset[str], failed: Mapping[str, Form]
) -> list[tuple[str, str, Form]]:
    """The moves that are offered, each with its form; one that failed keeps what was typed."""
    return [
        (verb, move.title, failed[verb] if verb in failed else move.form())
        for verb, move in moves.items()
        if move.needs in allowed or verb in failed
    ]


def make(
    request: HttpRequest,
    move: Move,
    subject: Any,
    *,
    address: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:
    """Do it and go on, or show the page again with what was typed."""
    form = move.form(request.POST)
    done = submit(form, lambda given: move.act(request, subject, given))
    return again(form) if done is None else go_on(request, address, move.said)


def matter_of(request: HttpRequest, matter_id: int) -> Any:
    """The matter of a page, to act on it."""
    return get_matter(matter_id, actor_of(request))


def _shared(verb: str, matter: MatterHeader, request: HttpRequest) -> Move:
    kept = SHARED[verb]
    return Move(
        kept.needs,
        kept.title,
        lambda posted=None: shared_form(request, matter, verb, posted),
        lambda asked, subject, given: kept.act(subject, given, asked),
        kept.said,
    )
