"""Names for the capture line while they are typed: people, topics and places within reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.casework.queries import find_anything
from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.matters.rules import NOUNS
from wardroom.web.edge import actor_of, today_of
from wardroom.web.rows import takes_in
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page

MOST_CHOICES, MOST_LETTERS = 8, 120
SIGNS = (("@", "A person or an agency"), ("#", "A topic"), ("/", "A place"))


@dataclass(frozen=True)
class Choice:
    """Somebody or something that a name may mean, and what is written to mean it."""

    key: str
    name: str
    why: str
    sign: str = ""

    @property
    def insert(self) -> str:
        """The name as the capture line reads it: in quotation marks where it needs them."""
        plain = self.name.replace('"', "")
        return f"{self.sign}{plain}" if plain.isalnum() else f'{self.sign}"{plain}"'


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """The names that fit what is typed after a sign."""
    actor = actor_of(request)
    if not takes_in(actor):
        raise NotAllowed
    sign = filters.choice(request.GET, "sign", "What", SIGNS, default="@")
    words = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    return page(
        request,
        "capture/names.html",
        title="Names for a line",
        crumbs=(Crumb("Home", "/"), Crumb("Names for a line")),
        sign=sign,
        words=words,
        choices=names_like(actor, sign.value, words, on=today_of(request)),
    )


def names_like(actor: Actor, sign: str, words: str, *, on: date) -> list[Choice]:
    """What may be meant by what is typed after a sign, the likeliest first.

    Topics are few, so all of them show at once; people and places only once a letter is typed.
    """
    noun = NOUNS[sign]
    if noun == "topic":
        return _topics(words)
    if not words:
        return []
    hits = find_anything(actor, words, on=on, nouns=(noun,), limit=MOST_CHOICES).rows
    return [Choice(hit.key, hit.title, _why(hit.ward_code, hit.why), sign) for hit in hits]


def _topics(words: str) -> list[Choice]:
    low = words.casefold()
    rows = [topic for topic in topics() if not topic.routine]
    fits = [row for row in rows if low in row.name.casefold() or low in row.code.casefold()]
    fits.sort(key=lambda row: not row.code.casefold().startswith(low))
    return [Choice(row.code, row.code, row.name, "#") for row in fits]


def _why(ward: str, why: str) -> str:
    return f"Ward {ward}" if ward else why
