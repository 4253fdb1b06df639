"""What is kept of hirings, for the records officer: counts and days, and nobody's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.hiring import actions
from wardroom.hiring.queries.keeping import KeptRow, get_kept_hiring, kept_hirings
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, today_of
from wardroom.web.hiring.forms import ReasonForm
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page

MOVES: Mapping[str, Move] = {
    "dispose": Move(
        "dispose_hiring",
        "Remove what was sent",
        as_filled_in(actions.dispose_hiring),
        "What was sent was removed: words, files, letters and links. The counts stay.",
    ),
    "hold": Move("hold_hiring", "Keep it longer", as_filled_in(actions.hold_hiring)),
    "lift": Move("lift_hold", "Keep it no longer", as_filled_in(actions.lift_hold)),
}


@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """The hirings that ended, with the day from which each may be disposed of."""
    if not actor_of(request).has(Role.RECORDS):
        raise NotAllowed
    return _page(request)


@takes_move(MOVES, steps_up=2)
def kept_move(request: HttpRequest, posting_id: int, verb: str) -> HttpResponse:
    """Dispose of one, or say that it must be kept."""
    return make(
        request,
        MOVES[verb],
        get_kept_hiring(posting_id, actor_of(request)),
        _form(verb, posting_id, request.POST),
        address=reverse("hiring_kept"),
        again=lambda form: _page(request, failed=(posting_id, verb, form)),
    )


def _form(verb: str, posting_id: int, sent: Any = None) -> Form:
    auto_id = f"{verb}{posting_id}_%s"
    return PlainForm(sent) if verb == "dispose" else ReasonForm(sent, auto_id=auto_id)


def _page(request: HttpRequest, *, failed: tuple[int, str, Form] | None = None) -> HttpResponse:
    def row(kept: KeptRow) -> tuple[KeptRow, list[Any]]:
        wrong = {failed[1]: failed[2]} if failed and failed[0] == kept.id else {}
        moves = offered(MOVES, kept.allowed, wrong, lambda verb: _form(verb, kept.id))
        return kept, [
            (*offer, reverse("hiring_kept_move", args=[kept.id, offer[0]])) for offer in moves
        ]

    found = kept_hirings(actor_of(request), today=today_of(request))
    return page(
        request,
        "hiring/kept.html",
        title="What is kept of hirings",
        crumbs=(Crumb("Hiring", reverse("hirings")), Crumb("What is kept")),
        rows=[row(kept) for kept in found],
        **outcome({failed[1]: failed[2]} if failed else None),
    )
