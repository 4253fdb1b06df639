"""Public bodies: the list with terms that end, taking one on, and one with seats and meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.actions import vacate_seat
from wardroom.directory.queries import get_party_of
from wardroom.engagement import actions
from wardroom.engagement.queries.bodies import (
    BodyFile,
    body_file,
    body_page,
    ending_terms,
    get_body,
    get_body_seat,
    may_begin_bodies,
)
from wardroom.engagement.rules.bodies import COVERS
from wardroom.kernel.errors import NotAllowed
from wardroom.web.bodies import forms, showing
from wardroom.web.calendar.forms import span_of
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.initiatives.people import wards_to_open
from wardroom.web.people.moves import person_meant
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import (
    Failed,
    Move,
    as_filled_in,
    offered,
    outcome,
    takes_move,
)
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import page_number, paging, table
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices, ward_meant

EMPTY = "The office staffs no public body here. Add one, with its charter and its seats."
RUNS = "run_body"
ENDS = "No term ends within 90 days, and no seat is vacant."


def _member(body: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    seat, who = get_body_seat(int(given.pop("seat")), body), given.pop("who")
    holder = person_meant(who, request)
    return actions.seat_member(
        body,
        seat=seat,
        holder=holder,
        name="" if holder is not None else who,
        **given,
        stamp=stamp_of(request),
    )


def _leave(body: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    seat = get_body_seat(int(given.pop("seat")), body).seat
    return vacate_seat(seat, **given, stamp=stamp_of(request))


def _meet(body: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    stamp = stamp_of(request)
    starts_at, ends_at = span_of(given.pop("on"), given.pop("starts"), given.pop("ends"))
    return actions.set_body_meeting(
        body,
        starts_at=starts_at,
        ends_at=ends_at,
        owner=get_party_of(stamp.actor),
        ward=ward_meant(body.ward_code, request),
        **given,
        stamp=stamp,
    )


def _describe(body: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    draft = actions.BodyDraft(name=body.name, ward_code=body.ward_code, **given)
    return actions.describe_body(body, draft=draft, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "meet": Move(RUNS, "Set a meeting", _meet, "The meeting is set, and its clocks run."),
    "member": Move(
        RUNS, "Note an appointment", _member, "Noted who holds the seat, and until when."
    ),
    "leave": Move(RUNS, "Note that somebody left", _leave, "Noted that the seat is vacant."),
    "seat": Move(RUNS, "Add a seat", as_filled_in(actions.add_body_seat), "The seat was added."),
    "describe": Move(RUNS, "Change what it rests on", _describe),
}


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """The public bodies within reach, with terms that end and seats that are vacant."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    today = today_of(request)
    found = body_page(
        actor, now=stamp_of(request).at, ward=ward.value, page=page_number(request.GET)
    )
    ending = ending_terms(actor, today=today, ward=ward.value)
    return page(
        request,
        "bodies/list.html",
        title="Public bodies",
        crumbs=(Crumb("Home", "/"), Crumb("Public bodies")),
        filters=filters.bar(request.GET, ward),
        begins=may_begin_bodies(actor),
        table=table(
            counted(found.total, "public body", "public bodies"),
            showing.BODIES,
            [showing.body_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
        ending=table(
            "Terms that end within 90 days, and vacant seats",
            showing.ENDING,
            [showing.ending_cells(row, today) for row in ending],
            empty=ENDS,
            caption_hidden=True,
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def body_new(request: HttpRequest) -> HttpResponse:
    """Take on the staffing of a public body."""
    if not may_begin_bodies(actor_of(request)):
        raise NotAllowed
    return new_page(
        request,
        "bodies/new.html",
        forms.BodyForm(posted(request), wards=wards_to_open(request)),
        lambda given: _begin(request, given),
        leads_to=lambda made: (
            reverse("body", args=[made.party_id]),
            "The body is here. Add its seats next.",
        ),
        title="Add a public body",
        crumbs=(*_crumbs(), Crumb("Add a public body")),
    )


@require_safe
def body(request: HttpRequest, party_id: int) -> HttpResponse:
    """One public body: what it rests on, its seats and terms, and its meetings."""
    return _page(request, body_file(party_id, actor_of(request), now=stamp_of(request).at))


@takes_move(MOVES)
def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Do one thing to a public body; what cannot be done to any has no page."""
    actor, move = actor_of(request), MOVES[verb]
    file, found = body_file(party_id, actor, now=stamp_of(request).at), get_body(party_id, actor)
    form = _form(file, verb, request.POST)
    done = submit(form, lambda given: move.act(found, given, request))
    if done is None:
        return _page(request, file, failed={verb: form})
    if verb == "meet":
        return go_on(request, reverse("body_meeting", args=[done.matter_id]), move.said)
    return go_on(request, reverse("body", args=[party_id]), move.said)


def _begin(request: HttpRequest, given: dict[str, Any]) -> Any:
    draft = actions.BodyDraft(name=given.pop("called"), **given)
    return actions.begin_body(draft, stamp=stamp_of(request))


def _form(file: BodyFile, verb: str, posted: Any = None) -> Form:
    seats = [(str(seat.id), seat.title) for seat in file.seats]
    if verb == "member":
        return forms.MemberForm(posted, seats=seats)
    if verb == "leave":
        held = [
            (str(seat.id), f"{seat.title}: {seat.held.name}") for seat in file.seats if seat.held
        ]
        return forms.LeaveForm(posted, seats=held)
    if verb == "seat":
        return forms.BodySeatForm(posted)
    if verb == "meet":
        return forms.MeetForm(posted)
    started = {
        name: getattr(file, name)
        for name in ("authority", "purpose", "cover", "cover_why", "notice_to")
    }
    return forms.DescribeForm(posted, initial={**started, "quorum": file.own_quorum})


def _page(request: HttpRequest, file: BodyFile, *, failed: Failed | None = None) -> HttpResponse:
    today = today_of(request)
    return page(
        request,
        "bodies/body.html",
        title=file.name,
        crumbs=(*_crumbs(), Crumb(file.name)),
        file=file,
        cover=COVERS[file.cover],
        seats=table(
            counted(len(file.seats), "seat"),
            showing.SEATS,
            [showing.seat_cells(row, today) for row in file.seats],
            empty="It has no seat yet. Add each seat that its charter names.",
        ),
        meetings=table(
            "Its newest meetings",
            showing.MEETINGS,
            [showing.meeting_cells(row) for row in file.meetings],
            empty="No meeting is set.",
            caption_hidden=True,
        ),
        moves=[
            (*offer, reverse("body_move", args=[file.id, offer[0]]))
            for offer in offered(MOVES, file.allowed, failed or {}, lambda verb: _form(file, verb))
        ],
        **outcome(failed),
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Public bodies", reverse("bodies")),)
