"""What can be done to any matter with an owner and a next date, on whatever page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from wardroom.directory.queries import get_colleague
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters import actions as matters
from wardroom.matters.queries import MatterHeader
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.forms import LeadForm, NextStepForm, ReopenForm
from wardroom.web.initiatives.people import leads
from wardroom.web.ui.forms import Form
from wardroom.web.ui.moves import Move, as_filled_in


def colleague(party_id: int, field: str, request: HttpRequest) -> Any:
    """Somebody who works here now. Refuses: anybody else, at the field that named them."""
    try:
        return get_colleague(party_id, actor_of(request), on=today_of(request))
    except NotFound:
        sentence = "Choose somebody who works here now."
        raise Refused("no_such_person", sentence, field=field) from None


def _lead(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    owner = colleague(given["owner"], "owner", request)
    return matters.hand_over_matter(matter, owner=owner, stamp=stamp_of(request))


SHARED: Mapping[str, Move] = {
    "next": Move(
        "set_next_step",
        "Set the next step",
        as_filled_in(matters.set_next_step),
        "The next step was saved.",
    ),
    "lead": Move(
        "hand_over_matter", "Hand it to a colleague", _lead, "Somebody else looks after it now."
    ),
    "reopen": Move(
        "reopen_matter",
        "Take it up again",
        as_filled_in(matters.reopen_matter),
        "It is open again.",
    ),
}


def shared_moves(request: HttpRequest, matter: MatterHeader) -> dict[str, Move]:
    """What can be done to any matter, each with its form."""

    def form_of(verb: str) -> Any:
        return lambda posted=None: shared_form(request, matter, verb, posted)

    return {verb: move._replace(form=form_of(verb)) for verb, move in SHARED.items()}


def shared_form(request: HttpRequest, matter: MatterHeader, verb: str, posted: Any = None) -> Form:
    """The form of one of these, as it was sent or as things stand."""
    if verb == "next":
        started = {"next_on": matter.next_on, "next_step": matter.next_step}
        return NextStepForm(posted, initial=started)
    if verb == "lead":
        return LeadForm(posted, people=leads(request, matter.ward_code))
    return ReopenForm(posted)
