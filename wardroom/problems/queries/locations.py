"""Persistent locations as lists and files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.fieldwork.models import ConditionCheck
from wardroom.fieldwork.queries import ChecksView, checks_allowed, checks_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside
from wardroom.matters.queries import (
    AskRow,
    MatterHeader,
    asks_of,
    matter_allowed,
    matter_header,
    open_matters_at,
)
from wardroom.matters.rules import AGREED, REFERRAL, WITH_AGENCY
from wardroom.plans.models import WorkPlan
from wardroom.plans.queries import PlanView, plan_allowed, plan_of
from wardroom.problems import rules
from wardroom.problems.models import Candidate, PersistentLocation
from wardroom.problems.queries.candidate_files import DecisionRow, decisions_about

PAGE_ROWS = 25


@dataclass(frozen=True)
class LocationRow:
    """A persistent location as lists show it."""

    matter_id: int
    title: str
    place_label: str
    ward_code: str
    stage: str
    owner_name: str
    next_on: date | None
    next_step: str
    state: str
    asks_open: int
    asks_late: int
    asks_waiting: int
    last_rating: int | None
    last_seen_on: date | None


@dataclass(frozen=True)
class LocationPage:
    """A page of persistent locations, the soonest next date first."""

    rows: tuple[LocationRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class LocationFile:
    """Where one persistent location stands."""

    matter: MatterHeader
    reached: tuple[str, ...]
    topics: tuple[str, ...]
    latitude: float
    longitude: float
    place_key: int
    decision: DecisionRow | None
    candidate_id: int | None
    months: tuple[tuple[str, int], ...]
    plan: PlanView | None
    asks: tuple[AskRow, ...]
    checks: ChecksView
    timeline: TimelinePage
    allowed: frozenset[str]


@dataclass(frozen=True)
class LocationsThen:
    """The locations that were open at an instant, or those checked from a day until then."""

    at: datetime
    checked_from: date | None = None


def locations_then(then: LocationsThen, *, ward: str | None = None) -> Any:
    """The persistent locations of an earlier instant, unscoped."""
    rows = PersistentLocation.objects.filter(**({"matter__ward_code": ward} if ward else {}))
    if then.checked_from is None:
        return rows.filter(matter__in=list(open_matters_at(then.at, ward=ward)))
    since = make_aware(datetime.combine(then.checked_from, time()))
    seen = ConditionCheck.objects.filter(seen_at__gte=since, seen_at__lt=then.at)
    return rows.filter(matter__in=seen.values("matter"))


def location_page(
    actor: Actor,
    *,
    on: date,
    ward: str | None = None,
    state: str = "open",
    then: LocationsThen | None = None,
    page: int = 1,
) -> LocationPage:
    """The persistent locations within reach; ``state`` is open, closed or all.

    ``then`` asks for those of an earlier instant, whatever their state is now.
    """
    inside = Matter.objects.within(reach_inside(actor)).values("pk")
    rows = PersistentLocation.objects.filter(matter__in=inside)
    if ward:
        rows = rows.filter(matter__ward_code=ward)
    if then:
        rows = rows.filter(pk__in=locations_then(then, ward=ward).values("pk"))
    elif state in {"open", "closed"}:
        rows = rows.filter(matter__state=state)
    total = rows.count()
    pages = max(1, -(-total // PAGE_ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * PAGE_ROWS
    shown = _counted(rows, on).order_by("matter__next_on", "matter_id")
    return LocationPage(
        rows=tuple(_row(location) for location in shown[start : start + PAGE_ROWS]),
        total=total,
        page=page,
        pages=pages,
    )


def location_file(matter_id: int, actor: Actor) -> LocationFile:
    """One persistent location, whole; `NotFound` where it is out of reach."""
    inside = Matter.objects.within(reach_inside(actor)).values("pk")
    location = (
        _staged(PersistentLocation.objects.filter(matter__in=inside, matter_id=matter_id))
        .select_related("matter__owner", "matter__place", "place", "decision__candidate")
        .first()
    )
    if location is None:
        raise NotFound(f"no persistent location {matter_id}")
    matter, place = location.matter, location.place
    decisions = decisions_about(place.pk, actor)
    newest = Candidate.objects.filter(place=place).order_by("-detection__ran_at", "-pk").first()
    return LocationFile(
        matter=matter_header(matter, actor),
        reached=_reached(location),
        topics=tuple(topic["name"] for topic in location.topics),
        latitude=place.latitude,
        longitude=place.longitude,
        place_key=place.key,
        decision=next((d for d in decisions if d.matter_id == matter.pk), None),
        candidate_id=location.decision.candidate_id,
        months=rules.months_named(newest.numbers["last_month"], newest.months) if newest else (),
        plan=plan_of(matter.pk, actor),
        asks=asks_of(matter.pk, actor),
        checks=checks_of(matter.pk, actor),
        timeline=timeline(actor, refs=[Ref("matter", str(matter.pk)), Ref("place", str(place.pk))]),
        allowed=matter_allowed(matter, actor)
        | plan_allowed(matter, actor)
        | checks_allowed(matter, actor),
    )


def _counted(rows: Any, on: date) -> Any:
    live = Q(matter__asks__state__in=[*WITH_AGENCY, "proposed"])
    late = (
        Ask.objects.filter(matter=OuterRef("matter"), kind=REFERRAL, state__in=WITH_AGENCY)
        .annotate(expected=Coalesce("promised_on", "due_on"))
        .filter(expected__lt=on)
        .order_by()
        .values("matter")
        .annotate(n=Count("pk"))
        .values("n")
    )
    seen = ConditionCheck.objects.filter(matter=OuterRef("matter")).order_by("-seen_at", "-pk")
    return (
        _staged(rows)
        .select_related("matter__owner", "place")
        .annotate(
            asks_open=Count("matter__asks", filter=live),
            asks_waiting=Count("matter__asks", filter=Q(matter__asks__state="requested")),
            asks_late=Coalesce(Subquery(late), 0),
            last_rating=Subquery(seen.values("rating")[:1]),
            last_seen_at=Subquery(seen.values("seen_at")[:1]),
        )
    )


def _staged(rows: Any) -> Any:
    """With what tells the stage: a plan, an answer of an agency, a check."""
    of_it = {"matter": OuterRef("matter")}
    return rows.annotate(
        planned=Exists(WorkPlan.objects.filter(**of_it)),
        answered=Exists(Ask.objects.filter(**of_it, kind=REFERRAL, state__in=AGREED)),
        checked=Exists(
            ConditionCheck.objects.filter(**of_it, seen_at__gte=F("matter__plans__adopted_at"))
        ),
    )


def _reached(location: Any) -> tuple[str, ...]:
    return rules.stages_reached(
        planned=location.planned,
        answered=location.answered,
        checked=location.checked,
        closed=location.matter.state == "closed",
    )


def _row(location: Any) -> LocationRow:
    matter = location.matter
    return LocationRow(
        matter_id=matter.pk,
        title=matter.title,
        place_label=location.place.label,
        ward_code=matter.ward_code,
        stage=_reached(location)[-1],
        owner_name=matter.owner.name,
        next_on=matter.next_on,
        next_step=matter.next_step,
        state=matter.state,
        asks_open=location.asks_open,
        asks_late=location.asks_late,
        asks_waiting=location.asks_waiting,
        last_rating=location.last_rating,
        last_seen_on=localdate(location.last_seen_at) if location.last_seen_at else None,
    )
