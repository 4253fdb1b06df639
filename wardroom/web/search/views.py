"""Find anything: one line, results as it is typed, each with the way to its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.casework.queries import find_anything
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, today_of
from wardroom.web.search.hits import shown_hits
from wardroom.web.search.pages import pages_found
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import address, page_number

ROWS = 20
MOST_LETTERS = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found with the words in the address."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    number = page_number(request.GET)
    words = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    found = find_anything(actor, words, on=today_of(request), limit=ROWS, page=number)
    return page(
        request,
        "search/search.html",
        title="Search",
        words=words,
        corrected=found.corrected,
        hits=[*(pages_found(actor, words) if number == 1 else ()), *shown_hits(actor, found.rows)],
        before=address(request.GET, page=str(number - 1)) if number > 1 else "",
        after=address(request.GET, page=str(number + 1)) if found.more else "",
    )
