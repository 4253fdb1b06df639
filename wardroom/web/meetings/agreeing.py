"""An ask as it is agreed aloud in a meeting, of a core team or of a group."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wardroom.calendar import actions
from wardroom.directory.queries import get_agency
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.meetings import matters


def agree(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    """Agree an ask as it was filled in. Refuses: no matter that fits, or which of them it is."""
    actor = actor_of(request)
    try:
        number = given["which"] or matters.number_of(event, actor, given["matter"])
        matter = get_matter(number, actor)
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
