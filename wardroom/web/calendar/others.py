"""Calendars of others: a commission's or an agency's, read from its address or a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.calendar.actions import OutsideDraft, end_outside_calendar
from wardroom.calendar.queries import (
    OutsideRow,
    TheirRow,
    get_outside_calendar,
    may_plan,
    outside_calendars,
)
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.web.calendar.showing import clock_until
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.ui.forms import Form, PlainForm, choose, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, table
from wardroom.web.ui.words import counted, instant_text
from wardroom.web.wards import my_wards

COLUMNS = (Column("Calendar"), Column("Ward"), Column("Read"), Column("What you can do"))
THEIRS = (Column("When"), Column("What"), Column("Where"), Column("Ward"))


class OutsideForm(Form):
    """A calendar of others: an address, or a file."""

    name = "outside"
    called_here: ClassVar = {"name": "calendar_name"}

    calendar_name = forms.CharField(label="Name", max_length=120)
    ward_code = forms.ChoiceField(label="Ward", required=False)
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=500,
        help_text="It begins with https:// and leads to an .ics file. It is read every hour.",
    )
    file = forms.FileField(label="Or a file (.ics)", required=False)

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward_code", wards)


@require_http_methods(["GET", "HEAD", "POST"])
def others(request: HttpRequest) -> HttpResponse:
    """The calendars of others that are read, and adding one."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    if request.method == "POST" and not may_plan(actor):
        raise NotAllowed
    mine = my_wards(request)
    form = OutsideForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        wards=[("", "The whole city"), *mine] if actor.reach.city else mine,
    )
    if request.method == "POST":
        made = submit(form, lambda given: _add(request, given))
        if made is not None:
            return go_on(request, reverse("calendar_others"), "It is in the calendar as theirs.")
    return page(
        request,
        "calendar/others.html",
        title="Calendars of others",
        crumbs=(Crumb("Calendar", reverse("calendar")), Crumb("Calendars of others")),
        status=form.status,
        form=form,
        may_add=may_plan(actor),
        table=table(
            "Calendars that are read",
            COLUMNS,
            [_cells(row) for row in outside_calendars(actor)],
            empty="No calendar of others is read yet.",
        ),
    )


@takes_form(steps_up=2)
def end(request: HttpRequest, calendar_id: int) -> HttpResponse:
    """Read one no more."""
    row = get_outside_calendar(calendar_id, actor_of(request))
    form, stamp = PlainForm(request.POST), stamp_of(request)
    if submit(form, lambda _: end_outside_calendar(row, stamp=stamp)) is None:
        raise Http404
    return go_on(request, reverse("calendar_others"), "It is not read any more.")


def theirs_table(rows: tuple[TheirRow, ...]) -> Table:
    """What others have in their calendars."""
    cells = [
        (
            Cell(clock_until(row.starts_at, row.ends_at)),
            Cell(row.title, sub=row.calendar_name, main=True, tags=_tags(row)),
            Cell(row.place),
            Cell(row.ward_code or "City"),
        )
        for row in rows
    ]
    return table(f"Theirs: {counted(len(rows), 'event')}", THEIRS, cells, empty="Nothing.")


def _tags(row: TheirRow) -> tuple[Tag, ...]:
    if row.cancelled:
        return (Tag("Canceled", "bad"),)
    return (Tag("No longer in their calendar", "warn"),) if row.vanished else ()


def _add(request: HttpRequest, given: dict[str, Any]) -> object:
    """Take it up, and read it at once; what cannot be read is not taken up."""
    from wardroom.calendar.gateways.reading_outside import add_and_read

    file = given["file"]
    if not given["url"] and file is None:
        raise Refused("nothing_given", "Give an address or a file.", field="url")
    draft = OutsideDraft(given["calendar_name"], given["url"], given["ward_code"])
    content = file.read() if file is not None else None
    return add_and_read(draft, content=content, stamp=stamp_of(request))


def _cells(row: OutsideRow) -> tuple[Cell, ...]:
    control = Control(
        label="Read it no more",
        href=reverse("calendar_other_end", args=[row.id]),
        about=row.name,
        ident=f"end_{row.id}",
    )
    tags = (Tag("Could not be read", "bad"),) if row.failed_at else ()
    return (
        Cell(row.name, sub=row.url or "From a file", main=True),
        Cell(row.ward_code or "City"),
        Cell(
            instant_text(row.read_at),
            sub=row.error or counted(row.events, "event"),
            tags=tags,
        ),
        Cell(controls=(control,) if row.may_end else ()),
    )
