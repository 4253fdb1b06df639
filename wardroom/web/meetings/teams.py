"""The core teams: the list of wards, and one ward's team with its weekly meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar.actions import SeriesDraft, begin_series, end_series
from wardroom.calendar.queries import get_series, team_list, team_page
from wardroom.directory.actions import SeatDraft, leave_seat, seat_agency, take_agency_off
from wardroom.directory.queries import agencies, get_agency
from wardroom.directory.queries.core_team import get_team_seat, people_of_agencies
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.meetings import forms, showing
from wardroom.web.ui.forms import Form
from wardroom.web.ui.moves import Deed, Failed, make, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import table
from wardroom.web.ui.words import counted

TUESDAY = 1


def _seat(ward: str, given: dict[str, Any], request: HttpRequest) -> object:
    draft = SeatDraft(
        ward_code=ward,
        agency=get_agency(given["agency"]),
        since_on=given["since_on"],
        name=given["who"],
        email=given["email"],
        alternate=bool(given["alternate"]),
    )
    return seat_agency(draft, stamp=stamp_of(request))


def _leave(ward: str, given: dict[str, Any], request: HttpRequest) -> object:
    seat = get_team_seat(given["seat"], ward)
    return leave_seat(seat, until_on=today_of(request), stamp=stamp_of(request))


def _off(ward: str, given: dict[str, Any], request: HttpRequest) -> object:
    seat = get_team_seat(given["seat"], ward)
    return take_agency_off(seat, reason=given["reason"], stamp=stamp_of(request))


def _begin(ward: str, given: dict[str, Any], request: HttpRequest) -> object:
    return begin_series(SeriesDraft(ward_code=ward, **given), stamp=stamp_of(request))


def _end(ward: str, given: dict[str, Any], request: HttpRequest) -> object:
    series = get_series(ward, actor_of(request))
    return end_series(series, reason=given["reason"], stamp=stamp_of(request))


MOVES: Mapping[str, Deed] = {
    "seat": Deed(_seat, "The seat was given."),
    "leave": Deed(_leave, "The seat is vacant from today."),
    "off": Deed(_off, "The agency has no seat any more."),
    "begin": Deed(_begin, "The weekly meeting is planned thirteen weeks ahead."),
    "end": Deed(_end, "The weekly meeting was ended, and what was to come canceled."),
}


@require_safe
def team_index(request: HttpRequest) -> HttpResponse:
    """The core teams within reach, in the order of the wards."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    rows = team_list(actor, at=stamp_of(request).at)
    return page(
        request,
        "meetings/teams.html",
        title="Core teams",
        crumbs=(Crumb("Calendar", reverse("calendar")), Crumb("Core teams")),
        definition=rows[0].kept.definition if rows else None,
        table=table(
            counted(len(rows), "core team"),
            showing.TEAMS,
            [showing.team_cells(row) for row in rows],
            empty="No ward is in your reach.",
        ),
    )


@require_safe
def team(request: HttpRequest, ward: str) -> HttpResponse:
    """The core team of one ward."""
    return _page(request, ward, {})


@takes_move(MOVES)
def make_move(request: HttpRequest, ward: str, verb: str) -> HttpResponse:
    """Give a seat, vacate it, take an agency off, begin or end the weekly meeting."""
    team_page(ward, actor_of(request), at=stamp_of(request).at)
    return make(
        request,
        MOVES[verb],
        ward,
        _forms(request, request.POST)[verb],
        address=reverse("team", args=[ward]),
        again=lambda form: _page(request, ward, {verb: form}),
    )


def _forms(request: HttpRequest, data: Any = None) -> dict[str, Form]:
    today = today_of(request)
    named = [(a.code, a.name) for a in agencies(actor_of(request))]
    coming = today + timedelta(days=(TUESDAY - today.weekday()) % 7)
    return {
        "seat": forms.SeatForm(data, agencies=named, initial={"since_on": today}),
        "leave": forms.LeaveForm(data),
        "off": forms.OffForm(data),
        "begin": forms.SeriesForm(
            data, initial={"first_on": coming, "starts": "10:00", "minutes": 90}
        ),
        "end": forms.ReasonForm(data),
    }


def _page(request: HttpRequest, ward: str, failed: Failed) -> HttpResponse:
    stamp = stamp_of(request)
    view = team_page(ward, stamp.actor, at=stamp.at)
    meetings = (*reversed(view.coming), *view.past)
    return page(
        request,
        "meetings/team.html",
        title=f"Core team of Ward {ward}",
        crumbs=(Crumb("Core teams", reverse("teams")), Crumb(f"Ward {ward}")),
        view=view,
        kept=view.kept,
        as_of=stamp.at,
        next=view.coming[0] if view.coming else None,
        next_when=showing.clock(view.coming[0].event.starts_at) if view.coming else "",
        seats=showing.seat_table(view),
        meetings=table(
            "Meetings, the latest first",
            showing.MEETINGS,
            [showing.meeting_cells(row) for row in meetings],
            empty="No meeting is planned. Plan a weekly one.",
        ),
        people=people_of_agencies(stamp.actor) if "keep_core_team" in view.allowed else (),
        forms={**_forms(request), **failed},
        **outcome(failed),
    )
