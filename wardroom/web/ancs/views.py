"""The commissions with their next meetings, and one with its year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
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
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import table
from wardroom.web.ui.words import counted
from wardroom.web.wards import ward_choices


class Move(NamedTuple):
    """Something that is done to a commission's calendar."""

    title: str
    form: type[Form]
    act: Callable[..., Any]
    said: str
    needs: str


MOVES: Mapping[str, Move] = {
    "year": Move(
        "Plan a year",
        forms.YearForm,
        actions.plan_commission_year,
        "The meetings are in the calendar.",
        "plan_commission_year",
    ),
    "meeting": Move(
        "Plan one meeting",
        forms.MeetingForm,
        actions.plan_commission_meeting,
        "The meeting is in the calendar.",
        "plan_commission_meeting",
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


def make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    """Plan a year or one meeting; what cannot be done has no page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, party_id, verb)


@takes_form()
def _make_move(request: HttpRequest, party_id: int, verb: str) -> HttpResponse:
    party, move = get_commission_party(party_id, actor_of(request)), MOVES[verb]
    form = move.form(request.POST)
    if submit(form, lambda given: move.act(party, **given, stamp=stamp_of(request))) is None:
        return _page(request, party_id, {verb: form})
    return go_on(request, reverse("anc", args=[party_id]), move.said)


def _page(request: HttpRequest, party_id: int, failed: dict[str, Form]) -> HttpResponse:
    stamp, today = stamp_of(request), today_of(request)
    file = commission_file(party_id, stamp.actor, on=today)
    sent = packets_sent(row.id for row in file.meetings)
    wrong = next(iter(failed.values()), None)
    return page(
        request,
        "ancs/file.html",
        title=file.name,
        crumbs=(Crumb("ANC meetings", reverse("ancs")), Crumb(file.name)),
        status=wrong.status if wrong else 200,
        file=file,
        meetings=table(
            counted(len(file.meetings), "meeting"),
            showing.MEETINGS,
            [showing.meeting_cells(row, sent, stamp.at) for row in file.meetings],
            empty="No meeting is in the calendar.",
        ),
        moves=[
            (verb, move.title, failed.get(verb) or move.form(initial=_started(verb, today)))
            for verb, move in MOVES.items()
            if move.needs in file.allowed or verb in failed
        ],
        failed=wrong,
    )


def _started(verb: str, today: Any) -> dict[str, Any]:
    """A year that is nearly over is hardly the one that is planned."""
    return {"year": today.year + (today.month >= 11)} if verb == "year" else {}
