"""How the office does: twelve measures on one page, each whole, its rows and its target."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.kernel.errors import NotAllowed
from wardroom.reporting.actions import set_measure_target
from wardroom.reporting.queries.office import (
    CountedRow,
    MeasureRows,
    OfficeMeasure,
    OfficeMeasureFile,
    may_see_office_measures,
    measure_rows,
    office_measure,
    office_measures,
)
from wardroom.reporting.rules.open_data import MARK, csv_lines
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.office_measures.forms import TargetForm
from wardroom.web.office_measures.showing import card, months_table, targets_table
from wardroom.web.reports.rows import sent
from wardroom.web.ui import filters
from wardroom.web.ui.lists import ListWords, list_page
from wardroom.web.ui.new import new_page, posted
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Tag, page_number
from wardroom.web.ui.words import day_text

TITLE = "How the office does"
HEAD = (
    "measure", "code", "definition", "month", "whole_month", "figure", "met", "of", "lower",
    "upper",
)  # fmt: skip
ONLY = (("", "All"), ("met", "Met"), ("missed", "Not met"))
ROW_COLUMNS = (Column("What"), Column("Counts on"), Column("Met"))
MET = {True: Tag("Met", "good"), False: Tag("Not met", "warn")}


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """All twelve, each with its figure, its target and its months."""
    found = office_measures(actor_of(request), at=stamp_of(request).at)
    return page(
        request,
        "office_measures/list.html",
        title=TITLE,
        crumbs=(Crumb("Measures", reverse("measures")), Crumb(TITLE)),
        found=found,
        cards=[card(one, found.mirrored) for one in found.measures],
    )


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """One measure whole: its months, what they show, and every target it had."""
    file = office_measure(code, actor_of(request), at=stamp_of(request).at)
    return page(
        request,
        "office_measures/file.html",
        title=file.one.measure.name,
        crumbs=_crumbs(file.one.measure.name),
        file=file,
        card=card(file.one, file.mirrored),
        months=months_table(file.one),
        targets=targets_table(file.one.measure, file.targets),
    )


@require_safe
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that a measure counts, of one month or of all in its figure."""
    state, actor, at = request.GET, actor_of(request), stamp_of(request).at
    file = office_measure(code, actor, at=at)
    month = filters.choice(state, "month", "Month", _months(file))
    only = filters.choice(state, "only", "Which", ONLY)
    found = measure_rows(
        code,
        actor,
        at=at,
        month=filters.as_day(f"{month.value}-01") if month.value else None,
        only=only.value,
        page=page_number(state),
    )
    return list_page(
        request,
        "office_measures/rows.html",
        _words(found),
        found,
        chosen=(month, only),
        columns=ROW_COLUMNS,
        cells=_row_cells,
        measure=found.measure,
        file=file,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def target(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the office wants of a measure, from a day on."""
    file = office_measure(code, actor_of(request), at=stamp_of(request).at)
    if not file.may_set:
        raise NotAllowed
    name, own = file.one.measure.name, reverse("office_measure", args=[code])
    form = TargetForm(
        posted(request), measure=file.one.measure, initial={"from_on": today_of(request)}
    )

    def save(given: dict[str, Any]) -> Any:
        return set_measure_target(
            None,
            code=code,
            value=form.wanted(given),
            from_on=given["from_on"],
            why=given["why"],
            stamp=stamp_of(request),
        )

    return new_page(
        request,
        "office_measures/target.html",
        form,
        save,
        leads_to=lambda made: (own, f"The target holds from {day_text(made.from_on)} on."),
        title=f"Target: {name}",
        crumbs=(*_crumbs(name, own), Crumb("Target")),
        file=file,
        own=own,
    )


@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """Every month of every measure, for a spreadsheet."""
    actor = actor_of(request)
    if not may_see_office_measures(actor):
        raise NotAllowed
    found = office_measures(actor, at=stamp_of(request).at)
    lines = [row for one in found.measures for row in month_lines(one)]
    text = MARK + csv_lines([HEAD, *lines])
    return sent("office-measures.csv", text.encode(), "text/csv; charset=utf-8")


def month_lines(one: OfficeMeasure) -> list[tuple[object, ...]]:
    """The months of a measure; none of many is 0, and empty where there is nothing to count."""
    measure = one.measure
    counts = one.figure.yes is not None or any(m.yes for m in one.months)
    return [
        (
            measure.name, measure.code, measure.definition.version, f"{m.on:%Y-%m}",
            "yes" if m.whole else "no", _number(m.value), m.yes if counts and m.of else "", m.of,
            _number(m.lower), _number(m.upper),
        )
        for m in one.months
    ]  # fmt: skip


def _number(value: float | None) -> object:
    return "" if value is None else round(value, 4)


def _crumbs(name: str, own: str = "") -> tuple[Crumb, ...]:
    return Crumb(TITLE, reverse("office_measures")), Crumb(name, own) if own else Crumb(name)


def _months(file: OfficeMeasureFile) -> list[tuple[str, str]]:
    shown = [(f"{m.on:%Y-%m}", f"{m.on:%B %Y}") for m in reversed(file.one.months)]
    return [("", "All in the figure"), *shown]


def _words(found: MeasureRows) -> ListWords:
    name = found.measure.name
    return ListWords(
        title=f"Rows behind: {name}",
        noun=found.measure.noun,
        plural=found.measure.plural,
        empty="Nothing counts here.",
        crumbs=(
            *_crumbs(name, reverse("office_measure", args=[found.measure.code])),
            Crumb("Rows"),
        ),
    )


def _row_cells(row: CountedRow) -> tuple[Cell, ...]:
    return (
        Cell(
            row.title,
            href=reverse(row.noun, args=[row.key]) if row.noun else "",
            sub=row.about,
            main=True,
        ),
        Cell(day_text(row.on) if row.on else "-"),
        Cell(tags=(MET[row.met],)) if row.met is not None else Cell("-"),
    )
