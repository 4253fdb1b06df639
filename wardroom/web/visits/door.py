"""The door of an event: checking people in, and paper sheets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.calendar.queries import get_participation
from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import actions
from wardroom.engagement.queries.door import (
    DoorPage,
    door_page,
    get_event_to_run,
    get_sheet,
    sheet_page,
)
from wardroom.kernel.errors import NotAllowed
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.meetings.showing import clock
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, table
from wardroom.web.ui.words import counted, instant_text
from wardroom.web.visits import forms

ODD = (Column("Who"), Column("When"), Column("Why"), Column("Written by"))
CAME = (Column("Who"), Column("Language"), Column("When"))


@require_safe
def door(request: HttpRequest, event_id: int) -> HttpResponse:
    """The door of an event, made for a phone: a name is enough to let somebody in."""
    return _door(request, door_page(event_id, actor_of(request)))


@takes_form()
def walk_in(request: HttpRequest, event_id: int) -> HttpResponse:
    """Check in somebody who is on no list."""
    event = get_event_to_run(event_id, actor_of(request))
    form = forms.GuestForm(request.POST)
    if submit(form, lambda given: _check_in(event, given, request)) is None:
        return _door(request, door_page(event_id, actor_of(request)), guest=form)
    return go_on(request, reverse("event_door", args=[event_id]), "Checked in.")


@takes_form(steps_up=2)
def invited(request: HttpRequest, event_id: int, row_id: int) -> HttpResponse:
    """Check in somebody who is on the list."""
    actor = actor_of(request)
    event, row = get_event_to_run(event_id, actor), get_participation(row_id, event_id, actor)
    actions.check_in_invited(event, participation=row, stamp=stamp_of(request))
    return go_on(request, reverse("event_door", args=[event_id]), "Checked in.")


@takes_form()
def undo(request: HttpRequest, event_id: int) -> HttpResponse:
    """Take back a check-in that was a mistake."""
    actor = actor_of(request)
    event = get_event_to_run(event_id, actor)
    form = _undo_form(door_page(event_id, actor), request.POST)

    def act(given: dict[str, Any]) -> Any:
        row = get_participation(int(given["guest"]), event_id, actor)
        return actions.take_back_check_in(event, participation=row, stamp=stamp_of(request))

    if submit(form, act) is None:
        return _door(request, door_page(event_id, actor), undo=form)
    return go_on(request, reverse("event_door", args=[event_id]), "The check-in was taken back.")


@takes_form()
def sheets(request: HttpRequest, event_id: int) -> HttpResponse:
    """Keep the photograph of a paper sheet, to be typed."""
    event = get_event_to_run(event_id, actor_of(request))
    form = forms.SheetForm(request.POST, request.FILES)
    kept = submit(form, lambda given: _keep(event, given["file"], request))
    if kept is None:
        return _door(request, door_page(event_id, actor_of(request)), sheet=form)
    return go_on(request, reverse("event_sheet", args=[kept.pk]), "Type the names beside it.")


@require_safe
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """One paper sheet with the form beside it: name by name."""
    return _sheet(request, sheet_id)


@takes_form()
def sheet_row(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Type one name of a paper sheet."""
    found = get_sheet(sheet_id, actor_of(request))
    form = forms.GuestForm(request.POST)
    if submit(form, lambda given: _check_in(found.event, given, request, found)) is None:
        return _sheet(request, sheet_id, form)
    return go_on(request, reverse("event_sheet", args=[sheet_id]), "Typed. Now the next one.")


@takes_form()
def sheet_done(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Say that everybody on a sheet was typed."""
    found = get_sheet(sheet_id, actor_of(request))
    actions.finish_sheet(found, stamp=stamp_of(request))
    return go_on(request, reverse("event_door", args=[found.event_id]), "The sheet is done.")


def _check_in(event: Any, given: dict[str, Any], request: HttpRequest, sheet: Any = None) -> Any:
    return actions.check_in_guest(
        event, name=given.pop("called"), **given, sheet=sheet, stamp=stamp_of(request)
    )


def _undo_form(found: DoorPage, data: Any = None) -> forms.UndoForm:
    return forms.UndoForm(
        data,
        guests=[("", "Choose"), *((str(row.participation_id), row.name) for row in found.came)],
    )


def _keep(event: Any, file: Any, request: HttpRequest) -> Any:
    return actions.keep_sheet(event, name=file.name, content=file.read(), stamp=stamp_of(request))


def _door(
    request: HttpRequest,
    found: DoorPage,
    *,
    guest: Form | None = None,
    sheet: Form | None = None,
    undo: Form | None = None,
) -> HttpResponse:
    if not actor_of(request).is_staff:
        raise NotAllowed
    failed = guest or sheet or undo
    runs = "run_show" in found.allowed
    crumbs = [Crumb("Calendar", reverse("calendar"))]
    crumbs.append(Crumb(found.title, reverse("event", args=[found.event_id])))
    return page(
        request,
        "visits/door.html",
        title=f"At the door: {found.title}",
        crumbs=(*crumbs, Crumb("At the door")),
        status=failed.status if failed else 200,
        found=found,
        when=clock(found.starts_at),
        guest=guest or forms.GuestForm(),
        sheet=sheet or forms.SheetForm(),
        plain=PlainForm(),
        failed=failed,
        runs=runs,
        undo=undo or (_undo_form(found) if runs and found.came else None),
        came=_came("Who came", found.came),
        odd=_odd(found.odd),
    )


def _sheet(request: HttpRequest, sheet_id: int, failed: Form | None = None) -> HttpResponse:
    found = sheet_page(sheet_id, actor_of(request))
    return page(
        request,
        "visits/sheet.html",
        title="Type a paper sheet",
        crumbs=(
            Crumb(found.title, reverse("event_door", args=[found.event_id])),
            Crumb("A paper sheet"),
        ),
        status=failed.status if failed else 200,
        found=found,
        failed=failed,
        form=failed or forms.GuestForm(),
        runs="run_show" in found.allowed and found.typed_at is None,
        rows=_came(counted(len(found.rows), "name"), found.rows),
    )


def _came(caption: str, rows: Any) -> Any:
    cells = [
        (
            Cell(
                row.name,
                href=reverse("party", args=[row.party_id]) if row.party_id else "",
                main=True,
            ),
            Cell(LANGUAGES.get(row.language, "")),
            Cell(instant_text(row.came_at)),
        )
        for row in rows
    ]
    return table(caption, CAME, cells, empty="Nobody yet.")


def _odd(rows: Any) -> Any:
    cells = [
        (
            Cell(row.said, main=True),
            Cell(instant_text(row.came_at)),
            Cell(row.why),
            Cell(row.observer_name),
        )
        for row in rows
    ]
    return table("What did not do what it says", ODD, cells, empty="Nothing.")
