"""The next touches: whom to turn to and why, with a way to do it or to put it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.analysis.definitions import REAL_CONTACT, SILENCE
from wardroom.calendar.actions import EventDraft
from wardroom.engagement.actions import log_touch, plan_touch, put_off_touch
from wardroom.engagement.queries.touchable import TouchDraft
from wardroom.engagement.queries.touches import TouchPage, TouchRow, get_touch, touch_page
from wardroom.kernel.errors import NotAllowed
from wardroom.problems.queries import districts_where_few_report
from wardroom.web.calendar.forms import span_of
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.outreach import forms, showing
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.wards import ward_choices

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


class Move(NamedTuple):
    """One thing to do about a suggestion: its words, its form, how, and what is said then."""

    title: str
    form: type[Form]
    act: Callable[[TouchDraft, dict[str, Any], HttpRequest], object]
    said: str


class Offer(NamedTuple):
    """A thing to do about one suggestion, ready to draw."""

    verb: str
    title: str
    href: str
    form: Form


class Shown(NamedTuple):
    """A suggestion with what can be done about it."""

    row: TouchRow
    offers: tuple[Offer, ...]


def _log(draft: TouchDraft, given: dict[str, Any], request: HttpRequest) -> object:
    return log_touch(draft, **given, stamp=stamp_of(request))


def _event(draft: TouchDraft, given: dict[str, Any], request: HttpRequest) -> object:
    starts_at, ends_at = span_of(given["on"], given["starts"], given["ends"])
    event = EventDraft(
        kind=given["kind"],
        title=given["title"],
        starts_at=starts_at,
        ends_at=ends_at,
        ward_code=draft.ward_code,
        place_text=given["place_text"],
    )
    return plan_touch(draft, event=event, stamp=stamp_of(request))


def _not_now(draft: TouchDraft, given: dict[str, Any], request: HttpRequest) -> object:
    return put_off_touch(draft, **given, stamp=stamp_of(request))


MOVES: Mapping[str, Move] = {
    "log": Move("Log a contact", forms.LogForm, _log, "The contact was logged."),
    "event": Move("Plan an event", forms.PlanEventForm, _event, "It is in the calendar."),
    "not_now": Move("Not now", forms.NotNowForm, _not_now, "It comes back after that day."),
}


@require_safe
def touches(request: HttpRequest) -> HttpResponse:
    """Whom a liaison could turn to next, and why."""
    return _page(request)


def make_move(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Log a contact, plan an event, or put a suggestion off; nothing else has a page."""
    if verb not in MOVES:
        raise Http404
    return _make_move(request, key, verb)


@takes_form(steps_up=2)
def _make_move(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    draft = get_touch(key, actor_of(request), on=today_of(request))
    move = MOVES[verb]
    form = move.form(request.POST, auto_id=f"{key}_{verb}_%s")
    if submit(form, lambda given: move.act(draft, given, request)) is None:
        return _page(request, failed=(draft, verb, form))
    return go_on(request, reverse("touches"), f"{draft.name}: {move.said}")


def _page(
    request: HttpRequest, *, failed: tuple[TouchDraft, str, Form] | None = None
) -> HttpResponse:
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    found = touch_page(
        actor,
        at=stamp_of(request).at,
        ward=ward.value,
        smd=state.get("smd", ""),
        few_report=districts_where_few_report(actor),
    )
    codes = [(code, code) for code in found.smds]
    smd = filters.choice(state, "smd", "SMD", [("", "All districts"), *codes])
    return page(
        request,
        "outreach/touches.html",
        title="Next touches",
        crumbs=showing.crumbs(Crumb("Next touches")),
        status=failed[2].status if failed else 200,
        tabs=showing.tabs(showing.TOUCHES),
        filters=filters.bar(state, ward, smd),
        found=found,
        shown=_shown(request, found, failed),
        failed=failed[2] if failed else None,
        definitions=(REAL_CONTACT, SILENCE),
        at=stamp_of(request).at,
    )


def _shown(
    request: HttpRequest, found: TouchPage, failed: tuple[TouchDraft, str, Form] | None
) -> list[Shown]:
    """The suggestions; one whose form was not accepted is there whatever became of it."""
    rows = list(found.rows)
    if failed is not None and failed[0].key not in {row.draft.key for row in rows}:
        rows.insert(0, TouchRow(failed[0], (), None, False, False, reachable=True))
    return [Shown(row, _offers(request, found, row, failed)) for row in rows]


def _offers(
    request: HttpRequest,
    found: TouchPage,
    row: TouchRow,
    failed: tuple[TouchDraft, str, Form] | None,
) -> tuple[Offer, ...]:
    key = row.draft.key
    sent = failed[1:] if failed is not None and failed[0].key == key else None
    return tuple(
        Offer(
            verb,
            move.title,
            reverse("touch_move", args=[key, verb]),
            sent[1] if sent is not None and sent[0] == verb else _form(request, row.draft, verb),
        )
        for verb, move in MOVES.items()
        if _may(found, row.draft, verb)
    )


def _may(found: TouchPage, draft: TouchDraft, verb: str) -> bool:
    return "put_off_touch" in found.allowed and not (verb == "log" and draft.vacant)


def _form(request: HttpRequest, draft: TouchDraft, verb: str) -> Form:
    today = today_of(request)
    started: Mapping[str, dict[str, Any]] = {
        "log": {},
        "event": {
            "kind": "meeting",
            "title": f"Meet residents of {draft.name}"
            if draft.vacant
            else f"Visit to {draft.name}",
            "on": today + WEEK,
            "starts": "18:00",
            "ends": "19:00",
        },
        "not_now": {"until_on": today + MONTH},
    }
    return MOVES[verb].form(initial=started[verb], auto_id=f"{draft.key}_{verb}_%s")
