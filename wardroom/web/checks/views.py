"""Rounds of spot checks: the list, drawing one, and one with its result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.queries import agencies
from wardroom.fieldwork.actions import end_round
from wardroom.fieldwork.queries import (
    DisputeRow,
    RoundFile,
    disputes_of,
    end_held,
    get_round,
    may_draw,
    round_file,
    round_page,
    unfixed_stops,
)
from wardroom.fieldwork.rules import REQUESTS, SOURCES
from wardroom.kernel.errors import NotAllowed
from wardroom.library.queries import topics
from wardroom.web.checks import showing
from wardroom.web.checks.forms import RoundForm, lot_choices, wanted_of
from wardroom.web.edge import actor_of, stamp_of, takes_form, today_of
from wardroom.web.ui import filters
from wardroom.web.ui.forms import PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.tables import Cell, Column, page_number, paging, table
from wardroom.web.ui.words import counted
from wardroom.web.wards import my_wards, ward_choices

STATES = [
    ("all", "All"),
    ("drawn", "Drawn"),
    ("walked", "Being walked"),
    ("ended", "Over"),
    ("disputed", "With an open dispute"),
]
EMPTY = (
    "No round here. A round draws at random some of what the city closed, so that somebody goes and"
    " looks. What they find says how much is really fixed."
)
SHARE_COLUMNS = (
    Column("Where"),
    Column("What"),
    Column("Closed", number=True),
    Column("Checks", number=True),
)
MONTH = timedelta(days=30)


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds within reach: drawn, being walked, and over."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(request.GET, "ward", "Ward", ward_choices(request))
    state = filters.choice(request.GET, "state", "State", STATES, default="all")
    agency = filters.choice(request.GET, "agency", "Agency", _agencies(request))
    found = round_page(
        actor,
        ward=ward.value or None,
        state=state.value,
        agency=agency.value or None,
        page=page_number(request.GET),
    )
    return page(
        request,
        "checks/list.html",
        title="Spot checks",
        crumbs=(Crumb("Locations", "/locations/"), Crumb("Spot checks")),
        filters=filters.bar(request.GET, ward, state, agency),
        allowed=found.allowed,
        table=table(
            counted(found.total, "round"),
            showing.COLUMNS,
            [showing.row_cells(row) for row in found.rows],
            empty=EMPTY,
            paging=paging(request.GET, page=found.page, pages=found.pages, total=found.total),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Say what was closed when, see how the checks would be shared, and draw."""
    if not may_draw(actor_of(request)):
        raise NotAllowed
    if request.method != "POST":
        return _new(request, _form(request, initial=_usual(request)))
    form = _form(request, data=request.POST)
    if "draw" in request.POST:
        made = submit(form, lambda given: _draw(request, given))
        if made is not None:
            said = "The stops are drawn and written down. Now somebody goes and looks."
            return go_on(request, reverse("round", args=[made.pk]), said)
        return _new(request, form)
    return _new(request, form, seen=submit(form, lambda given: _foresee(request, given)))


