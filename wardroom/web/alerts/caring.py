"""Households, roles, and the after-action review of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.directory.queries import agencies, colleagues, get_agency
from wardroom.incidents import actions
from wardroom.incidents.gateways.paper import review_name, typeset_review
from wardroom.incidents.queries import get_incident
from wardroom.incidents.queries.care import Households, ReviewFile, households, review_file
from wardroom.incidents.rules import CAPABILITIES, FOLLOW_UPS
from wardroom.kernel.errors import NotFound
from wardroom.web.alerts import care_forms
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.initiatives.shared import colleague
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import (
    Deed,
    Failed,
    Move,
    as_filled_in,
    make,
    offered,
    offers,
    takes_move,
)
from wardroom.web.ui.page import Crumb, page

Choices = list[tuple[str, str]]


def people_here(request: HttpRequest) -> Choices:
    """Everybody of the office who can hold a role."""
    found = colleagues(actor_of(request), on=today_of(request))
    return [(str(person.party_id), person.label) for person in found]


def all_agencies(request: HttpRequest) -> Choices:
    """The agencies, by code."""
    return [(agency.code, agency.name) for agency in agencies(actor_of(request))]


def _role(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    party = colleague(given.pop("party"), "party", request)
    return actions.give_incident_role(incident, party=party, **given, stamp=stamp_of(request))


def _resume(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.resume_incident(incident, **given, stamp=stamp_of(request))


def _down(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.stand_down(incident, **given, stamp=stamp_of(request))


CARE: Mapping[str, Move] = {
    "role": Move("give_incident_role", "Give or hand over a role", _role, "The role was given."),
    "down": Move(
        "stand_down",
        "Stand down",
        _down,
        "Stood down. The follow-ups and the review are on the owner's list. Until the review is "
        "begun, “Take standing down back” undoes it.",
    ),
    "resume": Move(
        "resume_incident",
        "Take standing down back",
        _resume,
        "The office works on it again: the roles are held as before, and a report is due.",
    ),
}


def care_form(request: HttpRequest, verb: str, posted: Any = None) -> Form:
    """The form of one of these moves."""
    if verb == "role":
        return care_forms.RoleForm(posted, people=people_here(request))
    return care_forms.ResumeForm(posted) if verb == "resume" else care_forms.DownForm(posted)


KEPT: Mapping[str, Move] = {
    "dispose": Move(
        "dispose_households",
        "Remove what households needed",
        as_filled_in(actions.dispose_households),
        "It was removed. How many homes there were stays.",
    ),
    "hold": Move(
        "hold_households", "Keep it longer", as_filled_in(actions.hold_households), "It is kept."
    ),
    "lift": Move(
        "lift_households_hold",
        "Keep it no longer",
        as_filled_in(actions.lift_households_hold),
        "It is kept for its days only.",
    ),
}


def _of_home(act: Any) -> Any:
    def do(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
        home = given.pop("household")
        act(incident, household_id=home, **given, stamp=stamp_of(request))
        return incident

    return do


HOMES: Mapping[str, Move] = {
    "rename": Move(
        "rename_household",
        "Give it another label",
        _of_home(actions.rename_household),
        "The label was changed.",
        form=care_forms.RenameForm,
    ),
    "out": Move(
        "take_household_out",
        "Take it out",
        _of_home(actions.take_household_out),
        "It was taken out.",
        form=care_forms.TakeOutForm,
    ),
}


@require_safe
def household_page(request: HttpRequest, matter_id: int) -> HttpResponse:
    """What households need: rows for those who run the incident, sums for the others."""
    return _households(request, _found(request, matter_id))


@takes_form()
def household_note(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Note what one home needs, or correct it."""
    found = _found(request, matter_id)
    form = care_forms.HouseholdForm(request.POST, agencies=all_agencies(request))
    return make(
        request,
        Deed(_household, "Noted."),
        get_incident(matter_id, actor_of(request)),
        form,
        address=reverse("households", args=[matter_id]),
        again=lambda failed: _households(request, found, failed=failed),
    )


