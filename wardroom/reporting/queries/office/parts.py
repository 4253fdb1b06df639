"""The rows that a measure of the office counts: each with its day, and whether it was met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import BooleanField, Case, Count, Q, Value, When

from wardroom.reporting.rules import office_measures as rules

Counts = dict[date, tuple[int, int]]
MET, MISSED = "met", "missed"


@dataclass(frozen=True)
class CountedRow:
    """One row behind a measure: what it is, the day it counts on, and whether it was met.

    ``noun`` and ``key`` say where it is found; without a noun it has no page of its own.
    """

    noun: str
    key: str
    title: str
    about: str
    on: date | None
    met: bool | None


@dataclass(frozen=True)
class Asked:
    """Which rows of a measure are wanted: of which months, and of those only some."""

    since: date
    until: date
    only: str = ""


class Source(Protocol):
    """Where a measure comes from."""

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The figure of each month, in their order."""
        ...

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """The figure now."""
        ...

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The rows of some months, the newest first, and how many there are in all."""
        ...


@dataclass(frozen=True)
class Part:
    """Rows that are due, each with ``on_day`` and ``met`` worked out by the database."""

    found: Any
    shown: Callable[[Any], CountedRow]


@dataclass(frozen=True)
class Flow:
    """A measure whose months have cases of their own."""

    measure: rules.Measure
    today: date
    parts: tuple[Part, ...]
    beside: Callable[[], tuple[str, ...]] = tuple
    why_not: str = "Nothing of this has come due yet."

    def months(self, firsts: Sequence[date]) -> tuple[rules.MonthFigure, ...]:
        """The share of each month."""
        counts: Counts = {}
        for part in self.parts:
            for first, (yes, of) in counts_by_month(part.found, firsts[0]).items():
                had = counts.get(first, (0, 0))
                counts[first] = (had[0] + yes, had[1] + of)
        return tuple(
            rules.month_of_counts(
                first,
                *counts.get(first, (0, 0)),
                sampled=self.measure.sampled,
                whole=rules.month_after(first) <= self.today,
            )
            for first in firsts
        )

    def figure(self, months: Sequence[rules.MonthFigure]) -> rules.Figure:
        """The share of the last twelve whole months and the one that goes on."""
        return rules.share_figure(
            months, sampled=self.measure.sampled, beside=self.beside(), why_not=self.why_not
        )

    def rows(self, asked: Asked, part: slice) -> tuple[list[CountedRow], int]:
        """The rows of some months, part after part."""
        start, stop, passed, found = part.start, part.stop, 0, list[CountedRow]()
        for one in self.parts:
            rows = one.found.filter(on_day__gte=asked.since, on_day__lte=asked.until)
            if asked.only:
                wanted = asked.only == MET
                rows = rows.filter(met=wanted).annotate(met=Value(wanted))
            many = rows.count()
            here = slice(max(start - passed, 0), max(stop - passed, 0))
            found += [one.shown(row) for row in rows.order_by("-on_day", "-pk")[here]]
            passed += many
        return found, passed


def met_where(condition: Any) -> Case:
    """Whether a row was met, for the database."""
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def counts_by_month(rows: Any, since: date) -> Counts:
    """How many of how many were met in each month from a day on, in one statement."""
    counted = (
        rows.filter(on_day__gte=since)
        .order_by()
        .values("on_day")
        .annotate(of=Count("pk"), yes=Count("pk", filter=Q(met=True)))
    )
    # By the day: a database without months of its own would work out the month of each row.
    months: dict[date, tuple[int, int]] = {}
    for row in counted:
        month = row["on_day"].replace(day=1)
        yes, of = months.get(month, (0, 0))
        months[month] = (yes + row["yes"], of + row["of"])
    return months
