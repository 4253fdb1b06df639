"""Find anything: one line, results as it is typed, each with the way to its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import HitPage, find_anything
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, today_of
from wardroom.web.search.hits import shown_hits
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import address, page_number

ROWS, FIRST_ROWS, FIRST_LOOKED_AT = 20, 8, 24
MOST_LETTERS = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found with the words in the address."""
    number = page_number(request.GET)
    words, found = _found(request, limit=ROWS, number=number)
    return page(
        request,
        "search/search.html",
        title="Search",
        words=words,
        corrected=found.corrected,
        hits=shown_hits(actor_of(request), found.rows),
        before=address(request.GET, page=str(number - 1)) if number > 1 else "",
        after=address(request.GET, page=str(number + 1)) if found.more else "",
    )


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The first results for the search box, as a list to choose from."""
    words, found = _found(request, limit=FIRST_LOOKED_AT, number=1)
    return page(
        request,
        "search/first.html",
        title="First results",
        words=words,
        corrected=found.corrected,
        hits=shown_hits(actor_of(request), found.rows)[:FIRST_ROWS],
    )


def _found(request: HttpRequest, *, limit: int, number: int) -> tuple[str, HitPage]:
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    words = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    found = find_anything(actor, words, on=today_of(request), limit=limit, page=number)
    return words, found