@takes_form()
def household_follow(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Note that the agency of a home was asked after 24 or 72 hours."""
    found = _found(request, matter_id)
    return make(
        request,
        Deed(_follow, "The follow-up was noted."),
        get_incident(matter_id, actor_of(request)),
        care_forms.FollowForm(request.POST),
        address=reverse("households", args=[matter_id]),
        again=lambda failed: _households(request, found, failed=failed),
    )


@takes_move({**KEPT, **HOMES})
def household_keep(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Correct or take out one home; remove all once their time is over, or keep them longer."""
    found = _found(request, matter_id)
    if verb in HOMES:
        return make(
            request,
            HOMES[verb],
            get_incident(matter_id, actor_of(request)),
            HOMES[verb].form(request.POST),
            address=reverse("households", args=[matter_id]),
            again=lambda form: _households(request, found, failed=form),
        )
    return make(
        request,
        KEPT[verb],
        get_incident(matter_id, actor_of(request)),
        _kept_form(verb, request.POST),
        address=reverse("households", args=[matter_id]),
        again=lambda form: _households(request, found, failed=form, kept={verb: form}),
    )


def _kept_form(verb: str, sent: Any = None) -> Form:
    return PlainForm(sent) if verb == "dispose" else care_forms.KeptForm(sent)


def _found(request: HttpRequest, matter_id: int) -> Households:
    return households(matter_id, actor_of(request), at=stamp_of(request).at)


def _household(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    code = given.pop("owner")
    owner = get_agency(code) if code else None
    given |= {name: given[name] or 0 for name in ("adults", "children", "older", "pets")}
    return actions.note_household(incident, owner=owner, **given, stamp=stamp_of(request))


def _follow(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.follow_household_up(
        incident, household_id=given["household"], hours=given["hours"], stamp=stamp_of(request)
    )


def _households(
    request: HttpRequest,
    found: Households,
    *,
    failed: Form | None = None,
    kept: Failed | None = None,
) -> HttpResponse:
    noting = failed if isinstance(failed, care_forms.HouseholdForm) else None
    return page(
        request,
        "alerts/households.html",
        title="Households",
        crumbs=_crumbs(found.matter_id, found.title, "Households"),
        status=failed.status if failed else 200,
        failed=failed,
        found=found,
        hours=tuple(FOLLOW_UPS.items()),
        moves=offered(KEPT, found.allowed, kept or {}, _kept_form),
        form=noting or care_forms.HouseholdForm(agencies=all_agencies(request)),
    )


def _write(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    ratings = {name: given.pop(name) for name in CAPABILITIES}
    return actions.write_after_action(incident, ratings=ratings, **given, stamp=stamp_of(request))


def _step(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    noun, _, key = given.pop("who").partition(":")
    if noun == "agency":
        party: Any = get_agency(key)
    else:
        party = colleague(int(key), "who", request)
    return actions.add_corrective_step(incident, party=party, **given, stamp=stamp_of(request))


def _step_out(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.leave_step_out(incident, step_id=given["step"], stamp=stamp_of(request))


def _finish(incident: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.finish_after_action(incident, stamp=stamp_of(request))


REVIEW: Mapping[str, Move] = {
    "write": Move("write_after_action", "Write the review", _write, "The review was saved."),
    "step": Move("add_corrective_step", "Add a step to do better", _step, "The step was added."),
    "out": Move("leave_step_out", "Take it out", _step_out, "The step was taken out."),
    "finish": Move(
        "finish_after_action",
        "Finish it",
        _finish,
        "Finished. A step of a colleague is on their list now; one of an agency is drafted as an "
        "ask, which you send from its page.",
    ),
}


@require_safe
def review(request: HttpRequest, matter_id: int) -> HttpResponse:
    """What an incident taught, and what is done better."""
    return _review(request, review_file(matter_id, actor_of(request)))


@takes_move(REVIEW)
def review_move(request: HttpRequest, matter_id: int, verb: str) -> HttpResponse:
    """Write the review, add a step, or finish it."""
    found = review_file(matter_id, actor_of(request))
    return make(
        request,
        REVIEW[verb],
        get_incident(matter_id, actor_of(request)),
        _review_form(request, found, verb, request.POST),
        address=reverse("incident_review", args=[matter_id]),
        again=lambda form: _review(request, found, failed={verb: form}),
    )


@require_safe
def review_pdf(request: HttpRequest, matter_id: int) -> HttpResponse:
    """The review on paper."""
    found = review_file(matter_id, actor_of(request))
    if not found.version:
        raise NotFound(f"no review of {matter_id}")
    content = typeset_review(found, at=stamp_of(request).at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{review_name(found)}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _review_form(request: HttpRequest, found: ReviewFile, verb: str, posted: Any = None) -> Form:
    if verb == "write":
        started = {
            "expected": found.expected,
            "happened": found.happened,
            "why": found.why,
            "strengths": found.strengths,
            **found.ratings,
        }
        return care_forms.ReviewForm(posted, initial=started)
    if verb == "step":
        who = [(f"party:{pk}", name) for pk, name in people_here(request)]
        who += [(f"agency:{code}", name) for code, name in all_agencies(request)]
        return care_forms.StepForm(posted, who=who, initial={"starts_on": today_of(request)})
    return care_forms.StepOutForm(posted) if verb == "out" else PlainForm(posted)


def _review(
    request: HttpRequest, found: ReviewFile, *, failed: Failed | None = None
) -> HttpResponse:
    shown = offers(REVIEW, found.allowed, failed, lambda verb: _review_form(request, found, verb))
    return page(
        request,
        "alerts/review.html",
        title="After-action review",
        crumbs=_crumbs(found.matter_id, found.title, "After-action review"),
        found=found,
        moves=[one for one in shown.pop("moves") if one[0] != "out"],
        **shown,
    )


def _crumbs(matter_id: int, title: str, here: str) -> tuple[Crumb, ...]:
    return (
        Crumb("Home", "/"),
        Crumb("Incidents", reverse("incidents")),
        Crumb(title, reverse("incident", args=[matter_id])),
        Crumb(here),
    )
