"""The week board, its file, and somebody sent to cover something or taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.calendar.queries.events import city_zone
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.text import ended
from wardroom.office import actions
from wardroom.office.queries import (
    ToCover,
    WeekBoard,
    check_is_somebody,
    to_cover,
    week_board,
)
from wardroom.reporting.rules.open_data import MARK, csv_lines
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, PlainForm, choose, submit
from wardroom.web.ui.new import posted
from wardroom.web.ui.page import Crumb, back_to, go_on, page
from wardroom.web.ui.tables import address
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import all_wards
from wardroom.web.week import showing

WEEK = timedelta(days=7)
SHOWN = (("", "Everything"), ("uncovered", "Only what is uncovered or clashes"))


class CoverForm(Form):
    """Who covers something, and why although something speaks against it."""

    name = "cover"

    who = forms.TypedChoiceField(label="Who covers it", coerce=int)
    because = forms.CharField(
        label="Why, where something speaks against it", max_length=300, required=False
    )

    def __init__(self, *args: Any, item: ToCover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(o.person.party_id), showing.option_words(o)) for o in item.options]
        choose(self, "who", choices)


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """Who is where in a week, and who covers."""
    state = request.GET
    board, chosen = _board(request)
    troubled = chosen["show"].value == "uncovered"
    monday, last = board.monday, board.days[-1].on
    focus = _focus(request, board)
    return page(
        request,
        "week/week.html",
        title="Week board",
        crumbs=(Crumb("Office"), Crumb("Week board")),
        filters=filters.bar(state, *chosen.values()),
        lead=f"{day_text(monday)} to {day_text(last)}",
        before=address(state, week=(monday - WEEK).isoformat(), day=""),
        after=address(state, week=(monday + WEEK).isoformat(), day=""),
        sheet=reverse("week_sheet") + address(state, week=monday.isoformat()),
        days=[
            (day, day.on == focus, address(state, week=monday.isoformat(), day=day.on.isoformat()))
            for day in board.days
        ],
        covers=[
            (row.label, [(cell, day.on == focus) for day, cell in zip(board.days, row.days,
                                                                      strict=True)])
            for row in board.covers
            if not troubled or any(cell.uncovered for cell in row.days)
        ],
        people=[
            (row, list(zip(row.cells, (day.on == focus for day in board.days), strict=True)))
            for row in showing.person_rows(board, city_zone(), troubled=troubled)
        ],
        said=_said(board),
        uncovered=showing.uncovered_table(board, request.get_full_path()),
        fair=showing.fair_table(board),
    )  # fmt: skip


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The week as a file for a spreadsheet."""
    board, _ = _board(request)
    rows = showing.sheet_rows(board, city_zone())
    text = MARK + csv_lines([showing.HEAD, *rows])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"week-{board.monday.isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, key: str) -> HttpResponse:
    """Send somebody to cover a shift or an event."""
    stamp = stamp_of(request)
    item = to_cover(key, actor_of(request), at=stamp.at)
    form = CoverForm(posted(request), item=item)
    back = back_to(request, reverse("week"))
    if form.is_bound:
        done = submit(form, lambda given: _cover(request, item, given))
        if done is not None:
            who = form.cleaned_data["who"]
            name = next(o.person.name for o in item.options if o.person.party_id == who)
            undo = ""
            if item.plans or not item.is_shift:
                undo = reverse("week_uncover", args=[key, who])
            return go_on(
                request, back, ended(f"{name} covers {item.words}, {item.when}"), undo=undo
            )
    return page(
        request,
        "week/cover.html",
        title=item.words,
        crumbs=(Crumb("Week board", reverse("week")), Crumb(item.words)),
        status=form.status,
        form=form,
        lead=item.when,
        back=back,
    )


@takes_form(steps_up=4)
def uncover(request: HttpRequest, key: str, party_id: int) -> HttpResponse:
    """Take back who covers something."""
    stamp = stamp_of(request)
    check_is_somebody(party_id)
    item = to_cover(key, stamp.actor, at=stamp.at)
    back = back_to(request, reverse("week"))
    form = PlainForm(request.POST)

    def undo(_: dict[str, Any]) -> object:
        if item.is_shift:
            return actions.keep_from_shift(item.subject, party_id=party_id, stamp=stamp)
        return actions.keep_from_event(item.subject, party_id=party_id, stamp=stamp)

    if submit(form, undo) is None:
        again = CoverForm(item=item)
        return page(
            request,
            "week/cover.html",
            title=item.words,
            crumbs=(Crumb("Week board", reverse("week")), Crumb(item.words)),
            status=form.status,
            form=again,
            refused=form,
            lead=item.when,
            back=back,
        )
    return go_on(request, back, ended(f"Taken back: {item.words}, {item.when}"))


def _cover(request: HttpRequest, item: ToCover, given: dict[str, Any]) -> object:
    stamp = stamp_of(request)
    party, because = given["who"], given["because"]
    if not item.is_shift:
        return actions.send_to_event(item.subject, party_id=party, because=because, stamp=stamp)
    user = next(o.person.user_id for o in item.options if o.person.party_id == party)
    if user is None:
        raise Refused("no_sign_in", "Who does not sign in here has no shifts.", field="who")
    if not item.plans:
        return actions.take_gap(item.subject, stamp=stamp)
    return actions.give_shift(item.subject, user_id=user, because=because, stamp=stamp)


def _board(request: HttpRequest) -> tuple[WeekBoard, dict[str, Any]]:
    actor, state = actor_of(request), request.GET
    if not actor.is_staff:
        raise NotAllowed
    wards = all_wards(request)
    given = filters.as_day(state.get("week", "")) or today_of(request)
    monday = given - timedelta(days=given.weekday())
    ward = filters.choice(
        state, "ward", "Ward", [("", "All wards"), *((code, f"Ward {code}") for code, _ in wards)]
    )
    board = week_board(
        actor,
        monday=monday,
        at=stamp_of(request).at,
        wards=[code for code, _ in wards],
        ward=ward.value,
        unit=state.get("unit", ""),
    )
    units = [("", "All units"), *((name, name) for name in board.units)]
    unit = filters.choice(state, "unit", "Unit", units)
    if unit.value != state.get("unit", ""):
        board = week_board(actor, monday=monday, at=stamp_of(request).at,
                           wards=[code for code, _ in wards], ward=ward.value)  # fmt: skip
    return board, {
        "week": filters.Day("week", "Week of", monday.isoformat()),
        "ward": ward,
        "unit": unit,
        "show": filters.choice(state, "show", "Show", SHOWN),
    }


def _focus(request: HttpRequest, board: WeekBoard) -> date:
    """The day that a phone shows: the one asked for, today, or Monday."""
    days = [day.on for day in board.days]
    for wanted in (filters.as_day(request.GET.get("day", "")), today_of(request)):
        if wanted in days:
            return wanted
    return days[0]


def _said(board: WeekBoard) -> str:
    """How many things are uncovered and clash, in a sentence."""
    clashes = sum(len(one.clashes) for one in board.people)
    if not board.uncovered and not clashes:
        return ""
    uncovered = counted(len(board.uncovered), "thing")
    return f"{uncovered} uncovered, {counted(clashes, 'clash', 'clashes')}."
