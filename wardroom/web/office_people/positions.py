"""Positions: the picture of the office, adding one, and one with everybody who held it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.actions import take_back_holder, vacate_seat
from wardroom.directory.queries import colleagues, get_colleague
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.text import listed
from wardroom.office import actions
from wardroom.office.queries import (
    PositionFile,
    Structure,
    builds_office,
    get_position,
    get_seat_without,
    get_unit,
    may_log,
    position_file,
    sees_requirement,
    structure,
    unit_choices,
)
from wardroom.office.queries.money import may_read_money
from wardroom.office.queries.paying import funds_of_position, positions_by_fund
from wardroom.office.rules import structure as rules
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.office_people.paying import fte_text, fund_table, paid_words
from wardroom.web.ui.forms import DayField, Form, LongText, PlainForm, choose
from wardroom.web.ui.moves import Failed, Move, make, offers, takes_move
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.words import counted
from wardroom.web.wards import all_wards


class UnitForm(Form):
    """A unit more."""

    name = "unit"
    called_here = {"name": "name_"}  # noqa: RUF012

    name_ = forms.CharField(label="Name of the unit", max_length=80)
    parent = forms.TypedChoiceField(label="Under", coerce=int, empty_value=None, required=False)


class RenameForm(UnitForm):
    """A unit called otherwise, or put elsewhere."""

    name = "rename"
    field_order = ("unit",)

    unit = forms.TypedChoiceField(label="Which unit", coerce=int)


class CloseUnitForm(Form):
    """A unit that is no more."""

    name = "close_unit"

    unit = forms.TypedChoiceField(label="Which unit", coerce=int)


class PositionForm(Form):
    """A position that exists, or one that is proposed and why."""

    name = "position"
    field_order = ("standing", "title", "ward_code", "unit", "grade", "fte", "since_on", "reason")

    standing = forms.ChoiceField(
        label="Does it exist?",
        choices=((rules.EXISTING, "It exists"), (rules.PROPOSED, "It is proposed")),
    )
    title = forms.CharField(label="Title", max_length=120)
    ward_code = forms.ChoiceField(label="Ward", required=False)
    unit = forms.TypedChoiceField(label="Unit", coerce=int, empty_value=None, required=False)
    grade = forms.CharField(label="Grade", max_length=20, required=False, help_text="Such as ES-5.")
    fte = forms.DecimalField(
        label="Part of a full-time job", max_digits=3, decimal_places=2, help_text="1, or 0.5."
    )
    since_on = DayField(label="Exists since")
    reason = LongText(label="Why it is proposed", max_length=300, required=False)

    needed_at_times = frozenset({"reason"})


class ChangeForm(Form):
    """Another unit, grade or part of a job."""

    name = "change"

    unit = forms.TypedChoiceField(label="Unit", coerce=int, empty_value=None, required=False)
    grade = forms.CharField(label="Grade", max_length=20, required=False)
    fte = forms.DecimalField(label="Part of a full-time job", max_digits=3, decimal_places=2)
    reason = LongText(label="Why", max_length=300)


class FillForm(Form):
    """Who holds it from when; that they hold another job too is asked once it is refused."""

    name = "fill"
    called_here = {"name": "holder"}  # noqa: RUF012

    holder = forms.TypedChoiceField(label="Who", coerce=int)
    since_on = DayField(label="From")
    again = forms.BooleanField(label="They hold both; this is meant", required=False)

    needed_at_times = frozenset({"again"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            del self.fields["again"]


class VacateForm(Form):
    """From which day on nobody holds it."""

    name = "vacate"

    until_on = DayField(label="From this day on nobody holds it")
    reason = forms.CharField(label="Why", max_length=200, required=False)


class EstablishForm(Form):
    """From which day on it exists."""

    name = "establish"

    since_on = DayField(label="Exists from")


class EndForm(Form):
    """Why it is closed or dropped."""

    name = "end"

    reason = LongText(label="Why", max_length=300)


def _unit(request: HttpRequest, unit_id: int | None) -> Any:
    return get_unit(unit_id, actor_of(request)) if unit_id else None


def _add_unit(_: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    parent = _unit(request, given["parent"])
    return actions.add_unit(None, name=given["name_"], parent=parent, stamp=stamp_of(request))


def _rename(_: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    unit, parent = _unit(request, given["unit"]), _unit(request, given["parent"])
    return actions.change_unit(unit, name=given["name_"], parent=parent, stamp=stamp_of(request))


def _close_unit(_: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.close_unit(_unit(request, given["unit"]), stamp=stamp_of(request))


def _change(position: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    given = {**given, "unit": _unit(request, given["unit"])}
    return actions.change_position(position, **given, stamp=stamp_of(request))


def _fill(position: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    holder = get_colleague(given.pop("holder"), actor_of(request), on=today_of(request))
    return actions.hold_position(position, holder=holder, **given, stamp=stamp_of(request))


def _take_back(position: Any, _: dict[str, Any], request: HttpRequest) -> Any:
    return take_back_holder(position.seat, stamp=stamp_of(request))


def _vacate(position: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return vacate_seat(position.seat, **given, stamp=stamp_of(request))


def _establish(position: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.establish_position(position, **given, stamp=stamp_of(request))


def _end(position: Any, given: dict[str, Any], request: HttpRequest) -> Any:
    return actions.end_position(position, **given, stamp=stamp_of(request))


UNIT_MOVES: Mapping[str, Move] = {
    "unit": Move("add_unit", "Add a unit", _add_unit, "The unit is there."),
    "rename": Move("add_unit", "Rename or move a unit", _rename),
    "close": Move("add_unit", "Close a unit", _close_unit, "The unit is closed."),
}
MOVES: Mapping[str, Move] = {
    "fill": Move("fill_seat", "Say who holds it", _fill, "Noted."),
    "take-back": Move(
        "take_back_holder", "Take back who holds it", _take_back, "It was taken back."
    ),
    "vacate": Move("vacate_seat", "Say that it is vacant", _vacate, "Noted."),
    "establish": Move("establish_position", "It exists now", _establish, "It exists, vacant."),
    "change": Move("change_position", "Change it", _change),
    "end": Move("end_position", "Close it, or drop the proposal", _end, "Done."),
}


@require_safe
def position_list(request: HttpRequest) -> HttpResponse:
    """The office as it is built: units under units, and who holds each position."""
    if not actor_of(request).is_staff:
        raise NotAllowed
    return _picture(request, {})


@takes_move(UNIT_MOVES, steps_up=2)
def unit_move(request: HttpRequest, verb: str) -> HttpResponse:
    """Add, rename, move or close a unit."""
    if not builds_office(actor_of(request)):
        raise NotAllowed
    return make(
        request,
        UNIT_MOVES[verb],
        None,
        _unit_form(request, verb, request.POST),
        address=reverse("positions"),
        again=lambda form: _picture(request, {verb: form}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def position_new(request: HttpRequest) -> HttpResponse:
    """Add a position that exists, or propose one."""
    actor, today = actor_of(request), today_of(request)
    if not builds_office(actor):
        raise NotAllowed
    seat = _seat(request)
    started = {"since_on": today, "fte": 1}
    if seat is not None:
        started |= {"title": seat.title, "ward_code": seat.ward_code}
    form = PositionForm(posted(request), initial=started)
    choose(form, "ward_code", [("", "The whole city"), *_wards(request)])
    choose(form, "unit", [("", "No unit"), *unit_choices(actor, on=today)])
    return new_page(
        request,
        "office_people/position_new.html",
        form,
        lambda given: _add(request, given, seat),
        leads_to=lambda made: (reverse("position", args=[made.pk]), "The position is there."),
        title="Add a position",
        crumbs=(Crumb("Positions", reverse("positions")), Crumb("Add a position")),
        seat=seat.pk if seat is not None else "",
    )


@require_safe
def position(request: HttpRequest, position_id: int) -> HttpResponse:
    """One position: who holds it and held it, and what happened to it."""
    return _page(request, position_file(position_id, actor_of(request), on=today_of(request)), {})


@takes_move(MOVES)
def position_move(request: HttpRequest, position_id: int, verb: str) -> HttpResponse:
    """Fill a position, vacate it, change it, or close it."""
    actor = actor_of(request)
    file = position_file(position_id, actor, on=today_of(request))
    if not file.allowed:
        raise NotAllowed
    if verb in ("fill", "take-back", "vacate") and file.seat_id is None:
        raise NotFound("a proposed position has no seat")
    return make(
        request,
        MOVES[verb],
        get_position(position_id, actor),
        _form(request, file, verb, request.POST),
        address=reverse("position", args=[position_id]),
        again=lambda form: _page(request, file, {verb: form}),
    )


def _add(request: HttpRequest, given: dict[str, Any], seat: Any) -> Any:
    draft = actions.PositionDraft(
        title=given["title"],
        fte=given["fte"],
        unit=_unit(request, given["unit"]),
        ward_code=given["ward_code"],
        grade=given["grade"],
    )
    stamp = stamp_of(request)
    if given["standing"] == rules.PROPOSED:
        return actions.propose_position(None, draft=draft, reason=given["reason"], stamp=stamp)
    return actions.add_position(
        None, draft=draft, since_on=given["since_on"], seat=seat, stamp=stamp
    )


def _seat(request: HttpRequest) -> Any:
    asked = request.GET.get("seat", "")
    small = asked.isascii() and asked.isdigit() and len(asked) < 12
    return get_seat_without(int(asked), actor_of(request)) if small else None


def _picture(request: HttpRequest, failed: Failed) -> HttpResponse:
    actor, today = actor_of(request), today_of(request)
    file = structure(actor, on=today)
    reads_money = may_read_money(actor)
    return page(
        request,
        "office_people/positions.html",
        title="Positions",
        crumbs=(Crumb("Home", "/"), Crumb("Positions")),
        file=file,
        summary=_summary(file),
        by_fund=fund_table(positions_by_fund(file, actor, on=today)) if reads_money else None,
        sees_need=sees_requirement(actor),
        logs=may_log(actor),
        **offers(UNIT_MOVES, file.allowed, failed, lambda verb: _unit_form(request, verb)),
    )


def _summary(file: Structure) -> str:
    words = [
        f"{fte_text(file.filled_fte)} of {fte_text(file.existing_fte)} full-time jobs are filled"
    ]
    if file.lent_fte:
        words.append(f"{_is(file.lent_fte)} held by somebody on detail or a volunteer")
    vacant = f" ({counted(file.vacant, 'position')})" if file.vacant else ""
    words.append(f"{_is(file.vacant_fte)} vacant{vacant}")
    if file.proposed_fte:
        more = "is" if file.proposed_fte <= 1 else "are"
        words.append(f"{fte_text(file.proposed_fte)} more {more} proposed")
    return listed(words)


def _is(jobs: Decimal) -> str:
    return f"{fte_text(jobs)} {'is' if 0 < jobs <= 1 else 'are'}"


def _unit_form(request: HttpRequest, verb: str, sent: Any = None) -> Form:
    units = unit_choices(actor_of(request), on=today_of(request))
    form = {"unit": UnitForm, "rename": RenameForm, "close": CloseUnitForm}[verb](sent)
    if verb != "close":
        choose(form, "parent", [("", "At the top"), *units])
    if verb != "unit":
        choose(form, "unit", [("", "Choose"), *units])
    return form


def _form(request: HttpRequest, file: PositionFile, verb: str, sent: Any = None) -> Form:
    actor, today, row = actor_of(request), today_of(request), file.row
    if verb == "change":
        now = {"unit": row.unit_id, "grade": row.grade, "fte": row.fte}
        change = ChangeForm(sent, initial=now)
        choose(change, "unit", [("", "No unit"), *unit_choices(actor, on=today)])
        return change
    if verb == "fill":
        fill = FillForm(sent, initial={"since_on": today})
        choose(fill, "holder", [("", "Choose"), *_people(request)])
        return fill
    if verb == "vacate":
        return VacateForm(sent, initial={"until_on": today})
    if verb == "establish":
        return EstablishForm(sent, initial={"since_on": today})
    if verb == "take-back":
        return PlainForm(sent)
    return EndForm(sent)


def _people(request: HttpRequest) -> list[tuple[int, str]]:
    found = colleagues(actor_of(request), on=today_of(request))
    return [(c.party_id, c.label) for c in found]


def _wards(request: HttpRequest) -> list[tuple[str, str]]:
    return [(code, f"Ward {code}") for code, _ in all_wards(request)]


def _page(request: HttpRequest, file: PositionFile, failed: Failed) -> HttpResponse:
    row = file.row
    called = rules.called(row.title, row.ward_code)
    paid = funds_of_position(row, actor_of(request), on=today_of(request))
    return page(
        request,
        "office_people/position.html",
        title=called,
        crumbs=(Crumb("Positions", reverse("positions")), Crumb(called)),
        file=file,
        row=row,
        standing=rules.STATUSES[row.status],
        reads_money=paid is not None,
        paid=paid_words(paid or ()),
        **offers(_named(file), file.allowed, failed, lambda verb: _form(request, file, verb)),
    )


def _named(file: PositionFile) -> Mapping[str, Move]:
    """The moves, of which the one that takes somebody back says whom."""
    back = MOVES["take-back"]._replace(title=f"Take back that {file.noted} holds it")
    return {**MOVES, "take-back": back} if file.noted else MOVES
