"""The calendar: a week's events, planning one with the agencies' clashes, and one event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.actor import Actor
from wardroom.calendar import actions
from wardroom.calendar.queries import (
    AgencyDay,
    EventFile,
    SharedEvent,
    agency_days,
    event_file,
    events_between,
    get_event,
    get_participation,
    may_plan,
    may_see,
    shared_event,
    their_events,
)
from wardroom.calendar.rules import JOINT_WORK_DAY, KINDS
from wardroom.directory.queries import agencies, colleagues, get_agency
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.matters.queries import get_matter
from wardroom.web.calendar import forms, sharing, showing
from wardroom.web.calendar.others import theirs_table
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.meetings.showing import MEETING_STATES, clock
from wardroom.web.rows import matter_address
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.moves import Deed, Failed, as_filled_in, make, outcome, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import address, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import my_wards, ward_choices

WEEK = timedelta(days=7)
QUARTER = WEEK * 13
SHOWN = (("", "One week"), ("list", "Three months"))
EMPTY = "Nothing is in the calendar of these days."


def _join(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    party = get_agency(given["agency"]) if given["agency"] else None
    role = "agency" if party is not None and given["role"] == "guest" else given["role"]
    return actions.add_participation(
        event, party=party, name=given["who"], role=role, stamp=stamp_of(request)
    )


def _hold(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    rows = [get_participation(int(n), event.pk, actor_of(request)) for n in given["present"]]
    return actions.hold_event_with(event, present=rows, stamp=stamp_of(request))


def _answer(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    row = get_participation(given["row"], event.pk, actor_of(request))
    return actions.note_answer(row, answer=given["answer"], stamp=stamp_of(request))


def _attend(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    row = get_participation(given["row"], event.pk, actor_of(request))
    return actions.record_attendance(row, attended=given["attended"], stamp=stamp_of(request))


MOVES: Mapping[str, Deed] = {
    "hold": Deed(_hold, "Written down: it took place."),
    "cancel": Deed(as_filled_in(actions.cancel_event), "It was canceled, and the reason kept."),
    "move": Deed(as_filled_in(actions.move_event), "It has another time."),
    "join": Deed(_join, "Whoever takes part was noted."),
    "answer": Deed(_answer, "The answer was noted."),
    "attend": Deed(_attend, "Written down who was there."),
    "publish": Deed(sharing.publish, "It is in the public calendar."),
    "withdraw": Deed(sharing.withdraw, "It is out of the public calendar."),
    "invite": Deed(sharing.invite, "The invitation goes out by mail."),
    "assign": Deed(sharing.assign, "They are asked at once, by mail."),
    "accept": Deed(sharing.accept, "You speak for the Mayor there."),
    "decline": Deed(sharing.decline, "Written down. Somebody else is chosen."),
    "release": Deed(sharing.release, "They do not speak there any more."),
}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The events of a week within reach; with an agency, all that this agency has."""
    actor = actor_of(request)
    if not may_see(actor):
        raise NotAllowed
    today = today_of(request)
    first = _monday(filters.as_day(request.GET.get("week", "")) or today)
    week = filters.Day("week", "Week of", first.isoformat())
    ward = filters.choice(request.GET, "ward", "Ward", _wards(request))
    kind = filters.choice(request.GET, "kind", "Kind", [("", "All kinds"), *KINDS.items()])
    agency = filters.choice(request.GET, "agency", "Agency", _agencies(request, "All agencies"))
    who = filters.choice(request.GET, "who", "Person", _people(request))
    shown = filters.choice(request.GET, "show", "Show", SHOWN)
    items = (week, ward, kind, who, agency, shown) if actor.is_staff else (week, kind, shown)
    span = QUARTER if shown.value else WEEK
    last = first + span - timedelta(days=1)
    rows = events_between(
        actor,
        from_on=first,
        until_on=last,
        ward_code=ward.value or None,
        kind=kind.value,
        party_id=int(who.value) if who.value and actor.is_staff else None,
    )
    days = _days_of(agency.value, actor, first, last)
    narrowed = kind.value or (who.value and actor.is_staff) or agency.value
    theirs = () if narrowed else their_events(
        actor, from_on=first, until_on=last, ward_code=ward.value or None
    )  # fmt: skip
    return page(
        request,
        "calendar/calendar.html",
        title="Calendar",
        crumbs=(Crumb("Home", "/"), Crumb("Calendar")),
        filters=filters.bar(request.GET, *items),
        allowed={"plan_event"} if may_plan(actor) else set(),
        staff=actor.is_staff,
        before=address(request.GET, week=(first - span).isoformat()),
        after=address(request.GET, week=(first + span).isoformat()),
        step="week" if span == WEEK else "three months",
        agency=agency.value if days else "",
        busy=showing.busy_table(agency.value, days),
        theirs=theirs_table(theirs) if theirs else None,
        table=table(
            f"{counted(len(rows), 'event')}, {day_text(first)} to {day_text(last)}",
            showing.COLUMNS,
            [showing.event_cells(row, stamp_of(request).at, staff=actor.is_staff) for row in rows],
            empty=EMPTY,
        ),
    )


