"""A group's meeting: its agenda before, who came and what was said, and the minutes after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
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
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.groups import forms
from wardroom.web.groups.views import crumbs
from wardroom.web.meetings.agreeing import agree
from wardroom.web.meetings.forms import AgreeForm
from wardroom.web.meetings.matters import fitting
from wardroom.web.meetings.showing import MEETING_STATES, agreed_table, clock
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page


class Move(NamedTuple):
    """Something that is done at a meeting: how, what is said, and where the page goes on."""

    act: Callable[[HttpRequest, Any, dict[str, Any]], object]
    said: str
    part: str = ""


def _agenda(request: HttpRequest, event: Any, given: dict[str, Any]) -> object:
    items = given["items"].splitlines()
    return actions.set_agenda(event, items=items, stamp=stamp_of(request))


def _roll(request: HttpRequest, event: Any, given: dict[str, Any]) -> object:
    guests = given["guests"].splitlines()
    actions.call_members(event, present=given["present"], guests=guests, stamp=stamp_of(request))
    return event


def _item(request: HttpRequest, event: Any, given: dict[str, Any]) -> object:
    return actions.note_item(event, **given, stamp=stamp_of(request))


def _decision(request: HttpRequest, event: Any, given: dict[str, Any]) -> object:
    return calendar.write_line(event, kind="decision", **given, stamp=stamp_of(request))


def _with(act: Callable[..., object]) -> Callable[[HttpRequest, Any, dict[str, Any]], object]:
    """An action that takes what was filled in as it is."""
    return lambda request, event, given: act(event, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "agenda": Move(_agenda, "The agenda was saved.", "agenda"),
    "roll": Move(_roll, "Written down who came.", "roll"),
    "item": Move(_item, "Saved.", "agenda"),
    "decision": Move(_decision, "The decision was written down.", "decided"),
    "agree": Move(agree, "The ask was agreed and sent to its agency.", "agreed"),
    "approve": Move(_with(actions.approve_minutes), "The minutes are approved and change no more."),
    "hold": Move(_with(calendar.hold_event), "Written down: the meeting was held."),
    "cancel": Move(_with(calendar.cancel_event), "The meeting was canceled, and the reason kept."),
    "move": Move(_with(calendar.move_event), "The meeting has another time."),
}


@require_safe
def meeting(request: HttpRequest, event_id: int) -> HttpResponse:
    """One meeting of a group."""
    return _page(request, _view(request, event_id), {})


@takes_form()
def make_move(request: HttpRequest, event_id: int, verb: str) -> HttpResponse:
    """Set the agenda, call the roll, write down what was said, or approve the minutes."""
    if verb not in MOVES:
        raise Http404
    event, view = get_group_meeting(event_id, actor_of(request)), _view(request, event_id)
    form = _form(request, view, verb, request.POST)
    done = submit(form, lambda given: MOVES[verb].act(request, event, given))
    if done is None:
        return _page(request, view, {verb: form})
    part = f"#{MOVES[verb].part}" if MOVES[verb].part else ""
    return go_on(request, reverse("group_meeting", args=[event_id]) + part, MOVES[verb].said)


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


def _page(request: HttpRequest, view: GroupMeeting, failed: dict[str, Form]) -> HttpResponse:
    wrong, home = next(iter(failed.values()), None), reverse("group", args=[view.group_id])
    return page(
        request,
        "groups/meeting.html",
        title=view.event.title,
        crumbs=(*crumbs(), Crumb(view.group_name, home), Crumb("Meeting")),
        status=wrong.status if wrong else 200,
        view=view,
        event=view.event,
        when=clock(view.event.starts_at),
        state=MEETING_STATES[view.event.state],
        forms={**{verb: _form(request, view, verb) for verb in MOVES}, **failed},
        failed=wrong,
        agreed=agreed_table(view.agreed),
        present=[row for row in view.roll if row.attended == "present"],
        absent=[row for row in view.roll if row.attended == "absent"],
    )
