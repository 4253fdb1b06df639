"""A core team meeting as it is run: the roll first, then last week's asks, then the new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar import actions
from wardroom.calendar.queries import (
    MeetingPage,
    get_line,
    get_meeting,
    meeting_page,
)
from wardroom.calendar.rules import ATTENDED
from wardroom.directory.queries import agencies
from wardroom.directory.queries.core_team import get_team_seat
from wardroom.matters.queries import get_ask
from wardroom.web.calendar.forms import CancelForm, MoveForm
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.meetings import forms, matters, showing
from wardroom.web.meetings.agreeing import agree
from wardroom.web.rows import rows_address
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Deed, Failed, as_filled_in, make, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import counted, state_tag

UNDELIVERED = ("failed", "bounced")


def _roll(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    seat = get_team_seat(given["seat"], event.ward_code)
    return actions.call_seat(event, seat=seat, attended=given["attended"], stamp=stamp_of(request))


def _why(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    ask = get_ask(given["ask"], actor_of(request))
    return actions.write_line(
        event, kind="why", text=given["text"], ask=ask, stamp=stamp_of(request)
    )


def _strike(event: Any, given: dict[str, Any], request: HttpRequest) -> object:
    line = get_line(given["line"], event.pk, actor_of(request))
    return actions.strike_line(line, stamp=stamp_of(request))


MOVES: Mapping[str, Deed] = {
    "roll": Deed(_roll, "", "#roll"),
    "agree": Deed(agree, "The ask was agreed and sent to its agency.", "#new"),
    "line": Deed(as_filled_in(actions.write_line), "", "#said"),
    "why": Deed(_why, "", "#last"),
    "strike": Deed(_strike, "The line was taken back. The record of it stays.", "#said"),
    "send": Deed(as_filled_in(actions.issue_action_list), "The action list goes out now.", "#send"),
    "hold": Deed(as_filled_in(actions.hold_event), "Written down: the meeting was held."),
    "cancel": Deed(
        as_filled_in(actions.cancel_event), "The meeting was canceled, and the reason kept."
    ),
    "move": Deed(as_filled_in(actions.move_event), "The meeting has another time."),
}


@require_safe
def meeting(request: HttpRequest, event_id: int) -> HttpResponse:
    """One meeting of a core team."""
    return _page(request, event_id, {})


@takes_move(MOVES)
def make_move(request: HttpRequest, event_id: int, verb: str) -> HttpResponse:
    """Call a seat, agree an ask, write a line, send the list, or settle the meeting."""
    event = get_meeting(event_id, actor_of(request))
    view = meeting_page(event_id, actor_of(request), at=stamp_of(request).at)
    form = _forms(request, view, request.POST)[verb]
    if not form.is_bound:
        return _page(request, event_id, {}, found={verb: form})
    return make(
        request,
        MOVES[verb],
        event,
        form,
        address=reverse("meeting", args=[event_id]),
        again=lambda form: _page(request, event_id, {verb: form}),
    )


def _forms(request: HttpRequest, view: MeetingPage, data: Any = None) -> dict[str, Form]:
    started = {
        "starts_at": view.event.starts_at,
        "ends_at": view.event.ends_at,
        "seen": view.version,
    }
    return {
        "roll": forms.RollForm(data),
        "agree": _agree_form(request, view, data),
        "line": forms.LineForm(data),
        "why": forms.WhyForm(data),
        "strike": forms.StrikeForm(data),
        "send": forms.CorrectForm(data) if view.lists else forms.SendForm(data),
        "hold": PlainForm(data),
        "cancel": CancelForm(data, initial={"seen": view.version}),
        "move": MoveForm(data, initial=started),
    }


def _agencies(request: HttpRequest, view: MeetingPage) -> forms.Choices:
    """Every agency, those with a seat at the table first."""
    named = [(a.code, a.name) for a in agencies(actor_of(request))]
    seated = [row.agency_code for row in view.roll]
    return sorted(named, key=lambda a: (a[0] not in seated, a[1]))


def _agree_form(request: HttpRequest, view: MeetingPage, data: Any) -> Form:
    """The form of a new ask; where its matter is only looked up, as it was typed so far."""
    actor, number = actor_of(request), view.event.id
    found = matters.fitting(get_meeting(number, actor), actor, data) if data else ()
    kept: dict[str, Any] = {
        "agencies": _agencies(request, view),
        "fitting": found,
        "suggest": reverse("meeting_matters", args=[number]),
    }
    if data and "find" in data:
        return matters.looked_up(data, found, kept)
    return forms.AgreeForm(data, **kept)


def _page(
    request: HttpRequest,
    event_id: int,
    failed: Failed,
    found: Mapping[str, Form] | None = None,
) -> HttpResponse:
    view = meeting_page(event_id, actor_of(request), at=stamp_of(request).at)
    ward = view.event.ward_code
    home = reverse("team", args=[ward])
    out, teams = view.exceptions, Crumb("Core teams", reverse("teams"))
    return page(
        request,
        "meetings/meeting.html",
        title=view.event.title,
        crumbs=(teams, Crumb(f"Ward {ward}", home), Crumb("Meeting")),
        view=view,
        event=view.event,
        when=showing.clock(view.event.starts_at),
        state=showing.MEETING_STATES[view.state],
        forms={**_forms(request, view), **failed, **(found or {})},
        **outcome(failed),
        failed_roll="roll" in failed,
        attended=list(ATTENDED.items()),
        last=showing.ask_table(
            "Last week's asks", view.last, view, empty="Nothing was agreed or due since."
        ),
        late=showing.ask_table("Late", out.late, view, empty=""),
        silent=showing.ask_table("Without an answer", out.silent, view, empty=""),
        returned=showing.matter_table("Came back", out.returned.matters),
        locations=showing.matter_table("Due for a decision", out.locations.matters),
        agreed=showing.agreed_table(view.agreed),
        letters_said=_letters(view),
        letters_open=any(letter.state in UNDELIVERED for letter in view.letters),
        all_late=rows_address("asks", [("ward", ward), ("overdue", "yes")]),
    )


def _letters(view: MeetingPage) -> str:
    """How the letters fare, in one line: 10 letters, 9 sent, 1 failed."""
    states = Counter(letter.state for letter in view.letters)
    told = [f"{n} {state_tag(state).text.lower()}" for state, n in sorted(states.items())]
    return ", ".join([counted(len(view.letters), "letter"), *told])
