"""What agencies promised us, and wards and agencies compared like with like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.analysis.definitions import PROMISE_KEPT, SEEN_FIXED
from wardroom.kernel.errors import NotAllowed
from wardroom.reporting import queries
from wardroom.reporting.queries.promises import Promised, PromiseRow
from wardroom.reporting.rules.measuring import standing_sentence
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.measures.drawing import funnel_plot
from wardroom.web.measures.showing import between, percent
from wardroom.web.measures.views import meanings, tabs, ward_filter
from wardroom.web.rows import AS_OF, number_meant, rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.plots import Plot
from wardroom.web.ui.tables import Cell, Column, table

PROMISE_COLUMNS = (
    Column("Agency"),
    Column("Kept by the first date"),
    Column("Moved"),
    Column("By the last date"),
    Column("Seen fixed"),
)
HOME = Crumb("Measures", "/measures/")
QUESTIONS = (
    ("late", "ward", "Late, by ward", "requests late"),
    ("late", "agency", "Late, by agency", "requests late"),
    ("back", "ward", "Came back, by ward", "returns"),
    ("back", "agency", "Came back, by agency", "returns"),
)


@dataclass(frozen=True)
class Question:
    """One comparison: its picture, and a sentence for each that wants an explanation."""

    ident: str
    title: str
    plot: Plot | None
    sentences: tuple[str, ...]
    left_out: int
    agencies: bool


@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    """What agencies promised us and kept, by name, and what we saw where they said done."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = ward_filter(request)
    at = stamp_of(request).at
    found = queries.promises_by_agency(actor, on=timezone.localdate(at), ward=ward.value)
    until = timezone.localtime(at).isoformat()
    return page(
        request,
        "measures/promises.html",
        title="Promises to us",
        crumbs=(HOME, Crumb("Promises to us")),
        tabs=tabs("promises", ward.value),
        filters=filters.bar(request.GET, ward),
        found=found,
        meant=(PROMISE_KEPT, SEEN_FIXED),
        table=table(
            "Agencies by name",
            PROMISE_COLUMNS,
            [_promise_cells(row, found, ward.value, until) for row in found.rows],
            empty="No agency has promised us anything whose day is over.",
        ),
    )


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """Wards and agencies beside what their mix of kinds leads one to expect; no ranking."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    found = queries.compared(actor, measurement_id=number_meant(request.GET.get("measured", "")))
    return page(
        request,
        "measures/compared.html",
        title="Like with like",
        crumbs=(HOME, Crumb("Like with like")),
        tabs=tabs("compared", ""),
        found=found,
        own=not actor.reach.city,
        questions=[_question(found.funnels, found.names, *q) for q in QUESTIONS] if found else [],
        meant=meanings(found.head if found else None, ("funnel", "on_time", "back")),
    )


def _promise_cells(row: PromiseRow, found: Promised, ward: str, until: str) -> tuple[Cell, ...]:
    asked = [
        ("agency", row.code),
        ("ward", ward),
        ("was", "promised"),
        ("promised_from", f"{found.since_on}"),
        ("promised_until", f"{found.until_on}"),
        (AS_OF, until),
    ]
    kept = row.interval
    fixed = row.fixed_between
    unclear = f", {row.unclear} could not tell" if row.unclear else ""
    return (
        Cell(row.name, main=True),
        Cell(
            percent(kept[0]) if kept else "-",
            href=rows_address("asks", asked) if kept else "",
            sub=f"{row.kept} of {row.of}; likely {between(*kept[1:])}" if kept else "none is over",
        ),
        Cell(f"{row.moved} of {row.of}" if row.of else "-"),
        Cell(
            percent(row.kept_by_current / row.current) if row.current else "-",
            sub=f"{row.kept_by_current} of {row.current}" if row.current else "",
        ),
        Cell(
            f"{row.clean} of {row.looked}" if row.looked else "not looked yet",
            sub=(
                f"likely {between(*fixed)}{unclear}; {row.done} said done"
                if fixed
                else f"{row.done} said done"
            ),
        ),
    )


def _question(
    funnels: Mapping[str, Any],
    agencies: Mapping[str, str],
    measure: str,
    unit: str,
    title: str,
    what: str,
) -> Question:
    told = funnels[measure][unit]
    named = {
        u["code"]: f"Ward {u['code']}" if unit == "ward" else agencies.get(u["code"], u["code"])
        for u in told["units"]
    }
    by_name = sorted(told["units"], key=lambda u: named[u["code"]].lower())
    said = (
        standing_sentence(
            named[u["code"]],
            u["standing"],
            observed=u["observed"],
            expected=u["expected"],
            what=what,
        )
        for u in by_name
    )
    return Question(
        ident=f"{measure}-{unit}",
        title=title,
        plot=funnel_plot({**told, "units": by_name}, named, what=title),
        sentences=tuple(s for s in said if s),
        left_out=told["left_out"],
        agencies=unit == "agency",
    )
