"""What a report is told from, gathered once and ready to be frozen.

Asks, matters, checks and decisions are gathered as they stood at `as_of`, the earlier of the
span's end and the moment of drafting: what happened later changes nothing. What comes out is
plain values; `wardroom.reporting.rules.telling` makes every number and sentence of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from wardroom.problems.queries import latest_detection
from wardroom.reporting.models import Edition
from wardroom.reporting.queries.gathering.monthly import month_of_area, sources_of_month
from wardroom.reporting.queries.gathering.roll_up import reports_of_week, sources_of_roll_up
from wardroom.reporting.queries.gathering.week import as_of_for, gathered, sources_of
from wardroom.reporting.rules import MONTHLY, ROLL_UP, month_named, week_named

Rows = dict[str, Any]
Sources = list[dict[str, str]]


def rows_for(edition: Edition, at: datetime) -> tuple[Rows, Sources]:
    """The rows that an edition drafted at an instant is told from, and their sources."""
    if edition.report == MONTHLY:
        month = month_named(edition.week, zone=settings.TIME_ZONE)
        as_of = as_of_for(month.end_at, at)
        rows = month_of_area(edition.area, month, as_of=as_of, drafted_at=at)
        return rows, sources_of_month(rows)
    week = week_named(edition.week, zone=settings.TIME_ZONE)
    as_of = as_of_for(week.end_at, at)
    if edition.report == ROLL_UP:
        rows = reports_of_week(week, as_of=at)
        return rows, sources_of_roll_up(rows)
    ranking = latest_detection(at=as_of)
    rows = gathered(edition.ward_code, week, as_of=as_of, ranking=ranking)
    return rows, sources_of(week, ranking, rows["measured"])


__all__ = ["as_of_for", "rows_for"]
