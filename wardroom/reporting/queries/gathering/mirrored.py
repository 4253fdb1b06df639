"""The city's requests that a week's numbers count: which they are, never what they say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from wardroom.reporting.rules import Week, week_of
from wardroom.service_requests.models import ServiceRequest
from wardroom.service_requests.queries import RequestFilters, matching
from wardroom.service_requests.rules import NOT_MEASURED, OPEN

WEEKS_SHOWN = 12
UNFINISHED = (*OPEN, "closed")


def requests_told(ward_code: str, week: Week, as_of: datetime) -> dict[str, Any]:
    """Those opened, closed, fallen due and still open, and how many came week by week.

    What counts as each is what `matching` says of the filters that list them; it is said here
    once more so that one look at the ward's rows tells them all.
    """
    opened = RequestFilters(
        ward=ward_code, as_of=as_of, opened_from=week.starts_on, opened_until=week.ends_on
    )
    ids = matching(ServiceRequest.objects.all(), opened).order_by("pk").values_list("pk", flat=True)
    first, end = week.start_at, min(week.end_at, as_of)
    closed, due, still = [], [], []
    for pk, opened_at, closed_at, due_at, status in _touched(ward_code, first, as_of):
        if closed_at is not None and first <= closed_at < end:
            closed.append(pk)
        if due_at is not None and first <= due_at < end and status not in NOT_MEASURED:
            due.append([pk, int(closed_at is not None and closed_at <= due_at)])
        unfinished = closed_at is None or closed_at >= as_of
        if unfinished and opened_at < as_of and status in UNFINISHED:
            still.append([pk, (as_of - opened_at).days])
    return {
        "opened": list(ids),
        "closed": closed,
        "due": due,
        "open": still,
        "weeks": _week_by_week(ward_code, week, as_of),
    }


def _touched(ward_code: str, first: datetime, as_of: datetime) -> Any:
    """The ward's requests that were closed or due in the week, or not closed before its end."""
    late = Q(closed_at__gte=first) | Q(due_at__gte=first, due_at__lt=as_of) | Q(closed_at=None)
    rows = ServiceRequest.objects.filter(late, ward_code=ward_code)
    return rows.order_by("pk").values_list("pk", "opened_at", "closed_at", "due_at", "status")


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
