"""Measures: agencies and kinds of trouble beside each other, and one of them by itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.reporting import queries
from wardroom.reporting.queries.measured import MeasuredHead, MeasureFile, MeasurePage, MeasureRow
from wardroom.reporting.rules.measuring import AGES, BY, beside_mix
from wardroom.web.edge import actor_of
from wardroom.web.measures.drawing import curve_plot, funnel_plot, signal_sentences, weeks_plot
from wardroom.web.measures.showing import (
    age_bands,
    age_key,
    between,
    days,
    figures,
    measure_table,
    percent,
)
from wardroom.web.rows import number_meant
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import day_text, instant_text
from wardroom.web.wards import my_wards

FIRST = {"agency": "Agency", "kind": "Kind of trouble"}
MEANT = ("on_time", "time", "backlog", "back")
PICTURED = ("on_time", "funnel", "time", "backlog", "weeks", "signals", "bulk", "back")
MONTH_COLUMNS = (
    Column("Data as of"),
    Column("Done on time"),
    Column("Half are closed within"),
    Column("Open on that day", number=True),
)
AGE_COLUMNS = (
    Column("Age"),
    Column("Open for so long", number=True),
    Column("Past due for so long", number=True),
)


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    """Agencies, or kinds of trouble, by name, in the whole city or in a ward."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise NotAllowed
    given = request.GET
    by = given.get("by", "agency") if given.get("by") in BY else "agency"
    ward = ward_filter(request)
    found = queries.measure_page(
        actor, by=by, ward=ward.value, measurement_id=number_meant(given.get("measured", ""))
    )
    where = f"Ward {ward.value}" if ward.value else "Whole city"
    return page(
        request,
        "measures/list.html",
        title="Measures",
        crumbs=(Crumb("Home", "/"), Crumb("Measures")),
        tabs=tabs(by, ward.value),
        filters=filters.bar(given, ward, *_measured_filter(request, found), keep=("by",)),
        found=found,
        where=where,
        total=figures(found.total, found.head) if found.total and found.head else (),
        ages=age_key(),
        meant=meanings(found.head, MEANT),
        table=_table(found, by, ward.value, f"{BY[by]} by name, {where}"),
    )


@require_safe
def measure(request: HttpRequest, by: str, code: str) -> HttpResponse:
    """One agency or one kind of trouble."""
    actor = actor_of(request)
    given = request.GET
    ward = ward_filter(request)
    file = queries.measure_file(
        actor,
        by=by,
        code=code,
        ward=ward.value,
        measurement_id=number_meant(given.get("measured", "")),
    )
    other = "kind" if by == "agency" else "agency"
    weeks = file.pictures.get("weeks")
    where = f"Ward {ward.value}" if ward.value else "Whole city"
    return page(
        request,
        "measures/file.html",
        title=file.row.name,
        crumbs=(Crumb("Measures", f"{reverse('measures')}?by={by}"), Crumb(file.row.name)),
        filters=filters.bar(given, ward, keep=("measured",)),
        file=file,
        where=where,
        total=figures(file.row, file.head),
        curve=curve_plot(file.pictures.get("curve", ()), name=file.row.name),
        weeks=weeks_plot(weeks, name=file.row.name) if weeks else None,
        signals=signal_sentences(weeks) if weeks else (),
        ages=_age_table(file.row),
        bands=age_bands(file.row.backlog["by_age"]),
        key=age_key(),
        bulk=_bulk(file.pictures.get("bulk")),
        parts=measure_table(
            f"{BY[other]} by name",
            file.parts,
            file.head,
            first=FIRST[other],
            addresses={p.code: unit_address(other, p.code, ward.value) for p in file.parts},
            empty="No figures.",
        )
        if file.parts
        else None,
        earlier=_earlier(file),
        mixed=_mixed(file, ward.value),
        meant=meanings(file.head, PICTURED),
    )


def ward_filter(request: HttpRequest) -> filters.Choice:
    """The whole city, or one of the asker's wards; whoever has one ward begins with it."""
    mine = my_wards(request)
    own = mine[0][0] if len(mine) == 1 and not actor_of(request).reach.city else ""
    given = request.GET
    state = given if "ward" in given else {"ward": own}
    return filters.choice(state, "ward", "Where", [("", "Whole city"), *mine])


