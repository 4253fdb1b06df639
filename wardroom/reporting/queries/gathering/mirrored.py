"""The city's requests that a week's numbers count: which they are, never what they say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from wardroom.reporting.rules import Week, week_of
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import RequestFilters, matching

WEEKS_SHOWN = 12


def requests_told(ward_code: str, week: Week, as_of: datetime) -> dict[str, Any]:
    """Those opened, closed, fallen due and still open, and how many came week by week."""
    span = {"from": week.starts_on, "until": week.ends_on}

    def rows(**words: Any) -> Any:
        filters = RequestFilters(ward=ward_code, as_of=as_of, **words)
        return matching(ServiceRequest.objects.all(), filters).order_by("pk")

    due = rows(**{f"due_{edge}": day for edge, day in span.items()}, standing="measured")
    still = rows(standing="unfinished").values_list("pk", "opened_at")
    return {
        "opened": list(_keys(rows(**{f"opened_{edge}": day for edge, day in span.items()}))),
        "closed": list(_keys(rows(**{f"closed_{edge}": day for edge, day in span.items()}))),
        "due": [
            [pk, int(closed_at is not None and closed_at <= due_at)]
            for pk, closed_at, due_at in due.values_list("pk", "closed_at", "due_at")
        ],
        "open": [[pk, (as_of - opened_at).days] for pk, opened_at in still],
        "weeks": _week_by_week(ward_code, week, as_of),
    }


def _keys(rows: Any) -> Any:
    return rows.values_list("pk", flat=True)


def _week_by_week(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """Requests opened in each of the last weeks up to ``as_of``, the oldest first."""
    mondays = [week.starts_on - timedelta(weeks=back) for back in range(WEEKS_SHOWN - 1, -1, -1)]
    weeks = [week_of(monday, zone=settings.TIME_ZONE) for monday in mondays]
    rows = ServiceRequest.objects.filter(ward_code=ward_code, opened_at__gte=weeks[0].start_at)
    by_week = {
        f"w{n}": Count("pk", filter=_between(one.start_at, min(one.end_at, as_of)))
        for n, one in enumerate(weeks)
    }
    counts = rows.filter(opened_at__lt=as_of).aggregate(**by_week)
    return [
        {"week": one.name, "starts_on": one.starts_on.isoformat(), "opened": counts[f"w{n}"]}
        for n, one in enumerate(weeks)
    ]


def _between(first: datetime, last: datetime) -> Q:
    return Q(opened_at__gte=first, opened_at__lt=last)
