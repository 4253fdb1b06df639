"""All reports that are public, some thousands at a time, and a mark of how new they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Max

from wardroom.casework.models import Report
from wardroom.casework.queries.reporting import (
    AGAIN,
    COLUMNS,
    END,
    LISTED,
    PublicReport,
    as_everybody_reads,
    ended_by,
)

WARD = "complaint__matter__ward_code"


def public_report_pieces(*, size: int, at: datetime) -> Iterator[list[tuple[PublicReport, str]]]:
    """Every public report with its ward, so many at a time, in the order in which they came."""
    rows = Report.objects.filter(LISTED).order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last).values("pk", WARD, *COLUMNS)[:size]):
        last = found[-1]["pk"]
        yield [(as_everybody_reads(row, at), row[WARD]) for row in found]


def public_reports_mark(*, at: datetime) -> str:
    """What changes with the public reports: how many there are, how many of them are closed, and
    when the newest came, ended and opened again for everybody."""
    found = Report.objects.filter(LISTED).aggregate(
        all=Count("pk"),
        closed=Count("pk", filter=ended_by(at)),
        came=Max("received_at"),
        ended=Max(END, filter=ended_by(at)),
        again=Max(AGAIN),
    )
    return str(sorted(found.items()))
