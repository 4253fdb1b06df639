"""What the house does with reports by itself: drafts to count again, reports to rebuild."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q

from wardroom.reporting import rules
from wardroom.reporting.models import Edition
from wardroom.reporting.rules.kinds import title_of

COUNT_AGAIN_FOR = timedelta(days=28)
REBUILD_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class SignedHead:
    """A signed report by its name."""

    id: int
    title: str
    version: int


def unsigned_before(week: rules.Week) -> tuple[tuple[str, str], ...]:
    """Ward and week of each weekly report of the last four weeks that nobody signed."""
    rows = Edition.objects.filter(report=rules.WEEKLY, state=rules.DRAFT)
    first = rules.week_of(week.starts_on - COUNT_AGAIN_FOR, zone=settings.TIME_ZONE)
    rows = rows.filter(week__lt=week.name, week__gte=first.name)
    return tuple(rows.order_by("week", "ward_code").values_list("ward_code", "week"))


def due_rebuilds(at: datetime) -> tuple[int, ...]:
    """The signed reports that were never rebuilt, or not for three months, the oldest first."""
    rows = Edition.objects.filter(state=rules.SIGNED).exclude(method="")
    rows = rows.annotate(last=Max("rebuilds__at"))
    due = rows.filter(Q(last=None) | Q(last__lt=at - REBUILD_AFTER))
    return tuple(due.order_by("signed_at", "pk").values_list("pk", flat=True))


def every_signed_with_rows() -> tuple[SignedHead, ...]:
    """Every signed report that can be rebuilt, the oldest first."""
    rows = Edition.objects.filter(state=rules.SIGNED).exclude(method="").order_by("signed_at", "pk")
    return tuple(
        SignedHead(e.pk, title_of(e.report, e.ward_code, e.area, e.week), e.version)
        for e in rows.only("report", "ward_code", "area", "week", "version")
    )
