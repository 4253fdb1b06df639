"""Who works here: the list, hiring, and one person with roles, covers and sign-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Role
from wardroom.directory import actions as directory
from wardroom.directory.queries import (
    GROUPS,
    RoleHeld,
    agencies,
    get_grant,
    get_staff_party,
    liaison_of,
)
from wardroom.hiring.queries.filling import appointee
from wardroom.kernel.errors import NotAllowed
from wardroom.matters.actions import start_handover
from wardroom.matters.queries import StaffFile, WorkRow, staff_file
from wardroom.matters.queries import staff_list as staff_listed
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.factors.stepping import needs_proof
from wardroom.web.rows import number_meant
from wardroom.web.staff import forms
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number, paging, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import all_wards

COLUMNS = (
    Column("Name"),
    Column("Roles"),
    Column("Covers"),
    Column("Live work", number=True),
)
WORDS: Mapping[str, str] = dict(forms.ROLES) | {
    "liaison": "Liaison",
    "staff": "Staff",
    "partner": "Partner",
}
Act = Callable[[Any, dict[str, Any], HttpRequest], Any]


class Move(NamedTuple):
    """One thing that can be done with somebody: what it needs, how, and what is said then."""

    needs: str
    act: Act
    said: str


def role_words(role: RoleHeld, today: date) -> str:
    """A role as people say it: Liaison, Ward 5, until Nov 30, 2026."""
    where = f"Ward {role.ward_code}" if role.ward_code else role.agency_code
    words = [f"Cover of {where}" if role.cover else WORDS.get(role.role, role.role)]
    words += [where] if where and not role.cover else []
    words += [f"from {day_text(role.valid_from)}"] if role.valid_from > today else []
    words += [f"until {day_text(role.valid_until)}"] if role.valid_until else []
    return ", ".join(words)


@require_safe
def staff_list(request: HttpRequest) -> HttpResponse:
    """Who works here, with roles, wards, covers and how much live work is theirs."""
    actor, today = actor_of(request), today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    group = filters.choice(request.GET, "group", "Who", GROUPS.items(), default="office")
    wards = [("", "All wards"), *((code, f"Ward {code}") for code, _ in all_wards(request))]
    ward = filters.choice(request.GET, "ward", "Ward", wards)
    found = staff_listed(
        actor, on=today, group=group.value, ward=ward.value, page=page_number(request.GET)
    )
    people = found.people
    told = "start_handover" in found.allowed
    return page(
        request,
        "staff/list.html",
        title="Staff",
        crumbs=(Crumb("Home", "/"), Crumb("Staff")),
        filters=filters.bar(request.GET, group, ward),
        allowed=found.allowed,
        told=told,
        table=table(
            counted(people.total, "person", "people"),
            COLUMNS if told else COLUMNS[:-1],
            [_cells(row, today, told=told) for row in found.rows],
            empty="Nobody fits these filters.",
            state=request.GET,
            paging=paging(request.GET, page=people.page, pages=people.pages, total=people.total),
        ),
    )


def _cells(row: WorkRow, today: date, *, told: bool) -> tuple[Cell, ...]:
    person = row.person
    tags = [] if person.signs_in else [Tag("Sign-in closed", "bad")]
    tags += [Tag("Hands over", "warn")] if row.handover is not None else []
    roles = [role_words(role, today) for role in person.roles if not role.cover]
    covers = [role_words(role, today) for role in person.roles if role.cover]
    handed = reverse("handover", args=[row.handover]) if row.handover is not None else ""
    live = Cell("-" if row.live is None else f"{row.live:,}", href=handed, number=True)
    return (
        Cell(
            person.name,
            href=reverse("staff_member", args=[person.party_id]) if told else handed,
            sub=person.email,
            tags=tuple(tags),
            main=True,
        ),
        Cell("; ".join(roles) or "No role now"),
        Cell("; ".join(covers) or "-"),
        *((live,) if told else ()),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof
def hire(request: HttpRequest) -> HttpResponse:
    """Hire somebody: they are sent a link to choose their own password."""
    actor = actor_of(request)
    if not actor.has(Role.DIRECTOR):
        raise NotAllowed
    form = forms.HireForm(
        request.POST if request.method == "POST" else None,
        initial={"since_on": today_of(request), **_appointed(request)},
        wards=_wards(request),
        agencies=[(a.code, a.name) for a in agencies(actor)],
    )
    if request.method == "POST":
        former = _seated(form, "since_on")
        person = submit(
            form,
            lambda given: directory.invite_person(
                None,
                email=given["email"],
                name=given["name_"],
                role=Role(given["role"]),
                since_on=given["since_on"],
                ward_code=given["ward_code"],
                agency_code=given["agency_code"],
                stamp=stamp_of(request),
            ),
        )
        if person is not None:
            address = reverse("staff_member", args=[person.pk])
            said = f"{person.name} is sent a link to sign in by."
            return go_on(request, address, said + _taken_over(form, former, person.name))
    return page(
        request,
        "staff/hire.html",
        title="Hire somebody",
        crumbs=(Crumb("Staff", reverse("staff")), Crumb("Hire somebody")),
        status=form.status,
        form=form,
    )


def _appointed(request: HttpRequest) -> dict[str, Any]:
    """Whom the asker appointed in a hiring of theirs, as the form takes them over."""
    posting_id = number_meant(request.GET.get("hiring", ""))
    number = number_meant(request.GET.get("application", ""))
    found = appointee(posting_id, number, actor_of(request)) if posting_id and number else None
    if found is None:
        return {}
    given = {"name_": found.name, "email": found.email, "since_on": found.first_day}
    return {name: value for name, value in given.items() if value}


def _seated(form: Form, first_day: str) -> str:
    """Who holds the liaison's seat of the ward that a form is about, on the first day."""
    given = form.cleaned_data if form.is_valid() else {}
    if given.get("role") != Role.LIAISON.value or not given["ward_code"]:
        return ""
    return liaison_of(given["ward_code"], on=given[first_day])


