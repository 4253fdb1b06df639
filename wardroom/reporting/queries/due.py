"""What the house does with reports by itself: drafts to count again, reports to rebuild."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min, Q

from wardroom.reporting import rules
from wardroom.reporting.models import Edition
from wardroom.reporting.rules.kinds import title_of

COUNT_AGAIN_FOR = timedelta(days=28)
MADE_UP_FOR = timedelta(days=91)
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


def missed_before(week: rules.Week, report: str) -> tuple[tuple[str, str], ...]:
    """Ward and week of each report of the last quarter that nobody drafted, the oldest first.

    The house was down on its day. What lies before the first report of a ward was not missed.
    """
    first = rules.week_of(week.starts_on - MADE_UP_FOR, zone=settings.TIME_ZONE)
    rows = Edition.objects.filter(report=report)
    there = set(rows.filter(week__gte=first.name).values_list("ward_code", "week").distinct())
    begun = dict(rows.order_by("ward_code").values_list("ward_code").annotate(Min("week")))
    days = range(MADE_UP_FOR.days, 0, -7)
    names = [
        rules.week_of(week.starts_on - timedelta(days=n), zone=settings.TIME_ZONE).name
        for n in days
    ]
    return tuple(
        (ward, name)
        for name in names
        for ward, since in begun.items()
        if name > since and (ward, name) not in there
    )


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
