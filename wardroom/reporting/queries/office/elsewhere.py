"""The measures that other parts of the house keep: the requests, spot checks, incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork.models import CheckRound, Stop
from wardroom.fieldwork.policy import reach_of_stops
from wardroom.fieldwork.rules import result_range
from wardroom.incidents.queries.measured import IncidentTimes, counted, incident_times
from wardroom.incidents.rules import measuring
from wardroom.reporting.queries.measured import MeasuredHead, MeasureRow, measure_page
from wardroom.reporting.queries.office.parts import MET, Asked, CountedRow
from wardroom.reporting.rules import office_measures as rules

ONE = timedelta(days=1)
NOT_MEASURED = "Nothing has been measured yet. It is done after the requests are read."


@dataclass(frozen=True)
class Earlier:
    """The figures of the whole city as they were measured, the newest first."""

    head: MeasuredHead | None
    total: MeasureRow | None
    by_month: Mapping[date, Mapping[str, Any]]


@dataclass(frozen=True)
class Mirrored:
    """A measure of the city's requests, as it was measured at the end of each month."""

    measure: rules.Measure
    today: date
    kept: Earlier
    told: Callable[[Mapping[str, Any]], rules.Figure]

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """What the last measurement of each month said; nothing where there was none."""
        found = []
        for first in firsts:
            figures = self.kept.by_month.get(first)
            whole = rules.month_after(first) <= self.today
            if figures is None:
                found.append(rules.MonthFigure(first, 0, 0, None, whole=whole))
                continue
            f = self.told(figures)
            found.append(
                rules.MonthFigure(first, f.yes or 0, f.of, f.value, f.lower, f.upper, whole=whole)
            )
        return tuple(found)

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """What the newest measurement says."""
        if self.kept.total is None:
            return rules.Figure(None, None, None, None, 0, why_not=NOT_MEASURED)
        return self.told({"on_time": self.kept.total.on_time, "time": self.kept.total.time})

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """None here: the requests have a list of their own, with the same filters."""
        return [], 0


@dataclass(frozen=True)
class Rounds:
    """The rounds of spot checks that ended, weighed by how much was closed in them."""

    today: date
    actor: Actor

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The rounds that ended in each month, together."""
        return tuple(
            self._pooled(
                [r for r in self._ended if localdate(r.ended_at).replace(day=1) == first], first
            )
            for first in firsts
        )

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """The rounds of the last twelve whole months and the one that goes on, together."""
        since = rules.counted_from(self.today)
        rows = [r for r in self._ended if localdate(r.ended_at) >= since]
        told = self._pooled(rows, since)
        why_not = "" if told.value is not None else "No round of spot checks has ended yet."
        many = f"{len(rows)} {'round' if len(rows) == 1 else 'rounds'} of checks ended."
        return rules.Figure(
            told.value,
            told.lower,
            told.upper,
            None,
            told.of,
            (many,) if told.value is not None else (),
            why_not,
        )

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The rounds that ended in some months, the newest first."""
        rows = [r for r in self._ended if asked.since <= localdate(r.ended_at) <= asked.until]
        return [self._shown(r) for r in reversed(rows)][part], len(rows)

    def _pooled(self, rows: Sequence[CheckRound], first: date) -> rules.MonthFigure:
        whole = rules.month_after(first) <= self.today
        said = [r for r in rows if r.figures and r.figures["told"]["value"] is not None]
        closed = sum(r.closed for r in said)
        if not closed:
            return rules.MonthFigure(first, 0, 0, None, whole=whole)

        def mean(of: Callable[[Mapping[str, Any]], float]) -> float:
            return float(sum(r.closed * of(r.figures or {}) for r in said) / closed)

        checked = sum((r.figures or {})["told"]["checked"] for r in said)
        return rules.MonthFigure(
            first,
            0,
            checked,
            mean(lambda f: float(f["told"]["value"])),
            mean(lambda f: result_range(f)[0]),
            mean(lambda f: result_range(f)[1]),
            whole=whole,
        )

    def _shown(self, row: CheckRound) -> CountedRow:
        figures = row.figures or {}
        value = figures["told"]["value"]
        share = f"{value:.0%} fixed" if value is not None else "nobody could tell"
        about = f"{share}; {figures['looked']:,} looked at of {row.closed:,} closed"
        return CountedRow("round", str(row.pk), row.title, about, localdate(row.ended_at), None)

    @cached_property
    def _ended(self) -> list[CheckRound]:
        mine = Stop.objects.within(reach_of_stops(self.actor)).filter(round=OuterRef("pk"))
        rows = CheckRound.objects.filter(Exists(mine), ended_at__isnull=False)
        rows = rows.filter(ended_at__date__gte=rules.first_months(self.today)[0])
        return list(rows.defer("text", "topics").order_by("ended_at", "pk"))


