"""The commissions with their next meetings, and one with its year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.engagement import actions
from wardroom.engagement.queries.meetings import (
    commission_file,
    commission_rows,
    get_commission_party,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.reporting.queries import packets_sent
from wardroom.web.ancs import forms, showing
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import table
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices

MOVES: Mapping[str, Move] = {
    "year": Move(
        "plan_commission_year",
        "Plan a year",
        as_filled_in(actions.plan_commission_year),
        "The meetings are in the calendar.",
        forms.YearForm,
    ),
    "meeting": Move(
        "plan_commission_meeting",
        "Plan one meeting",
        as_filled_in(actions.plan_commission_meeting),
        "The meeting is in the calendar.",
        forms.MeetingForm,
    ),
}


NOBODY = "No commission is in your reach. The boundaries make them, under People."


@require_safe
def anc_list(request: HttpRequest) -> HttpResponse:
    """The commissions within reach, those that meet soon first, with the packet."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    rows = commission_rows(actor, on=today_of(request), ward=ward.value)
    meet = showing.soonest(rows)
    sent = packets_sent(row.next_meeting.id for row in meet if row.next_meeting)
    return page(
        request,
        "ancs/list.html",
        title="ANC meetings",
        crumbs=(Crumb("Home", "/"), Crumb("ANC meetings")),
        filters=filters.bar(request.GET, ward),
        table=table(
            f"{counted(len(meet), 'commission')} with a meeting ahead",
            showing.COMMISSIONS,
            [showing.commission_cells(row, sent, today_of(request)) for row in meet],
            empty="No meeting is planned." if rows else NOBODY,
        ),
        unplanned=[row for row in rows if row.next_meeting is None],
    )


@require_safe
def anc(request: HttpRequest, party_id: int) -> HttpResponse:
    """One commission: its meetings of two years, with the packets that went along."""
    return _page(request, party_id, {})


@takes_move(MOVES)
def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Plan a year or one meeting; what cannot be done has no page."""
    move = MOVES[verb]
    return make(
        request,
        move,
        get_commission_party(party_id, actor_of(request)),
        move.form(request.POST),
        address=reverse("anc", args=[party_id]),
        again=lambda form: _page(request, party_id, {verb: form}),
    )


def _page(request: HttpRequest, party_id: int, failed: Failed) -> HttpResponse:
    stamp, today = stamp_of(request), today_of(request)
    file = commission_file(party_id, stamp.actor, on=today)
    sent = packets_sent(row.id for row in file.meetings)
    return page(
        request,
        "ancs/file.html",
        title=file.name,
        crumbs=(Crumb("ANC meetings", reverse("ancs")), Crumb(file.name)),
        file=file,
        meetings=table(
            counted(len(file.meetings), "meeting"),
            showing.MEETINGS,
            [showing.meeting_cells(row, sent, stamp.at) for row in file.meetings],
            empty="No meeting is in the calendar.",
        ),
        **offers(
            MOVES,
            file.allowed,
            failed,
            lambda verb: MOVES[verb].form(initial=_started(verb, today)),
        ),
    )


def _started(verb: str, today: Any) -> dict[str, Any]:
    """A year that is nearly over is hardly the one that is planned."""
    return {"year": today.year + (today.month >= 11)} if verb == "year" else {}
