"""An ask as it is agreed aloud in a meeting: the matter by its number or its words."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from wardroom.access.actor import Actor
from wardroom.calendar import actions
from wardroom.calendar.queries import matters_to_ask
from wardroom.directory.queries import get_agency
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.matters.rules import kind_of
from wardroom.web.edge import actor_of, stamp_of


def agree(request: HttpRequest, event: Any, given: dict[str, Any]) -> object:
    """Agree an ask as it was filled in. Refuses: no matter that fits, or which of them it is."""
    try:
        number = given["which"] or _number_of(event, given["matter"], actor_of(request))
        matter = get_matter(number, actor_of(request))
    except NotFound:
        raise Refused(
            "no_such_matter", "There is no matter with this number.", field="matter"
        ) from None
    return actions.agree_ask(
        event,
        matter=matter,
        agency=get_agency(given["agency"]),
        wording=given["wording"],
        owner_name=given["owner_name"],
        due_on=given["due_on"],
        stamp=stamp_of(request),
    )


def _number_of(event: Any, meant: int | str, actor: Actor) -> int:
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


def fitting(request: HttpRequest, event: Any, data: Any) -> list[tuple[str, str]]:
    """The matters that the typed words fit, its location first; none where a number is given."""
    words = str((data or {}).get("matter", "")).strip()
    if not words or re.match(r"[Ww]-\d|\d+$", words):
        return []
    found = matters_to_ask(event, actor_of(request), words)
    return [(str(row.id), " · ".join(_told(row))) for row in found]


def _told(row: Any) -> list[str]:
    place = row.place_label if row.place_label != row.title else ""
    return [part for part in (f"W-{row.id} {row.title}", kind_of(row.kind).label, place) if part]
