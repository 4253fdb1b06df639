"""Find anything: one line, results as it is typed, each with the way to its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import kinds_of
from wardroom.search.queries import Found, find
from wardroom.web.edge import actor_of
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import address, page_number

ROWS = 20
MOST_LETTERS = 200
KINDS: Mapping[str, str] = {
    "matter": "Matter",
    "entry": "Line",
    "place": "Place",
    "ground": "Ground",
    "party": "Person",
}


@dataclass(frozen=True)
class Hit:
    """One thing found: what kind it is, and where its page is, if it has one."""

    kind: str
    title: str
    text: str
    ward: str
    when: str
    href: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found with the words in the address."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    words = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    number = page_number(request.GET)
    found = find(actor, words, limit=ROWS, offset=(number - 1) * ROWS)
    keys = {row.matter_key for row in found.rows if row.matter_key.isdigit()}
    kinds = kinds_of(actor, map(int, keys)) if keys else {}
    return page(
        request,
        "search/search.html",
        title="Search",
        words=words,
        corrected=found.corrected,
        hits=[_hit(row, kinds) for row in found.rows],
        before=address(request.GET, page=str(number - 1)) if number > 1 else "",
        after=address(request.GET, page=str(number + 1)) if found.more else "",
    )


def _hit(row: Found, kinds: Mapping[int, str]) -> Hit:
    return Hit(
        kind=KINDS.get(row.ref.noun, row.ref.noun.capitalize()),
        title=row.title,
        text=row.text if row.text != row.title else "",
        ward=f"Ward {row.ward_code}" if row.ward_code else "",
        when=date_format(localtime(row.at)),
        href=_address(row, kinds),
    )


def _address(row: Found, kinds: Mapping[int, str]) -> str:
    key = row.matter_key
    if key.isdigit() and int(key) in kinds:
        return matter_address(kinds[int(key)], key)
    if row.ref.noun == "place":
        return reverse("place", args=[row.ref.key])
    return ""
