"""All reports that are public, some thousands at a time, and how new they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max, Q

from wardroom.casework.models import Report
from wardroom.casework.queries.reporting import (
    COLUMNS,
    LISTED,
    PublicReport,
    as_everybody_reads,
)

STATE = "complaint__matter__state"
WARD = "complaint__matter__ward_code"


def public_report_pieces(*, size: int) -> Iterator[list[tuple[PublicReport, str]]]:
    """Every public report with its ward, so many at a time, in the order in which they came."""
    rows = Report.objects.filter(LISTED).order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last).values("pk", WARD, *COLUMNS)[:size]):
        last = found[-1]["pk"]
        yield [(as_everybody_reads(row), row[WARD]) for row in found]


def public_reports_changed() -> tuple[str, datetime | None]:
    """What changes with the public reports, and when the newest of them came or was closed."""
    found = Report.objects.filter(LISTED).aggregate(
        all=Count("pk"),
        closed=Count("pk", filter=Q(**{STATE: "closed"})),
        came=Max("received_at"),
        ended=Max("complaint__matter__closed_at"),
    )
    times = [at for at in (found["came"], found["ended"]) if at is not None]
    return str(sorted(found.items())), max(times, default=None)
