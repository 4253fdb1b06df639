"""All wards side by side: what waits in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from wardroom.access.actor import Actor
from wardroom.city.queries import districts
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside, reach_of_asks
from wardroom.matters.rules import REFERRAL, WITH_AGENCY
from wardroom.problems.queries import undecided_candidates
from wardroom.reporting import policy
from wardroom.reporting.models import Edition
from wardroom.reporting.rules import WEEKLY, week_of


@dataclass(frozen=True)
class WardGlance:
    """What waits in one ward today."""

    ward_code: str
    ward_name: str
    issues: int
    issues_late: int
    undecided: int
    locations: int
    asks_waiting: int
    asks_offered: int
    asks_late: int
    report_id: int | None
    report_state: str


def ward_glances(actor: Actor, *, at: datetime) -> tuple[WardGlance, ...]:
    """One line for each ward within reach; a fixed number of statements for any of them."""
    scope = policy.reach(actor)
    today = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    wards = [d for d in districts("ward", today) if scope.covers({"ward_code": d.code})]
    undecided = _undecided(today)
    matters = _by_ward(
        Matter.objects.within(reach_inside(actor))
        .filter(state="open")
        .values("ward_code")
        .annotate(
            locations=Count("pk", filter=Q(kind="persistent_location")),
            issues=Count("pk", filter=Q(kind="issue")),
            late=Count("pk", filter=Q(kind="issue", next_on__lt=today)),
        )
        .order_by("ward_code")
    )
    none = {"locations": 0, "issues": 0, "late": 0, "waiting": 0, "offered": 0}
    asks = _by_ward(
        Ask.objects.within(reach_of_asks(actor))
        .filter(kind=REFERRAL, state__in=WITH_AGENCY)
        .annotate(expected=Coalesce("promised_on", "due_on"))
        .values("ward_code")
        .annotate(
            waiting=Count("pk", filter=Q(state="requested")),
            offered=Count("pk", filter=Q(state="countered")),
            late=Count("pk", filter=Q(state__in=WITH_AGENCY, expected__lt=today)),
        )
        .order_by("ward_code")
    )
    week = week_of(today, zone=settings.TIME_ZONE).name
    editions = {
        e.ward_code: e
        for e in Edition.objects.within(scope).filter(report=WEEKLY, week=week).order_by("version")
    }
    return tuple(
        WardGlance(
            ward_code=ward.code,
            ward_name=ward.name,
            undecided=undecided.get(ward.code, {"n": 0})["n"],
            issues=matters.get(ward.code, none)["issues"],
            issues_late=matters.get(ward.code, none)["late"],
            locations=matters.get(ward.code, none)["locations"],
            asks_waiting=asks.get(ward.code, none)["waiting"],
            asks_offered=asks.get(ward.code, none)["offered"],
            asks_late=asks.get(ward.code, none)["late"],
            report_id=editions[ward.code].pk if ward.code in editions else None,
            report_state=editions[ward.code].state if ward.code in editions else "",
        )
        for ward in wards
    )


def _undecided(on: date) -> Mapping[str, dict[str, Any]]:
    rows = undecided_candidates(on=on).order_by().values("ward_code")
    return _by_ward(rows.annotate(n=Count("pk")).order_by("ward_code"))


def _by_ward(rows: Iterable[Any], *, key: str = "ward_code") -> Mapping[str, dict[str, Any]]:
    return {row[key]: row for row in rows}