@require_safe
def check_round(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: its walks, how it was drawn, and what it says once it is over."""
    return _page(request, round_id, PlainForm())


@takes_form()
def end(request: HttpRequest, round_id: int) -> HttpResponse:
    """End a round and see its result."""
    row, form = get_round(round_id, actor_of(request)), PlainForm(request.POST)
    if submit(form, lambda _: end_round(row, stamp=stamp_of(request))) is None:
        return _page(request, round_id, form)
    return go_on(request, reverse("round", args=[round_id]), "The round is over.")


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """The path above the pages of a round."""
    return (Crumb("Spot checks", reverse("rounds")), *more)


def _page(request: HttpRequest, round_id: int, form: PlainForm) -> HttpResponse:
    actor = actor_of(request)
    file = round_file(round_id, actor)
    result = showing.result(file)
    disputed = disputes_of(round_id, actor)
    named = {t.code: t.name for t in topics()} if file.topics else {}
    return page(
        request,
        "checks/round.html",
        title=file.row.title,
        crumbs=crumbs(Crumb(file.row.title)),
        status=form.status,
        form=form,
        file=file,
        row=file.row,
        source=SOURCES[file.row.source],
        state=showing.STATES[file.row.state],
        topics=[named.get(code, code) for code in file.topics],
        plan=dict(lot_choices()).get(file.row.lot, "") if file.row.lot else "",
        chances=showing.chances(file.passes_good, file.passes_bad),
        result=result,
        walks=showing.walk_table(file),
        strata=showing.stratum_table(file),
        unfixed=showing.unfixed_table(round_id, unfixed_stops(round_id, actor)) if result else None,
        disputed=showing.dispute_table(round_id, disputed),
        later=_later(file, disputed),
        held=_held(file, request),
        same=_drawn_again(request, round_id),
    )


def _later(file: RoundFile, disputed: Sequence[DisputeRow]) -> int:
    """How many findings were put right after the figures were kept."""
    end = file.ended_at
    return sum(
        bool(end and row.settled_at and row.settled_at > end and row.state == "upheld")
        for row in disputed
    )


def _held(file: RoundFile, request: HttpRequest) -> str:
    """Why a round that this person could end cannot be ended yet."""
    if "end_round" not in file.allowed:
        return ""
    stamp = stamp_of(request)
    held = end_held(get_round(file.row.id, stamp.actor), at=stamp.at)
    return held.sentence if held else ""


def _drawn_again(request: HttpRequest, round_id: int) -> bool | None:
    """Whether the lot drawn again gives the same, where somebody asks."""
    if request.GET.get("draw") != "again":
        return None
    from wardroom.fieldwork.gateways.drawing import draws_the_same

    return draws_the_same(get_round(round_id, actor_of(request)))


def _new(request: HttpRequest, form: RoundForm, *, seen: Any = None) -> HttpResponse:
    ticked = set(form["topics"].value() or ())
    chosen: Any = form.fields["topics"]
    return page(
        request,
        "checks/new.html",
        title="Draw a round of spot checks",
        crumbs=crumbs(Crumb("Draw a round")),
        status=form.status,
        form=form,
        topics=[(code, name, code in ticked) for code, name in chosen.choices],
        seen=seen,
        chances=showing.chances(seen.plan.passes_good, seen.plan.passes_bad)
        if seen is not None and seen.plan is not None
        else (),
        seen_table=_shares(seen) if seen is not None else None,
    )


def _shares(seen: Any) -> Any:
    named = {s.ward_code for s in seen.strata if s.kind_name}
    rows = [
        (
            *showing.stratum_cells(s.ward_code, s.kind_name, named),
            Cell(f"{s.closed:,}", number=True),
            Cell(str(s.checks), number=True),
        )
        for s in seen.strata
    ]
    caption = f"{counted(seen.checks, 'check')} among {seen.closed:,} closed"
    return table(caption, SHARE_COLUMNS, rows, empty="Nothing was closed.")


def _form(request: HttpRequest, **kwargs: Any) -> RoundForm:
    mine = my_wards(request)
    everywhere = actor_of(request).reach.city
    return RoundForm(
        kwargs.get("data"),
        initial=kwargs.get("initial", {}),
        wards=[("", "All wards"), *mine] if everywhere else mine,
        agencies=_agencies(request),
        topics=[(t.code, t.name) for t in topics() if not t.routine],
    )


def _usual(request: HttpRequest) -> dict[str, Any]:
    """The last thirty days up to yesterday, and as many checks as one walk has stops."""
    yesterday = today_of(request) - timedelta(days=1)
    mine = my_wards(request)
    return {
        "source": REQUESTS,
        "closed_from": yesterday - MONTH,
        "closed_until": yesterday,
        "checks": 40,
        "ward_code": "" if actor_of(request).reach.city else mine[0][0] if mine else "",
    }


def _agencies(request: HttpRequest) -> list[tuple[str, str]]:
    rows = agencies(actor_of(request))
    return [("", "All agencies"), *((a.code, a.name) for a in rows)]


def _foresee(request: HttpRequest, given: dict[str, Any]) -> Any:
    from wardroom.fieldwork.gateways.drawing import foresee_round

    return foresee_round(wanted_of(given), stamp=stamp_of(request))


def _draw(request: HttpRequest, given: dict[str, Any]) -> Any:
    from wardroom.fieldwork.gateways.drawing import draw_wanted

    return draw_wanted(wanted_of(given), stamp=stamp_of(request))
