"""How soon the office had its incidents and reported on them: by month, by kind, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.incidents.queries.measured import IncidentTimes, incident_times
from wardroom.incidents.rules import INCIDENT_KINDS
from wardroom.incidents.rules.measuring import CLOCKS, LIMITS, ClockTimes, TimesRow
from wardroom.kernel.errors import NotAllowed
from wardroom.reporting.rules.office_measures import counted_from, month_after
from wardroom.reporting.rules.open_data import MARK, csv_lines
from wardroom.reporting.rules.shares import share_with_interval
from wardroom.web.edge import actor_of, stamp_of, today_of
from wardroom.web.measures.showing import between, percent
from wardroom.web.reports.rows import sent
from wardroom.web.rows import rows_address
from wardroom.web.ui import filters
from wardroom.web.ui.page import Crumb, page
from wardroom.web.ui.tables import Cell, Column, Table, table
from wardroom.web.ui.words import counted, day_text
from wardroom.web.wards import ward_choices

TITLE = "How soon we had them"
COLUMNS = (
    Column("Incidents", number=True),
    Column("Half had within"),
    Column("Nine of ten had within"),
    Column("Had within 15 minutes"),
    Column("Had within 60 minutes"),
    Column("Half reported on within"),
    Column("Reported on within 60 minutes"),
)
CLOCK_HEAD = ("median_minutes", "slowest_tenth_minutes", "never", "within_15", "of_15",
              "within_60", "of_60")  # fmt: skip
HEAD = (
    "by", "which", "incidents",
    *(f"{clock}_{name}" for clock in CLOCKS for name in CLOCK_HEAD),
)  # fmt: skip


@require_safe
def incident_measures(request: HttpRequest) -> HttpResponse:
    """Minutes until somebody had an incident and until its first report, by month and kind."""
    found, chosen = _found(request)
    ward, kind = (choice.value for choice in chosen[:2])
    return page(
        request,
        "alerts/measures.html",
        title=TITLE,
        crumbs=(Crumb("Incidents", reverse("incidents")), Crumb(TITLE)),
        filters=filters.bar(request.GET, *chosen),
        found=found,
        query=request.GET.urlencode(),
        total=_table("All of them", "", [found.total], found, ward, kind),
        months=_table("By month of the opening", "Month", found.months, found, ward, kind),
        kinds=_table("By kind", "Kind", found.kinds, found, ward, kind),
        meant=tuple(CLOCKS.values()),
        said=f"{day_text(found.since_on)} to {day_text(found.until_on)}",
        counted=counted(found.total.answer.number, "incident"),
    )


@require_safe
def incident_measures_file(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet, with the same filters."""
    found, _ = _found(request)
    parts = (("all", [found.total]), ("month", found.months), ("kind", found.kinds))
    lines = [
        (by, row.key or row.label, row.answer.number, *_numbers(row.answer), *_numbers(row.report))
        for by, rows in parts
        for row in rows
    ]
    text = MARK + csv_lines([HEAD, *lines])
    return sent("incident-measures.csv", text.encode(), "text/csv; charset=utf-8")


def _found(request: HttpRequest) -> tuple[IncidentTimes, tuple[filters.Choice | filters.Day, ...]]:
    actor, state, today = actor_of(request), request.GET, today_of(request)
    if not actor.is_staff:
        raise NotAllowed
    ward = filters.choice(state, "ward", "Ward", ward_choices(request))
    kind = filters.choice(state, "kind", "Kind", kind_choices())
    since = filters.day(state, "opened_from", "Opened from")
    until = filters.day(state, "opened_until", "Opened until")
    last = min(filters.as_day(until.value) or today, today)
    first = min(filters.as_day(since.value) or counted_from(last), last)
    found = incident_times(
        actor, since=_not_before(first, last), until=last, at=stamp_of(request).at,
        ward=ward.value, kind=kind.value,
    )  # fmt: skip
    return found, (ward, kind, since, until)


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of incident to choose from."""
    return [("", "All"), *((kind.code, kind.label) for kind in INCIDENT_KINDS.values())]


def _not_before(first: date, last: date) -> date:
    """At most ten years at once."""
    return max(first, date(last.year - 10, last.month, 1))


def _table(
    caption: str,
    first: str,
    rows: Sequence[TimesRow],
    found: IncidentTimes,
    ward: str,
    kind: str,
) -> Table:
    return table(
        caption,
        (Column(first or "Which"), *COLUMNS),
        [_cells(row, first, found, ward, kind) for row in rows],
        empty="No incident was opened on these days.",
    )


def _cells(row: TimesRow, by: str, found: IncidentTimes, ward: str, kind: str) -> tuple[Cell, ...]:
    since, until = found.since_on, found.until_on
    if by == "Month":
        month = date.fromisoformat(f"{row.key}-01")
        since, until = max(since, month), min(until, _last_day(month))
    behind = [
        ("state", "counted"),
        ("ward", ward),
        ("kind", row.key if by == "Kind" else kind),
        ("opened_from", f"{since}"),
        ("opened_until", f"{until}"),
    ]
    answer, report = row.answer, row.report
    return (
        Cell(row.label, main=True),
        Cell(f"{answer.number:,}", href=_rows(behind, answer.number), number=True),
        Cell(_minutes(answer.quantiles.median), sub=_never(answer, "nobody had")),
        Cell(_minutes(answer.quantiles.slowest_tenth)),
        _share(answer, "15", behind, "answer"),
        _share(answer, "60", behind, "answer"),
        Cell(_minutes(report.quantiles.median), sub=_never(report, "without one")),
        _share(report, "60", behind, "report"),
    )


def _share(told: ClockTimes, limit: str, behind: Sequence[tuple[str, str]], clock: str) -> Cell:
    yes, of = told.within[limit]
    share = share_with_interval(yes, of)
    if share is None:
        return Cell("-", sub="none can be told yet" if told.number else "")
    href = _rows([*behind, ("slow", f"{clock}_over_{limit}")], of - yes)
    return Cell(percent(share[0]), sub=f"{yes} of {of}; likely {between(*share[1:])}", href=href)


def _rows(asked: Sequence[tuple[str, str]], number: int) -> str:
    return rows_address("incidents", asked) if number else ""


def _minutes(value: float | None) -> str:
    if value is None:
        return "cannot tell"
    if value < 1:
        return "under a minute"
    return counted(round(value), "minute")


def _never(told: ClockTimes, word: str) -> str:
    return f"{told.never} {word}" if told.never else ""


def _last_day(month: date) -> date:
    return date.fromordinal(month_after(month).toordinal() - 1)


def _numbers(told: ClockTimes) -> tuple[object, ...]:
    quantiles = told.quantiles
    times = (quantiles.median, quantiles.slowest_tenth)
    shares = (number for limit in LIMITS for number in told.within[limit])
    return (*("" if t is None else round(t, 1) for t in times), told.never, *shares)
