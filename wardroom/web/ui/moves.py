"""A page with things to do on it: which are offered, the form of each, and what follows."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from wardroom.web.edge import View, stamp_of, takes_form
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import go_on

Act = Callable[[Any, dict[str, Any], HttpRequest], Any]
FormOf = Callable[..., Form]
Failed = Mapping[str, Form]


class Move(NamedTuple):
    """One thing to do: what it needs, its words, how it is done, and what is said then.

    ``form`` makes its form where the page makes none; ``part`` is where the page goes back to.
    """

    needs: str
    title: str
    act: Act
    said: str = "Saved."
    form: FormOf = PlainForm
    part: str = ""


class Deed(NamedTuple):
    """One thing to do on a page that shows its forms in places of their own.

    What is seen on the page at once needs no word ``said`` about it.
    """

    act: Act
    said: str = "Saved."
    part: str = ""


def as_filled_in(act: Callable[..., Any]) -> Act:
    """An action that takes what was filled in as it is."""
    return lambda subject, given, request: act(subject, **given, stamp=stamp_of(request))


def takes_move(verbs: Container[str], *, steps_up: int = 1) -> Callable[[View], View]:
    """Only forms of these verbs are sent to this address; any other verb has no page."""

    def wrap(view: View) -> View:
        take = takes_form(steps_up=steps_up)(view)

        @functools.wraps(view)
        def answer(request: HttpRequest, *, verb: str, **of: Any) -> HttpResponse:
            if verb not in verbs:
                raise Http404
            return take(request, verb=verb, **of)

        answer.verbs = verbs  # type: ignore[attr-defined]
        return answer

    return wrap


def make(
    request: HttpRequest,
    move: Move | Deed,
    subject: Any,
    form: Form,
    *,
    address: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:
    """Do it and go on, or show the page again with what was typed."""
    if submit(form, lambda given: move.act(subject, given, request)) is None:
        return again(form)
    if not move.said:
        return HttpResponseRedirect(address + move.part)
    return go_on(request, address + move.part, move.said)


def offered(
    moves: Mapping[str, Move],
    allowed: Container[str],
    failed: Failed,
    form_of: Callable[[str], Form] | None = None,
) -> list[tuple[str, str, Form]]:
    """The moves that are offered, each with its form; one that failed keeps what was typed."""
    return [
        (verb, move.title, failed[verb] if verb in failed else _form(move, verb, form_of))
        for verb, move in moves.items()
        if move.needs in allowed or verb in failed
    ]


def offers(
    moves: Mapping[str, Move],
    allowed: Container[str],
    failed: Failed | None,
    form_of: Callable[[str], Form] | None = None,
) -> dict[str, Any]:
    """What a page needs to show what can be done: the moves, what failed, and its status."""
    shown = offered(moves, allowed, failed or {}, form_of)
    return {"moves": shown, **outcome(failed)}


def outcome(failed: Mapping[Any, Form] | None) -> dict[str, Any]:
    """The form that was not accepted, if any, and the status that the page has then."""
    wrong = next(iter((failed or {}).values()), None)
    return {"failed": wrong, "status": wrong.status if wrong is not None else 200}


def _form(move: Move, verb: str, form_of: Callable[[str], Form] | None) -> Form:
    return form_of(verb) if form_of is not None else move.form()
