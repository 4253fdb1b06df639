"""In which order candidates are shown, and what order it would be if all reported alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from wardroom.access.models import ScopedQuerySet
from wardroom.problems import rules
from wardroom.problems.queries.weights import WeightsRow

FIRST = 25
OFFICE = "office"
SORTS: dict[str, Any] = {
    "rank": F("rank").asc(),
    "excess": F("excess_a_month").asc(),
    "episodes": F("episodes").asc(),
    "months": F("active_months").asc(),
    "severity": F("severity").asc(),
    "overdue": F("overdue").asc(),
    "busy": F("busy_episodes").asc(),
    "stuck": F("stuck_months").asc(),
    "even": F("even_rank").asc(nulls_last=True),
    "evenbusy": F("even_busy_rank").asc(nulls_last=True),
}
USUAL_SORT = {rules.ORDINARY: "rank", rules.BUSIEST: "-busy", rules.STUCK: "-stuck"}
RANKS = {
    rules.ORDINARY: ("rank", "even_rank"),
    rules.BUSIEST: ("busy_rank", "even_busy_rank"),
}


@dataclass(frozen=True)
class Evening:
    """What a list would be if all districts reported alike.

    Of its ``first`` places, so many ``others`` would take the place of some that stand there;
    ``higher`` counts the places that would stand higher, of ``total``.
    """

    first: int
    others: int
    higher: int
    total: int


def sort_given(sort: str, listed: str) -> str:
    """The sort that an address asks for, or the one in which the list is meant to be read."""
    name = sort.removeprefix("-")
    known = name in SORTS or (name == OFFICE and listed == rules.ORDINARY)
    return sort if known else USUAL_SORT[listed]


def ordered(rows: ScopedQuerySet, sort: str, weights: WeightsRow | None) -> ScopedQuerySet:
    """The candidates in an order; in the office's own, those that are sure enough come first."""
    name, falls = sort.removeprefix("-"), sort.startswith("-")
    if name == OFFICE and weights is not None:
        total = in_the_offices_order(weights.weights)
        ranked: ScopedQuerySet = rows.annotate(office=total).order_by(
            "-flagged", "-office" if falls else "office", "rank"
        )
        return ranked
    order = SORTS[name].copy()
    if falls:
        order.reverse_ordering()
    by: ScopedQuerySet = rows.order_by(order, "rank")
    return by


def in_the_offices_order(weights: rules.Weights) -> Any:
    """The sum of `rules.Terms`, as the database adds it up."""
    excess, zero = F("excess_a_month"), Value(0.0)
    unreported = Greatest(Coalesce(F("even_excess"), excess) - excess, zero)
    late = Cast(Least(F("overdue"), Value(rules.MOST_LATE)), FloatField())
    severity = Cast(F("severity"), FloatField()) - Value(1.0)
    return (
        excess
        + Value(weights.severity) * severity
        + Value(weights.equity) * unreported
        + Value(weights.overdue) * late
    )


def evening_of(rows: ScopedQuerySet, listed: str) -> tuple[int, Evening | None]:
    """How many candidates there are, and what their list would be if all reported alike."""
    if listed not in RANKS:
        return rows.count(), None
    now, then = RANKS[listed]
    pairs = list(rows.order_by(F(now).asc(nulls_last=True), "rank").values_list(now, then))
    total = len(pairs)
    if all(rank is None for _, rank in pairs):
        return total, None
    order = sorted(range(total), key=lambda n: (pairs[n][1] is None, pairs[n][1] or 0, n))
    others = sum(n >= FIRST for n in order[:FIRST]) if total > FIRST else 0
    higher = sum(at < n for at, n in enumerate(order))
    return total, Evening(first=min(FIRST, total), others=others, higher=higher, total=total)
