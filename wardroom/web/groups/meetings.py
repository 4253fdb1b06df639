"""A group's meeting: its agenda before, who came and what was said, and the minutes after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar import actions as calendar
from wardroom.directory.queries import agencies
from wardroom.engagement import actions
from wardroom.engagement.queries.minutes import (
    GroupMeeting,
    get_group_meeting,
    group_meeting,
    group_minutes_paper,
)
from wardroom.engagement.rules.groups import agenda_lines
from wardroom.web.calendar.forms import CancelForm, MoveForm
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.groups import forms
from wardroom.web.groups.views import crumbs
from wardroom.web.meetings.agreeing import agree
from wardroom.web.meetings.forms import AgreeForm
from wardroom.web.meetings.matters import fitting
from wardroom.web.meetings.showing import MEETING_STATES, agreed_table, clock
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Deed, Failed, as_filled_in, make, outcome, takes_move
from wardroom.web.ui.page import Crumb, page


def _agenda(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    items = given["items"].splitlines()
    return actions.set_agenda(event, items=items, stamp=stamp_of(request))


def _roll(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    guests = given["guests"].splitlines()
    actions.call_members(event, present=given["present"], guests=guests, stamp=stamp_of(request))
    return event


def _decision(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    return calendar.write_line(event, kind="decision", **given, stamp=stamp_of(request))


MOVES: Mapping[str, Deed] = {
    "agenda": Deed(_agenda, "The agenda was saved.", "#agenda"),
    "roll": Deed(_roll, "Written down who came.", "#roll"),
    "item": Deed(as_filled_in(actions.note_item), "Saved.", "#agenda"),
    "decision": Deed(_decision, "The decision was written down.", "#decided"),
    "agree": Deed(agree, "The ask was agreed and sent to its agency.", "#agreed"),
    "approve": Deed(
        as_filled_in(actions.approve_minutes), "The minutes are approved and change no more."
    ),
    "hold": Deed(as_filled_in(calendar.hold_event), "Written down: the meeting was held."),
    "cancel": Deed(
        as_filled_in(calendar.cancel_event), "The meeting was canceled, and the reason kept."
    ),
    "move": Deed(as_filled_in(calendar.move_event), "The meeting has another time."),
}


@require_safe
def meeting(request: HttpRequest, event_id: int) -> HttpResponse:
    """One meeting of a group."""
    return _page(request, _view(request, event_id), {})


@takes_move(MOVES)
def make_move(request: HttpRequest, event_id: int, verb: str) -> HttpResponse:
    """Set the agenda, call the roll, write down what was said, or approve the minutes."""
    view = _view(request, event_id)
    return make(
        request,
        MOVES[verb],
        get_group_meeting(event_id, actor_of(request)),
        _form(request, view, verb, request.POST),
        address=reverse("group_meeting", args=[event_id]),
        again=lambda form: _page(request, view, {verb: form}),
    )


@require_safe
def pdf(request: HttpRequest, event_id: int) -> HttpResponse:
    """The minutes as a PDF: as approved, or a draft of them."""
    name, content = group_minutes_paper(event_id, actor_of(request), on=today_of(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _view(request: HttpRequest, event_id: int) -> GroupMeeting:
    return group_meeting(event_id, actor_of(request), on=today_of(request))


def _form(request: HttpRequest, view: GroupMeeting, verb: str, data: Any = None) -> Form:
    if verb == "agenda":
        lines = agenda_lines((row.title, row.minutes) for row in view.agenda)
        return forms.AgendaForm(data, initial={"items": lines})
    if verb == "roll":
        return _roll_form(view, data)
    if verb == "agree":
        actor = actor_of(request)
        named = [(a.code, a.name) for a in agencies(actor)]
        found = fitting(get_group_meeting(view.event.id, actor), actor, data) if data else ()
        return AgreeForm(data, agencies=named, fitting=found)
    if verb == "cancel":
        return CancelForm(data, initial={"seen": view.version})
    if verb == "move":
        times = {"starts_at": view.event.starts_at, "ends_at": view.event.ends_at}
        return MoveForm(data, initial={**times, "seen": view.version})
    if verb == "approve":
        return forms.ApproveForm(data, initial={"approved_on": today_of(request)})
    plain = {"item": forms.ItemForm, "decision": forms.DecisionForm}
    return plain.get(verb, PlainForm)(data)


def _roll_form(view: GroupMeeting, data: Any) -> Form:
    members = [(str(row.party_id), row.name) for row in view.roll if not row.guest]
    came = [row.party_id for row in view.roll if row.attended == "present"]
    guests = "\n".join(row.name for row in view.roll if row.guest)
    started = {"present": came, "guests": guests}
    return forms.RollForm(data, members=members, initial=started)


def _page(request: HttpRequest, view: GroupMeeting, failed: Failed) -> HttpResponse:
    home = reverse("group", args=[view.group_id])
    return page(
        request,
        "groups/meeting.html",
        title=view.event.title,
        crumbs=(*crumbs(), Crumb(view.group_name, home), Crumb("Meeting")),
        view=view,
        event=view.event,
        when=clock(view.event.starts_at),
        state=MEETING_STATES[view.event.state],
        forms={**{verb: _form(request, view, verb) for verb in MOVES}, **failed},
        **outcome(failed),
        agreed=agreed_table(view.agreed),
        present=[row for row in view.roll if row.attended == "present"],
        absent=[row for row in view.roll if row.attended == "absent"],
    )