def _days_of(agency: str, actor: Actor, first: date, last: date) -> tuple[AgencyDay, ...]:
    """The days on which an agency has something, for staff that asks for one."""
    if not agency or not actor.is_staff:
        return ()
    return agency_days([agency], actor, from_on=first, until_on=last)


@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: HttpRequest) -> HttpResponse:
    """Plan an event: first see what the agencies have that day, then put it in."""
    if not may_plan(actor_of(request)):
        raise NotAllowed
    if request.method != "POST":
        wanted = request.GET.get("kind", "")
        started: dict[str, Any] = {"kind": wanted if wanted in KINDS else JOINT_WORK_DAY}
        started["on"] = filters.as_day(request.GET.get("on", "")) or today_of(request) + WEEK
        return _new(request, _form(request, initial={**started, **_usual(request)}))
    form = _form(request, data=request.POST)
    if "plan" not in request.POST:
        return _new(request, form, seen=submit(form, lambda given: _foresee(request, given)))
    made = submit(form, lambda given: _plan(request, given))
    if made is None:
        return _new(request, form)
    return go_on(request, reverse("event", args=[made.pk]), "It is in the calendar.")


@require_safe
def event(request: HttpRequest, event_id: int) -> HttpResponse:
    """One event; meetings that the office runs have pages of their own."""
    row = get_event(event_id, actor_of(request))
    if row.kind in showing.RUN_ON and actor_of(request).is_staff:
        return HttpResponseRedirect(reverse(showing.RUN_ON[row.kind], args=[event_id]))
    return _page(request, event_id, {})


@takes_move(MOVES)
def make_move(request: HttpRequest, event_id: int, verb: str) -> HttpResponse:
    """Hold, cancel or move an event, or note who takes part, comes, or was there."""
    row = get_event(event_id, actor_of(request))
    actor, at = actor_of(request), stamp_of(request).at
    view, shared = event_file(event_id, actor, at=at), shared_event(event_id, actor, at=at)
    return make(
        request,
        MOVES[verb],
        row,
        _forms(request, view, shared, request.POST)[verb],
        address=reverse("event", args=[event_id]),
        again=lambda form: _page(request, event_id, {verb: form}),
    )


def _page(request: HttpRequest, event_id: int, failed: Failed) -> HttpResponse:
    actor = actor_of(request)
    at = stamp_of(request).at
    view, shared = event_file(event_id, actor, at=at), shared_event(event_id, actor, at=at)
    return page(
        request,
        "calendar/event.html",
        title=view.row.title,
        crumbs=(Crumb("Calendar", reverse("calendar")), Crumb(view.row.title)),
        view=view,
        row=view.row,
        when=clock(view.row.starts_at),
        state=MEETING_STATES[view.state],
        matter_href=matter_address(view.matter_kind, view.matter_id) if view.matter_id else "",
        inside=actor.is_staff,
        shared=shared,
        speakers=sharing.speakers_table(shared),
        people=showing.people_table(view, shared),
        clashes=showing.clash_table(view.days),
        run=showing.run_table(view),
        forms={**_forms(request, view, shared), **failed},
        **outcome(failed),
    )


