"""The start page: how things stand, or what waits for a partner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.access.actor import Role
from wardroom.engagement.queries.notices import NoticeRow, may_announce_notices, notice_page
from wardroom.fieldwork.queries import found_page
from wardroom.ledger.queries import changes_since
from wardroom.matters.queries import ask_list, worklist
from wardroom.problems.queries import new_candidates
from wardroom.reporting.queries import WardGlance, ward_glances
from wardroom.web.anc_notices.views import COLUMNS as NOTICE_COLUMNS
from wardroom.web.anc_notices.views import notice_cells
from wardroom.web.asks.views import COLUMNS as ASK_COLUMNS
from wardroom.web.asks.views import ask_cells
from wardroom.web.data.alarm import directors_alarms
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.rows import rows_address
from wardroom.web.ui.page import page
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import counted, state_tag

WEEK = timedelta(days=7)
MOST_NOTICES = 5
CHANGES = {
    "Complaints taken in": ("ComplaintTaken",),
    "Came back after closing": ("MatterCameBack",),
    "Places designated": ("LocationDesignated",),
    "Asked of agencies": ("AskRequested",),
    "Answered by agencies": ("AskAccepted", "AskDeclined", "AskCountered", "PromiseMoved"),
    "Done, say agencies": ("AskDone",),
    "Seen in the field": ("ConditionChecked",),
    "Closed": ("MatterClosed",),
}
WARD_COLUMNS = (
    Column("Ward"),
    Column("Open issues", number=True),
    Column("Past their date", number=True),
    Column("Undecided candidates", number=True),
    Column("Locations", number=True),
    Column("Asks waiting", number=True),
    Column("Other date offered", number=True),
    Column("Asks late", number=True),
    Column("This week's report"),
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who is signed in; a visitor is led to the neighborhood."""
    actor = actor_of(request)
    if actor.user_id is None:
        return redirect("near")
    if actor.is_staff:
        return page(request, "house/staff.html", title="How things stand", **_staff(request))
    if actor.has(Role.PARTNER):
        return page(request, "house/partner.html", title="What waits for you", **_partner(request))
    return page(request, "house/nobody.html", title="Nothing waits for you")


def _staff(request: HttpRequest) -> dict[str, Any]:
    """What a director or a liaison needs to see: numbers, new places, and what changed."""
    actor, at = actor_of(request), stamp_of(request).at
    today = timezone.localdate(at)
    glances = ward_glances(actor, at=at)
    since = working_day_before(today)
    return {
        "directs": actor.has(Role.DIRECTOR),
        "alarms": directors_alarms(request),
        "waits": worklist(actor, on=today, size=1),
        "wards": _ward_table(glances) if len(glances) != 1 else None,
        "numbers": _numbers(glances[0]) if len(glances) == 1 else (),
        "mine": glances[0] if len(glances) == 1 else None,
        "new": new_candidates(actor, on=today, since=_midnight(today - WEEK)),
        "since": since,
        "changes": changes_since(actor, since=_midnight(since), sorts=CHANGES),
    }


def working_day_before(today: date) -> date:
    """Yesterday; after a weekend, the Friday before it."""
    back = {0: 3, 6: 2}.get(today.weekday(), 1)
    return today - timedelta(days=back)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _numbers(glance: WardGlance) -> tuple[tuple[str, int, str], ...]:
    """The numbers of a ward, each with the list of its rows; the same as a row of all wards."""
    ward = ("ward", glance.ward_code)
    return (
        ("Open issues", glance.issues, rows_address("issues", [ward])),
        ("Past their date", glance.issues_late, rows_address("issues", [ward, ("date", "late")])),
        ("Undecided candidates", glance.undecided, rows_address("candidates", [ward])),
        ("Locations", glance.locations, rows_address("locations", [ward])),
        ("Asks waiting", glance.asks_waiting, _asks_address(ward, ("state", "requested"))),
        ("Other date offered", glance.asks_offered, _asks_address(ward, ("state", "countered"))),
        ("Asks late", glance.asks_late, _asks_address(ward, ("overdue", "1"))),
    )


def _asks_address(*filters: tuple[str, str]) -> str:
    return rows_address("asks", filters)


def _partner(request: HttpRequest) -> dict[str, Any]:
    actor, at = actor_of(request), stamp_of(request).at
    today = timezone.localdate(at)
    found = found_page(actor, at=at, state="none")
    waiting = ask_list(actor, on=today, state="requested")
    promised = ask_list(actor, on=today, state="accepted")
    announces = may_announce_notices(actor)
    owed = notice_page(actor, on=today) if announces else None
    return {
        "announces": announces,
        "owed": _owed(owed.rows if owed else (), today),
        "owed_total": owed.total if owed else 0,
        "waiting": _asks("Asks that wait for your answer", waiting.rows, today),
        "waiting_total": waiting.total,
        "promised": _asks("What you promised", promised.rows, today),
        "promised_total": promised.total,
        "found": counted(found.total, "finding"),
        "found_total": found.total,
    }


def _owed(rows: Sequence[NoticeRow], today: date) -> Table:
    cells = [notice_cells(row, today) for row in rows[:MOST_NOTICES]]
    columns = [Column(c.label) for c in NOTICE_COLUMNS]
    caption = "Notices that you owe ANCs"
    return table(caption, columns, cells, empty="None is open.", caption_hidden=True)


def _asks(caption: str, rows: Any, today: Any) -> Table:
    columns = [Column(c.label) for c in ASK_COLUMNS]
    cells = [ask_cells(row, today) for row in rows]
    return table(caption, columns, cells, empty="None.", caption_hidden=True)


def _ward_table(glances: tuple[WardGlance, ...]) -> Table:
    return table(
        "All wards side by side",
        WARD_COLUMNS,
        [_ward_cells(g) for g in glances],
        empty="No ward boundaries are loaded yet.",
        caption_hidden=True,
    )


def _ward_cells(glance: WardGlance) -> tuple[Cell, ...]:
    report = (
        Cell(
            "Open",
            href=reverse("report", args=[glance.report_id]),
            tags=(state_tag(glance.report_state),),
        )
        if glance.report_id
        else Cell("not drafted")
    )
    return (
        Cell(glance.ward_name, href=reverse("area", args=["ward", glance.ward_code]), main=True),
        *(
            Cell(f"{number:,}", href=href if number else "", number=True)
            for _, number, href in _numbers(glance)
        ),
        report,
    )