def tabs(here: str, ward: str) -> list[dict[str, Any]]:
    """The pages of the measures."""
    query = f"&ward={ward}"
    listed = [
        ("agency", "Agencies", f"{reverse('measures')}?by=agency{query}"),
        ("kind", "Kinds of trouble", f"{reverse('measures')}?by=kind{query}"),
        ("promises", "Promises to us", f"{reverse('measure_promises')}?ward={ward}"),
        ("compared", "Like with like", reverse("measures_compared")),
    ]
    return [{"text": text, "href": href, "here": name == here} for name, text, href in listed]


def meanings(head: MeasuredHead | None, codes: tuple[str, ...]) -> list[Any]:
    """The definitions of some figures, as they were when these were measured."""
    return [head.definitions[code] for code in codes if code in head.definitions] if head else []


def unit_address(by: str, code: str, ward: str) -> str:
    """The page of one agency or kind in the same ward."""
    return f"{reverse('measure', args=[by, code])}?{urlencode({'ward': ward})}"


def _measured_filter(request: HttpRequest, found: MeasurePage) -> list[filters.Choice]:
    if len(found.kept) < 2:
        return []
    options = [(str(key), instant_text(at)) for key, at in found.kept]
    return [filters.choice(request.GET, "measured", "Data as of", [("", "Newest"), *options[1:]])]


def _table(found: MeasurePage, by: str, ward: str, caption: str) -> Table | None:
    if found.head is None:
        return None
    return measure_table(
        caption,
        found.rows,
        found.head,
        first=FIRST[by],
        addresses={r.code: unit_address(by, r.code, ward) for r in found.rows},
        empty="No request of this ward was measured.",
    )


def _age_table(row: MeasureRow) -> Table:
    backlog = row.backlog
    rows = [
        (Cell(age, main=True), Cell(f"{n:,}", number=True), Cell(f"{late:,}", number=True))
        for age, n, late in zip(AGES, backlog["by_age"], backlog["by_overdue"], strict=True)
    ]
    return table("What is open, by age", AGE_COLUMNS, rows, empty="Nothing is open.")


def _bulk(told: Any) -> dict[str, Any] | None:
    """What was closed together, in words; none where nothing stands out."""
    if not told or not told["closed"]:
        return None
    return {
        **told,
        "busiest": [
            f"{day_text(_day(d['on']))}: {d['number']:,} closed; 19 days of 20 stay within"
            f" {d['usual_most']:,.0f}"
            for d in told["busiest"]
        ],
        "largest": [
            f"{day_text(_day(b['on']))} at {_clock(b['second'])}: {b['number']:,} in one second"
            for b in told["largest"]
        ],
    }


def _mixed(file: MeasureFile, ward: str) -> dict[str, Any] | None:
    """What an agency had late in each ward, beside what its mix of kinds leads one to expect."""
    if file.wards is None:
        return None
    names = {u["code"]: f"Ward {u['code']}" for u in file.wards["units"]}
    here = [u for u in file.wards["units"] if not ward or u["code"] == ward]
    return {
        "plot": funnel_plot(file.wards, names, what="Late, by ward"),
        "sentences": [beside_mix(names[u["code"]], u) for u in here],
    }


def _earlier(file: MeasureFile) -> Table | None:
    if len(file.earlier) < 2:
        return None
    rows = []
    for at, told in file.earlier:
        share, median = told["on_time"], told["time"]["median"]["value"]
        sure = between(share["lower"], share["upper"]) if share["of"] else "nothing was due"
        rows.append(
            (
                Cell(day_text(timezone.localdate(at)), main=True),
                Cell(percent(share["value"]), sub=sure),
                Cell(days(median)),
                Cell(f"{told['backlog']['open']:,}", number=True),
            )
        )
    return table("As it was measured at the end of each month", MONTH_COLUMNS, rows, empty="None.")


def _day(text: str) -> Any:
    return filters.as_day(text)


def _clock(second: int) -> str:
    hour, rest = divmod(second, 3600)
    return f"{hour % 12 or 12}:{rest // 60:02d}:{rest % 60:02d} {'p.m.' if hour >= 12 else 'a.m.'}"
