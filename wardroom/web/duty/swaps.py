"""One swap: who asks, what speaks against it, and what can be answered."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.office import actions
from wardroom.office.queries import get_swap, swap_file
from wardroom.web.duty.showing import mail_goes
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, page

MOVES: Mapping[str, Move] = {
    "accept": Move(
        "accept_swap", "Take this shift", as_filled_in(actions.accept_swap), "You said yes."
    ),
    "decline": Move("decline_swap", "I cannot", as_filled_in(actions.decline_swap), "You said no."),
    "approve": Move(
        "approve_swap", "Let it be", as_filled_in(actions.approve_swap), "The shift was given."
    ),
    "refuse": Move(
        "refuse_swap", "Say no", as_filled_in(actions.refuse_swap), "The swap was refused."
    ),
    "withdraw": Move(
        "withdraw_swap", "Take it back", as_filled_in(actions.withdraw_swap), "Taken back."
    ),
}

SWAP = "Swap these two shifts"


@require_safe
def swap(request: HttpRequest, swap_id: int) -> HttpResponse:
    """One swap."""
    return _page(request, swap_id)


@takes_move(MOVES)
def make_move(request: HttpRequest, swap_id: int, verb: str) -> HttpResponse:
    """Answer a swap, decide on it, or take it back."""
    return make(
        request,
        MOVES[verb],
        get_swap(swap_id, actor_of(request)),
        MOVES[verb].form(request.POST),
        address=reverse("swap", args=[swap_id]),
        again=lambda form: _page(request, swap_id, failed={verb: form}),
    )


def _page(request: HttpRequest, swap_id: int, *, failed: Failed | None = None) -> HttpResponse:
    at = stamp_of(request).at
    file = swap_file(swap_id, actor_of(request), at=at)
    moves = offers(MOVES, file.row.allowed, failed)
    swaps = file.row.in_return is not None
    return page(
        request,
        "duty/swap.html",
        title=f"{'Swap' if swaps else 'Give away'}: {file.row.shift.what}",
        crumbs=(Crumb("On call", reverse("on_call")), Crumb("Swap")),
        file=file,
        row=file.row,
        goes=mail_goes(file.row.shift.starts_at, at),
        offers=[
            (
                verb,
                SWAP if swaps and verb == "accept" else title,
                reverse("swap_move", args=[swap_id, verb]),
            )
            for verb, title, _ in moves["moves"]
        ],
        failed=moves["failed"],
        status=moves["status"],
    )
