"""The staff that the work needs, by ward and beside scenarios; and the study of times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import get_party_of
from wardroom.incidents.queries.exercises import exercise_ids
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.text import listed
from wardroom.office import actions
from wardroom.office.queries import (
    Plan,
    Staffing,
    WardRow,
    get_scenario,
    get_time_log,
    logged_today,
    may_log,
    staffing,
)
from wardroom.office.rules import staffing as rules
from wardroom.problems.queries.walks import ward_rates
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.ui.forms import DayField, Form, LongText, submit
from wardroom.web.ui.moves import Failed, Move, as_filled_in, make, offers, takes_move
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, table
from wardroom.web.ui.words import counted

KINDS = tuple((kind, work.one) for kind, work in rules.KINDS.items())
WHERE = {
    "issue": ("issues", "?state=all&opened=year"),
    "persistent_location": ("locations", "?state=all&worked=year"),
    "meeting": ("calendar", "?show=list"),
    "incident": ("incidents", "?state=counted&opened_from={since}"),
}


class StudyForm(Form):
    """Use what was logged between two days."""

    name = "study"

    kind = forms.ChoiceField(label="Kind of work", choices=KINDS)
    since_on = DayField(label="Logged from")
    until_on = DayField(label="Logged until")


class NoteForm(Form):
    """Hours of one piece that were measured elsewhere."""

    name = "note"

    kind = forms.ChoiceField(label="Kind of work", choices=KINDS)
    hours = forms.DecimalField(label="Hours that one takes", max_digits=7, decimal_places=2)
    low = forms.DecimalField(label="At least", max_digits=7, decimal_places=2)
    high = forms.DecimalField(label="At most", max_digits=7, decimal_places=2)
    observed = forms.IntegerField(label="Measured on how many", min_value=0)
    how = forms.CharField(label="How, and where", max_length=200)


class YearForm(Form):
    """The hours of a person in a year."""

    name = "year"

    net_hours = forms.IntegerField(label="Hours that a person is there in a year")
    utilisation = forms.DecimalField(
        label="Part of them for such work", max_digits=3, decimal_places=2, help_text="Such as 0.75"
    )
    reason = LongText(label="Why", max_length=300)


class ScenarioForm(Form):
    """A year as it might be: what is left blank is as today."""

    name = "scenario"
    called_here = {"name": "name_"}  # noqa: RUF012

    name_ = forms.CharField(label="Name of the scenario", max_length=80)
    positions = forms.DecimalField(
        label="Jobs more, or fewer with a minus",
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="What is left blank stays as it is today.",
    )
    net_hours = forms.IntegerField(label="Hours of a person in a year", required=False)
    utilisation = forms.DecimalField(
        label="Part of them for such work", max_digits=3, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, work in rules.KINDS.items():
            self.fields[f"volumes_{kind}"] = forms.FloatField(label=work.many, required=False)
            self.fields[f"hours_{kind}"] = forms.FloatField(
                label=f"Hours for one: {work.one.lower()}", required=False
            )


def _scenario(_: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    changes = {
        "volumes": {kind: given[f"volumes_{kind}"] for kind in rules.KINDS},
        "hours": {kind: given[f"hours_{kind}"] for kind in rules.KINDS},
        "positions": given["positions"],
        "net_hours": given["net_hours"],
        "utilisation": given["utilisation"],
    }
    stamp = stamp_of(request)
    return actions.keep_scenario(None, name=given["name_"], changes=changes, stamp=stamp)


MOVES: Mapping[str, Move] = {
    "scenario": Move(
        "plan_staff", "Keep a scenario beside it", _scenario, "Kept.", ScenarioForm, "#plans"
    ),
    "measured": Move(
        "plan_staff",
        "Use what was logged",
        as_filled_in(actions.take_measured_time),
        "The measured time is used from now on.",
        StudyForm,
    ),
    "note": Move(
        "plan_staff",
        "Note a time measured elsewhere",
        as_filled_in(actions.note_unit_time),
        "The measured time is used from now on.",
        NoteForm,
    ),
    "year": Move(
        "plan_staff",
        "Set the hours of a year",
        as_filled_in(actions.set_work_year),
        "Set.",
        YearForm,
    ),
}


@require_safe
def requirement(request: HttpRequest) -> HttpResponse:
    """What the work of the last year needs, what there is, and what is missing."""
    return _page(request, {})


@takes_move(MOVES)
def make_move(request: HttpRequest, verb: str) -> HttpResponse:
    """Keep a scenario, use a measured time, or set the hours of a year."""
    file = _file(request)
    if "plan_staff" not in file.allowed:
        raise NotAllowed
    return make(
        request,
        MOVES[verb],
        None,
        MOVES[verb].form(request.POST),
        address=reverse("staffing"),
        again=lambda form: _page(request, {verb: form}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, scenario_id: int) -> HttpResponse:
    """Look at a scenario no more; whoever only opens the address is shown them all."""
    found = get_scenario(scenario_id, actor_of(request))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("staffing"))
    actions.drop_scenario(found, stamp=stamp_of(request))
    return go_on(request, reverse("staffing"), "The scenario was dropped.")


@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest) -> HttpResponse:
    """Log minutes for a kind of work in two presses: the kind, then how long."""
    actor, today = actor_of(request), today_of(request)
    if not may_log(actor):
        raise NotAllowed
    form = LogForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        logged = submit(form, lambda given: _log(request, given))
        if logged is not None:
            words = rules.KINDS[logged.kind].one.lower()
            return go_on(request, reverse("time_study"), f"{logged.minutes} minutes, {words}.")
    rows = logged_today(actor, on=today)
    return page(
        request,
        "office_people/study.html",
        title="Time study",
        crumbs=(Crumb("Positions", reverse("positions")), Crumb("Time study")),
        status=form.status,
        form=form,
        kinds=KINDS,
        chosen=form.data.get("kind", "") if form.is_bound else "",
        presses=rules.PRESSES,
        rows=rows,
        minutes=sum(row.minutes for row in rows),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, log_id: int) -> HttpResponse:
    """Take back time that was logged by mistake today; who opens the address sees the day."""
    log = get_time_log(log_id, actor_of(request))
    if request.method != "POST":
        return HttpResponseRedirect(reverse("time_study"))
    try:
        actions.take_back_time(log, stamp=stamp_of(request))
    except NotAllowed:
        raise
    except Refused as no:
        return go_on(request, reverse("time_study"), no.sentence)
    return go_on(request, reverse("time_study"), "It was taken back.")


class LogForm(Form):
    """What kind of work, how many minutes, and whether it is finished."""

    name = "log"

    kind = forms.ChoiceField(label="Kind of work", choices=KINDS)
    minutes = forms.IntegerField(label="Minutes")
    going_on = forms.BooleanField(label="It is not finished yet", required=False)


def _log(request: HttpRequest, given: dict[str, Any]) -> Any:
    return actions.log_time(
        get_party_of(actor_of(request)),
        kind=given["kind"],
        minutes=given["minutes"],
        finished=0 if given["going_on"] else 1,
        stamp=stamp_of(request),
    )


def _behind(kind: str, file: Staffing) -> str:
    """The list of what was counted, of the year that was counted."""
    name, part = WHERE[kind]
    return reverse(name) + part.format(since=file.since_on.isoformat())


def _file(request: HttpRequest) -> Staffing:
    actor = actor_of(request)
    try:
        return staffing(
            actor,
            on=today_of(request),
            rates=ward_rates(actor),
            exercises=exercise_ids(stamp_of(request).at - timedelta(days=366)),
        )
    except NotFound:
        raise NotAllowed from None


def _page(request: HttpRequest, failed: Failed) -> HttpResponse:
    file = _file(request)
    today = file.plans[0]
    return page(
        request,
        "office_people/staffing.html",
        title="Staff needed",
        crumbs=(Crumb("Positions", reverse("positions")), Crumb("Staff needed")),
        file=file,
        today=today,
        gap=_gap(today.gap),
        counts=[(row, _behind(row.kind, file)) for row in today.works],
        plans=_plans(file),
        drops=[(p.name, p.scenario_id) for p in file.plans if p.scenario_id is not None],
        wards=table(
            counted(len(file.wards), "ward"),
            (
                Column("Ward"),
                Column("Hours of work", number=True),
                Column("Needs", number=True),
                Column("If all reported alike", number=True),
                Column("There", number=True),
                Column("Missing", number=True),
            ),
            [_ward(row) for row in file.wards],
            empty="No ward has work on record yet.",
            caption_hidden=True,
        ),
        wards_sum=sum(row.share.fte for row in file.wards),
        posts=table(
            counted(len(file.posts), "post"),
            (
                Column("Somebody is at the post"),
                Column("Hours in a year", number=True),
                Column("People it takes", number=True),
            ),
            [
                (Cell(p.words, main=True), Cell(f"{p.hours:,}"), Cell(f"{p.people:.2f}"))
                for p in file.posts
            ],
            empty="",
            caption_hidden=True,
        ),
        placeholders=listed(t.words.lower() for t in file.times if t.placeholder),
        **offers(MOVES, file.allowed, failed),
    )


def _plans(file: Staffing) -> Any:
    """Today and the scenarios side by side, a row for each figure."""
    plans = file.plans
    columns = (Column("Figure"), *(Column(plan.name, number=True) for plan in plans))
    rows: list[list[Cell]] = []
    for at, work in enumerate(plans[0].works):
        rows.append([Cell(work.words, main=True), *(_volume(p, at) for p in plans)])
        rows.append([Cell(f"Hours for one of them, {work.words.lower()}", main=True),
                     *(Cell(f"{p.works[at].hours:,.2f}") for p in plans)])  # fmt: skip
    measured = not any(row.placeholder for row in file.times)
    lines: tuple[tuple[str, Callable[[Plan], str]], ...] = (
        ("Hours a year that a person is there", lambda p: f"{p.net_hours:,}"),
        ("Part of them for this work", lambda p: f"{p.utilisation:.0%}"),
        ("Staff needed", lambda p: f"{p.need.fte:.2f}"),
        ("At the ends of all ranges", lambda p: _range(p, measured)),
        ("Jobs that are filled", lambda p: f"{p.positions:.2f}"),
        ("Missing", lambda p: _signed(p.gap)),
    )
    for words, told in lines:
        rows.append([Cell(words, main=True), *(Cell(told(plan)) for plan in plans)])
    return table("Today and scenarios", columns, rows, empty="", caption_hidden=True)


def _range(plan: Plan, measured: bool) -> str:
    return f"{plan.need.low:.2f} to {plan.need.high:.2f}" if measured else "not measured"


def _volume(plan: Plan, at: int) -> Cell:
    work = plan.works[at]
    return Cell(f"{work.volume:,.0f}", sub="changed" if work.changed and plan.scenario_id else "")


def _ward(row: WardRow) -> tuple[Cell, ...]:
    share = row.share
    even = f"{share.even_fte:.2f}" if share.even_fte is not None else "not known"
    return (
        Cell(f"Ward {share.ward}", main=True),
        Cell(f"{share.hours:,.0f}"),
        Cell(f"{share.fte:.2f}"),
        Cell(even),
        Cell(f"{row.there:.2f}"),
        Cell(_signed(row.gap)),
    )


def _signed(gap: float) -> str:
    if gap >= 0.005:
        return f"{gap:.2f}"
    return "none" if gap > -0.005 else f"none, {-gap:.2f} more than needed"


def _gap(gap: float) -> str:
    if gap > 0:
        return f"{gap:.2f} full-time jobs are missing"
    return f"There are {-gap:.2f} full-time jobs more than the work needs"