def _forms(
    request: HttpRequest, view: EventFile, shared: SharedEvent, data: Any = None
) -> dict[str, Form]:
    started = {"starts_at": view.row.starts_at, "ends_at": view.row.ends_at, "seen": view.version}
    return {
        "hold": forms.HoldForm(data, people=view.participants),
        "cancel": forms.CancelForm(data, initial={"seen": view.version}),
        "move": forms.MoveForm(data, initial=started),
        "join": forms.JoinForm(data, agencies=_agencies(request, "")[1:]),
        "answer": forms.AnswerForm(data),
        "attend": forms.AttendForm(data),
        **sharing.forms_of(shared, data),
    }


def _new(request: HttpRequest, form: forms.EventForm, *, seen: Any = None) -> HttpResponse:
    ticked = set(form["agencies"].value() or ())
    chosen: Any = form.fields["agencies"]
    return page(
        request,
        "calendar/new.html",
        title="Plan an event",
        crumbs=(Crumb("Calendar", reverse("calendar")), Crumb("Plan an event")),
        status=form.status,
        form=form,
        agencies=[(code, name, code in ticked) for code, name in chosen.choices],
        seen=seen is not None,
        clashes=showing.clash_table(seen) if seen is not None else None,
        in_the_way=sum(len(day.clashes) for day in seen or ()),
    )


def _form(request: HttpRequest, **kwargs: Any) -> forms.EventForm:
    mine = my_wards(request)
    return forms.EventForm(
        kwargs.get("data"),
        initial=kwargs.get("initial", {}),
        wards=[("", "The whole city"), *mine] if actor_of(request).reach.city else mine,
        agencies=_agencies(request, "")[1:],
    )


def _usual(request: HttpRequest) -> dict[str, Any]:
    mine = my_wards(request)
    return {
        "starts": "09:00",
        "ends": "12:00",
        "ward_code": "" if actor_of(request).reach.city else mine[0][0] if mine else "",
        "matter": request.GET.get("matter", "")[:20],
    }


def _foresee(request: HttpRequest, given: dict[str, Any]) -> Any:
    _draft(request, given)
    on = given["on"]
    return agency_days(given["agencies"], actor_of(request), from_on=on, until_on=on)


def _plan(request: HttpRequest, given: dict[str, Any]) -> Any:
    stamp = stamp_of(request)
    named = [get_agency(code) for code in given["agencies"]]
    return actions.plan_event_with(_draft(request, given), agencies=named, stamp=stamp)


def _draft(request: HttpRequest, given: dict[str, Any]) -> actions.EventDraft:
    starts_at, ends_at = forms.span_of(given["on"], given["starts"], given["ends"])
    if ends_at <= starts_at:
        raise Refused("ends_too_early", "It ends before it starts.", field="ends_at")
    matter = None
    if given["matter"]:
        try:
            matter = get_matter(given["matter"], actor_of(request))
        except NotFound:
            raise Refused(
                "no_such_matter", "There is no matter with this number.", field="matter"
            ) from None
    return actions.EventDraft(
        kind=given["kind"],
        title=given["title"],
        starts_at=starts_at,
        ends_at=ends_at,
        ward_code=given["ward_code"],
        place_text=given["place_text"],
        place=matter.place if matter is not None and not given["place_text"] else None,
        matter=matter,
    )


def _agencies(request: HttpRequest, none: str) -> list[tuple[str, str]]:
    return [("", none), *((a.code, a.name) for a in agencies(actor_of(request)))]


def _wards(request: HttpRequest) -> list[tuple[str, str]]:
    wards = ward_choices(request)
    return wards if wards and wards[0][0] == "" else [("", "All I can see"), *wards]


def _people(request: HttpRequest) -> list[tuple[str, str]]:
    """Those of the office, the asker first."""
    found = colleagues(actor_of(request), on=today_of(request))
    return [("", "Everybody"), *((str(one.party_id), one.name) for one in found)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