def _taken_over(form: Form, former: str, name: str) -> str:
    """That a seat changed hands with a hiring, where it did."""
    if not former:
        return ""
    ward, day = form.cleaned_data["ward_code"], day_text(form.cleaned_data["since_on"])
    return (
        f" {former} had the liaison's seat of Ward {ward}:"
        f" new complaints there go to {name} from {day} on."
    )


def _left_alone(form: Form) -> str:
    """Who gets new complaints where another role as liaison is given: it takes no seat."""
    if form.cleaned_data.get("role") != Role.LIAISON.value:
        return ""
    ward, holder = form.cleaned_data["ward_code"], _seated(form, "valid_from")
    if holder:
        return f" {holder} has the liaison's seat of Ward {ward} and keeps getting new complaints."
    return f" Nobody has the liaison's seat of Ward {ward}: new complaints go to the director."


def _left_later(form: Form, today: date) -> str:
    """What becomes of the work of somebody whose last day is still to come."""
    until_on = form.cleaned_data["until_on"]
    if until_on <= today:
        return ""
    return (
        f" What is theirs after {day_text(until_on)} stands in your list the morning after, "
        "to be handed over."
    )


def _end(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    grant = get_grant(given["grant"], party.pk)
    if grant.cover and grant.valid_from > today_of(request):
        return directory.call_off_cover(grant, stamp=stamp_of(request))
    return directory.end_grant(grant, until_on=given["until_on"], stamp=stamp_of(request))


def _grant(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    given = {**given, "role": Role(given["role"])}
    return directory.grant_role(party, **given, stamp=stamp_of(request))


def _cover(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return directory.cover_ward(party, **given, stamp=stamp_of(request))


def _start(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return start_handover(party, **given, stamp=stamp_of(request))


def _close(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return directory.deactivate_user(party, **given, stamp=stamp_of(request))


def _open(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return directory.reactivate_user(party, stamp=stamp_of(request))


def _link(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return directory.send_sign_in_link(party, stamp=stamp_of(request))


def _factors(party: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return directory.reset_factors(party, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "role": Move("grant_role", _grant, "The role is given."),
    "end": Move("end_grant", _end, "The last day of the role is noted."),
    "cover": Move("cover_ward", _cover, "The cover is noted. It ends by itself."),
    "start": Move("start_handover", _start, "The handover has started."),
    "close": Move("deactivate_user", _close, "The sign-in is closed."),
    "open": Move("reactivate_user", _open, "The sign-in is open again."),
    "link": Move("send_sign_in_link", _link, "A new link is on its way."),
    "factors": Move("reset_factors", _factors, "They set up a new one when they sign in."),
}


@require_safe
def member(request: HttpRequest, party_id: int) -> HttpResponse:
    """One person: roles, covers, live work, handovers so far."""
    return _page(request, _file(request, party_id))


@takes_form()
@needs_proof
def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Give or end a role, cover a ward, start a handover, close or open the sign-in."""
    file = _file(request, party_id)
    if verb not in MOVES:
        raise Http404
    form = _forms(request, file, verb)[verb]
    party = get_staff_party(party_id, actor_of(request))
    done = submit(form, lambda given: MOVES[verb].act(party, given, request))
    if done is None:
        return _page(request, _file(request, party_id), failed=(verb, form))
    here = reverse("staff_member", args=[party_id])
    address = reverse("handover", args=[done.pk]) if verb == "start" else here
    said = MOVES[verb].said + (_left_alone(form) if verb == "role" else "")
    said += _left_later(form, today_of(request)) if verb == "end" else ""
    return go_on(request, address, said)


def _file(request: HttpRequest, party_id: int) -> StaffFile:
    file = staff_file(party_id, actor_of(request), on=today_of(request))
    if not file.allowed:
        raise NotAllowed
    return file


def _forms(request: HttpRequest, file: StaffFile, verb: str = "") -> dict[str, Form]:
    today, wards = today_of(request), _wards(request)
    known = [(a.code, a.name) for a in agencies(actor_of(request))]
    roles = [(str(r.grant_id), role_words(r, today)) for r in file.person.roles]
    held = {r.ward_code for r in file.person.roles if r.ward_code}
    kinds: dict[str, Callable[..., Form]] = {
        "role": lambda *a, **k: forms.RoleForm(*a, wards=wards, agencies=known, **k),
        "end": lambda *a, **k: forms.EndForm(*a, roles=roles, **k),
        "cover": lambda *a, **k: forms.CoverForm(*a, wards=wards, **k),
        "start": lambda *a, **k: forms.StartForm(
            *a, wards=[ward for ward in wards if ward[0] in held], **k
        ),
        "close": forms.CloseForm,
        "open": forms.PlainForm,
        "link": forms.PlainForm,
        "factors": forms.FactorsForm,
    }
    started = {
        "role": {"valid_from": today},
        "end": {"until_on": today},
        "cover": {"valid_from": today},
        "start": {"last_on": today},
    }
    return {
        name: make(request.POST if name == verb else None, initial=started.get(name, {}))
        for name, make in kinds.items()
    }


def _page(
    request: HttpRequest, file: StaffFile, *, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    today = today_of(request)
    all_forms = _forms(request, file)
    if failed is not None:
        all_forms[failed[0]] = failed[1]
    roles = [(role, role_words(role, today)) for role in file.person.roles]
    return page(
        request,
        "staff/member.html",
        title=file.person.name,
        crumbs=(Crumb("Staff", reverse("staff")), Crumb(file.person.name)),
        status=failed[1].status if failed else 200,
        file=file,
        person=file.person,
        own=file.person.user_id == actor_of(request).user_id,
        roles=roles,
        is_liaison=any(role.role == "liaison" for role in file.person.roles),
        forms=all_forms,
        failed=failed[1] if failed else None,
        stuck=failed is not None and "has_live_work" in failed[1].codes,
    )


def _wards(request: HttpRequest) -> list[tuple[str, str]]:
    return [(code, f"Ward {code}") for code, _ in all_wards(request)]
