"""What can be done to any matter with an owner and a next date, on whatever page shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest

from wardroom.directory.queries import get_colleague
from wardroom.kernel.errors import NotFound, Refused
from wardroom.matters import actions as matters
from wardroom.matters.queries import MatterHeader
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.forms import LeadForm, NextStepForm, ReopenForm
from wardroom.web.initiatives.people import leads
from wardroom.web.ui.forms import Form

Act = Callable[[Any, dict[str, Any], HttpRequest], Any]


class SharedMove(NamedTuple):
    """One of these: what it needs, its words, how it is done, and what is said then."""

    needs: str
    title: str
    act: Act
    said: str


def colleague(party_id: int, field: str, request: HttpRequest) -> Any:
    """Somebody who works here now. Refuses: anybody else, at the field that named them."""
    try:
        return get_colleague(party_id, actor_of(request), on=today_of(request))
    except NotFound:
        sentence = "Choose somebody who works here now."
        raise Refused("no_such_person", sentence, field=field) from None


def _next(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.set_next_step(matter, **given, stamp=stamp_of(request))


def _lead(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    owner = colleague(given["owner"], "owner", request)
    return matters.hand_over_matter(matter, owner=owner, stamp=stamp_of(request))


def _reopen(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.reopen_matter(matter, **given, stamp=stamp_of(request))


SHARED: Mapping[str, SharedMove] = {
    "next": SharedMove("set_next_step", "Set the next step", _next, "The next step was saved."),
    "lead": SharedMove(
        "hand_over_matter", "Hand it to a colleague", _lead, "Somebody else looks after it now."
    ),
    "reopen": SharedMove("reopen_matter", "Take it up again", _reopen, "It is open again."),
}


def shared_form(request: HttpRequest, matter: MatterHeader, verb: str, posted: Any = None) -> Form:
    """The form of one of these, as it was sent or as things stand."""
    if verb == "next":
        started = {"next_on": matter.next_on, "next_step": matter.next_step}
        return NextStepForm(posted, initial=started)
    if verb == "lead":
        return LeadForm(posted, people=leads(request, matter.ward_code))
    return ReopenForm(posted)
