"""The classes of records: what is kept of each, for how long, and what is due."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.kernel.errors import NotAllowed
from wardroom.retention import actions, rules
from wardroom.retention.queries.schedules import ClassFile, ClassRow, class_file, record_classes
from wardroom.retention.rules.classes import LISTS, OWN_PAGE
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.retention import forms
from wardroom.web.ui.forms import Form, PlainForm
from wardroom.web.ui.moves import Failed, Move, make, offered, outcome, takes_move
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, table
from wardroom.web.ui.words import counted

COLUMNS = (Column("Class"), Column("Kept"), Column("For how long"), Column("Due"))
OWN_PAGES: Mapping[str, str] = {"hirings": "hiring_kept"}

MOVES: Mapping[str, Move] = {
    "adopt": Move(
        "adopt_schedule",
        "Write down an approved schedule",
        lambda row, given, request: actions.adopt_schedule(
            None, class_code=row.code, **given, stamp=stamp_of(request)
        ),
        "It holds from its day on.",
        form=forms.ScheduleForm,
    ),
    "prepare": Move(
        "prepare_disposal",
        "Put together what may go",
        lambda row, given, request: actions.prepare_disposal(
            None, class_code=row.code, stamp=stamp_of(request)
        ),
        "The list is ready. Somebody else looks at it under Disposals and approves it.",
    ),
}


@require_safe
def class_list(request: HttpRequest) -> HttpResponse:
    """The classes of records of the office."""
    check_reader(request)
    rows = record_classes(actor_of(request), today=today_of(request))
    return page(
        request,
        "retention/classes.html",
        title="How long records are kept",
        crumbs=(*crumbs()[:-1], Crumb("How long records are kept")),
        due=sum(row.due for row in rows if row.disposal_id is None),
        table=table(
            counted(len(rows), "class", "classes"),
            COLUMNS,
            [_cells(row) for row in rows],
            empty="No class of records is known.",
        ),
    )


@require_safe
def one_class(request: HttpRequest, code: str) -> HttpResponse:
    """One class: what is in it, its schedules, and what is due."""
    return _page(request, class_file(code, actor_of(request), today=today_of(request)))


@takes_move(MOVES)
def class_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Write down a schedule of a class."""
    found = class_file(code, actor_of(request), today=today_of(request))
    return make(
        request,
        MOVES[verb],
        found.row,
        _form(found, verb, request),
        address=reverse("retention_class", args=[code]),
        again=lambda form: _page(request, found, failed={verb: form}),
    )


def check_reader(request: HttpRequest) -> None:
    """Raises `NotAllowed` for whoever does not keep the records."""
    if not actor_of(request).has(Role.RECORDS, Role.DIRECTOR):
        raise NotAllowed


def crumbs() -> tuple[Crumb, ...]:
    """The way to the classes."""
    return (
        Crumb("Records requests", reverse("records_requests")),
        Crumb("How long records are kept", reverse("retention")),
    )


def _form(found: ClassFile, verb: str, request: HttpRequest, *, sent: bool = True) -> Form:
    now = found.row
    if verb == "prepare":
        return PlainForm(request.POST if sent else None)
    return forms.ScheduleForm(
        request.POST if sent else None,
        initial={
            "months": now.months,
            "fate": now.fate,
            "basis": found.schedules[0].basis if found.schedules else found.source,
            "from_on": today_of(request),
        },
        auto_id=f"{verb}_%s",
    )


def _page(request: HttpRequest, found: ClassFile, *, failed: Failed | None = None) -> HttpResponse:
    row = found.row
    own = OWN_PAGES.get(row.code)
    return page(
        request,
        "retention/class.html",
        title=row.name,
        crumbs=(*crumbs(), Crumb(row.name)),
        found=found,
        row=row,
        now=rules.how_long(row.months).lower(),
        fate=rules.FATES[row.fate].lower(),
        schedules=[
            (one, rules.how_long(one.months), rules.FATES[one.fate].lower())
            for one in found.schedules
        ],
        by_lists=row.goes_by == LISTS,
        own_page=reverse(own) if own else "",
        has_own=row.goes_by == OWN_PAGE,
        moves=[
            (*offer, reverse("retention_class_move", args=[row.code, offer[0]]))
            for offer in offered(
                MOVES,
                found.allowed,
                failed or {},
                lambda verb: _form(found, verb, request, sent=False),
            )
        ],
        **outcome(failed),
    )


def _cells(row: ClassRow) -> tuple[Cell, ...]:
    said = f"then {rules.FATES[row.fate].lower()}" if row.months is not None else ""
    return (
        Cell(row.name, href=reverse("retention_class", args=[row.code]), sub=row.holds, main=True),
        Cell(f"{row.kept:,}"),
        Cell(
            rules.how_long(row.months),
            sub=said,
            tags=() if row.number or row.goes_by == OWN_PAGE else (Tag("Proposed", "warn"),),
        ),
        _due(row),
    )


def _due(row: ClassRow) -> Cell:
    if row.goes_by == OWN_PAGE:
        return Cell("On its own page")
    if row.goes_by != LISTS:
        return Cell("Kept", sub="Its page says why")
    if not row.number:
        return Cell("Nothing", sub="Adopt its schedule first")
    if row.disposal_id is not None:
        at = reverse("disposal", args=[row.disposal_id])
        return Cell(f"Disposal {row.disposal_id}", href=at, sub="Waits, or is being carried out")
    return Cell(f"{row.due:,}" if row.due else "Nothing")
