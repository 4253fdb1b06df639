"""All reports that are public, some thousands at a time, and a mark of how new they are."""

from __future__ import annotations

from collections.abc import Iterator

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


def public_reports_mark() -> str:
    """What changes with the public reports: how many there are, how many of them are closed, and
    when the newest came, was closed, opened again, and came back."""
    found = Report.objects.filter(LISTED).aggregate(
        all=Count("pk"),
        closed=Count("pk", filter=Q(**{STATE: "closed"})),
        came=Max("received_at"),
        ended=Max("complaint__matter__closed_at"),
        again=Max("complaint__matter__reopened_at"),
        back=Max("complaint__matter__came_back_at"),
    )
    return str(sorted(found.items()))
