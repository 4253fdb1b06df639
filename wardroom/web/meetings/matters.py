"""The matter of an ask that is agreed aloud: by its number, or found by words of it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Actor
from wardroom.calendar.queries import MatterRow, get_meeting, matters_to_ask
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of
from wardroom.web.meetings.forms import AgreeForm, Choices
from wardroom.web.rows import matter_address
from wardroom.web.ui.page import Crumb, page

MOST_LETTERS = 120
NUMBER = re.compile(r"[Ww]-\d|\d+$")


class Offer(NamedTuple):
    """A matter that typed words may mean, and what is filled in to mean it."""

    id: int
    insert: str
    why: str
    href: str


@require_safe
def choices(request: HttpRequest, event_id: int) -> HttpResponse:
    """The matters of the meeting's ward that fit what is typed."""
    actor = actor_of(request)
    event = get_meeting(event_id, actor)
    words = " ".join(request.GET.get("q", "")[:MOST_LETTERS].split())
    return page(
        request,
        "meetings/matters.html",
        title="Matters for the table",
        crumbs=(Crumb("Meeting", reverse("meeting", args=[event_id])), Crumb("Matters")),
        event_id=event_id,
        words=words,
        choices=offers(event, actor, words),
    )


def offers(event: Any, actor: Actor, words: str) -> tuple[Offer, ...]:
    """The open matters that these words fit; none before a word is typed, or for a number."""
    if not words or NUMBER.match(words):
        return ()
    return tuple(_offer(row) for row in matters_to_ask(event, actor, words))


def fitting(event: Any, actor: Actor, data: QueryDict | None) -> Choices:
    """The same as the answers of a form."""
    words = str(data.get("matter", "")).strip() if data else ""
    return [(str(row.id), f"{row.insert} · {row.why}") for row in offers(event, actor, words)]


def number_of(event: Any, actor: Actor, meant: int | str) -> int:
    """The number of the matter. Refuses: words alone, until one that they fit is chosen."""
    if isinstance(meant, int):
        return meant
    if matters_to_ask(event, actor, meant):
        raise Refused("which_matter", "Choose which of these matters it is.", field="which")
    raise Refused(
        "no_such_matter",
        "No open matter of this ward that you can see has these words.",
        field="matter",
    )


def looked_up(data: QueryDict, found: Choices, kept: dict[str, Any]) -> AgreeForm:
    """The form as it was typed so far, with the matters that fit; nothing is asked of it yet."""
    typed: dict[str, Any] = {name: data[name] for name in data}
    if len(found) == 1:
        typed["which"] = found[0][0]
    form = AgreeForm(initial=typed, **kept)
    form.looked = typed.get("matter", "").strip()
    return form


def _offer(row: MatterRow) -> Offer:
    place = row.place_label if row.place_label not in row.title else ""
    told = " · ".join(part for part in (kind_of(row.kind).label, place) if part)
    return Offer(row.id, f"W-{row.id} {row.title}", told, matter_address(row.kind, row.id))