@dataclass(frozen=True)
class Incidents:
    """How soon somebody had the incidents."""

    actor: Actor
    at: datetime

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The share had within 15 minutes, by the month of the opening."""
        rows = {row.key: row for row in self._times(firsts[0]).months}
        return tuple(
            rules.month_of_counts(
                first,
                *rows[f"{first:%Y-%m}"].answer.within["15"],
                sampled=True,
                whole=rules.month_after(first) <= localdate(self.at),
            )
            for first in firsts
        )

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """The share had within 15 minutes, with the median and the 90th percentile beside it."""
        told = self._times(rules.counted_from(localdate(self.at))).total
        beside = (
            _times_said("Until somebody has it", told.answer),
            _times_said("Until the first report", told.report),
        )
        return rules.share_figure(
            months,
            sampled=True,
            beside=beside if told.answer.number else (),
            why_not="No incident was opened in these months.",
        )

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The incidents of some months, the newest first."""
        now = self.at
        rows = counted(self.actor).filter(
            opened_at__date__gte=asked.since, opened_at__date__lte=asked.until
        )
        found = []
        for row in rows.select_related("matter").order_by("-opened_at", "-pk"):
            one = measuring.Timed(
                row.kind_code, row.opened_at, row.taken_at, row.first_report_at,
                row.matter.closed_at,
            )  # fmt: skip
            met = measuring.is_within(one, measuring.ANSWER, measuring.SOON, now=now)
            if met is None or (asked.only and met is not (asked.only == MET)):
                continue
            waited = measuring.waited(one, measuring.ANSWER, now=now)
            about = f"{waited.minutes:,.0f} minutes" if waited.came else "Nobody took it"
            on = localdate(row.opened_at)
            found.append(
                CountedRow("incident", str(row.matter_id), row.matter.title, about, on, met)
            )
        return found[part], len(found)

    def _times(self, since: date) -> IncidentTimes:
        return incident_times(self.actor, since=since, until=localdate(self.at), at=self.at)


def earlier(actor: Actor, firsts: Sequence[date]) -> Earlier:
    """The whole city's figures, as the last measurement of each month had them."""
    page = measure_page(actor)
    if page.head is None:
        return Earlier(None, None, {})
    from wardroom.reporting.models import MeasuredCell

    keys = [key for key, at in page.kept if localdate(at) >= firsts[0]]
    cells = MeasuredCell.objects.filter(
        measurement__in=keys, ward_code="", agency_code="", topic_code=""
    )
    found: dict[date, Mapping[str, Any]] = {}
    rows = cells.order_by("measurement__data_as_of", "measurement")
    for at, figures in rows.values_list("measurement__data_as_of", "figures"):
        found[localdate(at).replace(day=1)] = figures
    return Earlier(page.head, page.total, found)


def done_on_time(figures: Mapping[str, Any]) -> rules.Figure:
    """The share done on time, of what fell due."""
    f = figures["on_time"]
    if not f["of"]:
        return rules.Figure(None, None, None, None, 0, why_not="No request has fallen due yet.")
    beside = (f"{f['overdue']:,} are past due and still open.",)
    return rules.Figure(f["value"], f["lower"], f["upper"], f["yes"], f["of"], beside)


def days_to_close(figures: Mapping[str, Any]) -> rules.Figure:
    """The days by which half were closed, with nine of ten beside it."""
    f = figures["time"]
    median, slow = f["median"], f["slowest_tenth"]["value"]
    nine = f"{slow:,.0f} days" if slow is not None else "more days than were watched"
    beside = (f"Nine of ten are closed within {nine}.",)
    if median["value"] is None:
        why = "Fewer than half of the requests are closed so far."
        return rules.Figure(None, None, None, None, f["number"], (), why)
    return rules.Figure(
        median["value"], median["lower"], median["upper"], None, f["number"], beside
    )


def _times_said(what: str, told: measuring.ClockTimes) -> str:
    median, slow = told.quantiles.median, told.quantiles.slowest_tenth
    half = f"half within {median:,.0f} minutes" if median is not None else "not half of them yet"
    nine = (
        f"nine of ten within {slow:,.0f}" if slow is not None else "nine of ten cannot be told yet"
    )
    yes, of = told.within["60"]
    never = f", {told.never:,} never" if told.never else ""
    return f"{what}: {half}, {nine}; {yes:,} of {of:,} within 60 minutes{never}."
