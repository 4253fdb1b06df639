"""One initiative or campaign: its page, and everything that can be done on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from wardroom.city.queries import get_ward
from wardroom.matters import actions as matters
from wardroom.matters.queries import get_matter
from wardroom.plans.actions import open_initiative
from wardroom.plans.queries import InitiativeFile, initiative_file
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives import forms
from wardroom.web.initiatives.people import leads
from wardroom.web.initiatives.shared import SHARED, colleague, shared_form
from wardroom.web.plans.showing import plan_parts
from wardroom.web.plans.where import form_address
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import from_today
from wardroom.web.wards import all_wards


def opened(request: HttpRequest, form: Form, campaign: Any = None) -> Any:
    """Open an initiative as the form says, or a ward's part; None where the form stays open."""
    return submit(form, lambda given: _open(campaign, given, request))


def _open(campaign: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    today, code = today_of(request), given["ward_code"]
    return open_initiative(
        campaign,
        kind=given.get("kind", "initiative"),
        title=given["title"],
        about=given["about"],
        lead=colleague(given["lead"], "lead", request),
        next_on=given["next_on"],
        next_step=given["next_step"],
        ward=get_ward(code, today) if code else None,
        stamp=stamp_of(request),
    )


MOVES: Mapping[str, Move] = {
    "next": SHARED["next"],
    "about": Move(
        "say_where_it_stands",
        "Say what it is about",
        as_filled_in(matters.say_where_it_stands),
        "Saved what it is about and where it stands.",
    ),
    "lead": SHARED["lead"]._replace(
        title="Let somebody else lead it", said="Somebody else leads it now."
    ),
    "part": Move("open_part", "Open a ward's part", _open, "The ward's part is open."),
    "close": Move("close_matter", "Close it", as_filled_in(matters.close_matter), "It was closed."),
    "reopen": SHARED["reopen"],
}
BUTTONS = {
    "next": "Save",
    "about": "Save",
    "lead": "Hand it over",
    "part": "Open it",
    "close": "Close it",
    "reopen": "Open it again",
}


@takes_move(MOVES)
def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an initiative; what cannot be done to any has no page."""
    file = initiative_file(matter_id, actor_of(request))
    if verb == "part" and file.matter.kind != "campaign":
        raise Http404
    return make(
        request,
        MOVES[verb],
        get_matter(matter_id, actor_of(request)),
        _form(request, file, verb, request.POST),
        address=reverse("initiative", args=[matter_id]),
        again=lambda form: initiative_page_of(request, file, failed={verb: form}),
    )


def _form(request: HttpRequest, file: InitiativeFile, verb: str, posted: Any = None) -> Form:
    matter = file.matter
    if verb in SHARED:
        return shared_form(request, matter, verb, posted)
    if verb == "about":
        about = {"text": matter.standing, "former_version": matter.version}
        return forms.AboutForm(posted, initial=about)
    if verb == "part":
        return forms.PartForm(
            posted,
            initial={"title": matter.title, "about": matter.standing},
            wards=all_wards(request),
            people=leads(request),
        )
    return forms.CloseForm(posted, outcomes=matter.outcomes)


def initiative_page_of(
    request: HttpRequest, file: InitiativeFile, *, failed: Failed | None = None
) -> HttpResponse:
    """The page of an initiative; what failed is open and holds what was sent."""
    matter, today = file.matter, today_of(request)
    return page(
        request,
        "initiatives/file.html",
        title=matter.title,
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Initiatives", reverse("initiatives")),
            Crumb(matter.title),
        ),
        file=file,
        matter=matter,
        **outcome(failed),
        when=from_today(matter.next_on, today),
        revise=form_address(matter.kind, matter.id) if "adopt_plan" in file.allowed else "",
        moves=[
            (verb, title, BUTTONS[verb], form)
            for verb, title, form in offered(
                MOVES, file.allowed, failed or {}, lambda verb: _form(request, file, verb)
            )
        ],
        **plan_parts(file.plan, matter.kind, today),
    )
