"""One initiative or campaign: its page, and everything that can be done on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from wardroom.city.queries import get_ward
from wardroom.matters import actions as matters
from wardroom.matters.queries import get_matter
from wardroom.plans.actions import open_initiative
from wardroom.plans.queries import InitiativeFile, initiative_file
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.initiatives import forms
from wardroom.web.initiatives.people import leads
from wardroom.web.initiatives.shared import SHARED, colleague, shared_form
from wardroom.web.plans.showing import plan_parts
from wardroom.web.plans.where import form_address
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.words import from_today
from wardroom.web.wards import all_wards

Act = Callable[[Any, dict[str, Any], HttpRequest], Any]


class Move(NamedTuple):
    """One thing that can be done here: what it needs, how it is done, and what is said then."""

    needs: str
    act: Act
    said: str


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


def _about(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.say_where_it_stands(matter, **given, stamp=stamp_of(request))


def _close(matter: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return matters.close_matter(matter, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "next": Move("set_next_step", SHARED["next"].act, "The next step was saved."),
    "about": Move("say_where_it_stands", _about, "Saved what it is about and where it stands."),
    "lead": Move("hand_over_matter", SHARED["lead"].act, "Somebody else leads it now."),
    "part": Move("open_part", _open, "The ward's part is open."),
    "close": Move("close_matter", _close, "It was closed."),
    "reopen": Move("reopen_matter", SHARED["reopen"].act, "It is open again."),
}
TITLES: Mapping[str, tuple[str, str]] = {
    "next": ("Set the next step", "Save"),
    "about": ("Say what it is about", "Save"),
    "lead": ("Let somebody else lead it", "Hand it over"),
    "part": ("Open a ward's part", "Open it"),
    "close": ("Close it", "Close it"),
    "reopen": ("Take it up again", "Open it again"),
}


def make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Do one thing to an initiative; what cannot be done to any has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, matter_id, verb)


@takes_form()
def _make_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    file = initiative_file(matter_id, actor_of(request))
    if verb == "part" and file.matter.kind != "campaign":
        raise Http404
    move = MOVES[verb]
    matter = get_matter(matter_id, actor_of(request))
    form = _form(request, file, verb, request.POST)
    done = submit(form, lambda given: move.act(matter, given, request))
    if done is None:
        return initiative_page_of(request, file, failed={verb: form})
    return go_on(request, reverse("initiative", args=[matter_id]), move.said)


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
    request: HttpRequest, file: InitiativeFile, *, failed: dict[str, Form] | None = None
) -> HttpResponse:
    """The page of an initiative; what failed is open and holds what was sent."""
    matter, today = file.matter, today_of(request)
    first_failed = next(iter((failed or {}).values()), None)
    may = {verb for verb, move in MOVES.items() if move.needs in file.allowed}
    shown = [verb for verb in MOVES if verb in may or verb in (failed or {})]
    return page(
        request,
        "initiatives/file.html",
        title=matter.title,
        crumbs=(
            Crumb("Home", "/"),
            Crumb("Initiatives", reverse("initiatives")),
            Crumb(matter.title),
        ),
        status=first_failed.status if first_failed else 200,
        file=file,
        matter=matter,
        failed=first_failed,
        when=from_today(matter.next_on, today),
        revise=form_address(matter.kind, matter.id) if "adopt_plan" in file.allowed else "",
        moves=[
            (verb, *TITLES[verb], (failed or {}).get(verb) or _form(request, file, verb))
            for verb in shown
        ],
        **plan_parts(file.plan, matter.kind, today),
    )
