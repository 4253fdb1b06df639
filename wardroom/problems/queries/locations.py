"""Persistent locations as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.access.queries.lists import part_of
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.paging import After
from wardroom.matters.models import Ask
from wardroom.matters.queries import open_matters_at
from wardroom.matters.rules import AGREED, REFERRAL, WITH_AGENCY
from wardroom.plans.models import WorkPlan
from wardroom.problems import policy, rules
from wardroom.problems.models import Analysis, PersistentLocation, Spell
from wardroom.problems.rules import files

PAGE_ROWS = 25
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
RELAPSED_NOW = "relapsed"
STATES = (files.OPEN, RELAPSED_NOW, files.ON_WATCH, files.SUSTAINED, files.CLOSED)


@dataclass(frozen=True)
class LocationRow:
    """A persistent location as lists show it.

    ``part`` is the part of the work it is in, empty where it is closed; ``standing`` says
    whether it is open, on watch, sustained or closed. ``times`` counts how often it was opened.
    """

    matter_id: int
    title: str
    place_label: str
    ward_code: str
    stage: str
    part: str
    standing: str
    entry: str
    times: int
    watch_until: date | None
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
    following: After | None = None


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
    worked_from: date | None = None,
    then: LocationsThen | None = None,
    page: int | After = 1,
) -> LocationPage:
    """The persistent locations within reach; ``state`` is one of `STATES`, or all.

    ``closed`` takes in those on watch and those sustained. ``then`` asks for those of an
    earlier instant, whatever their state is now. ``worked_from`` leaves out what was closed
    before a day, or joined to another.
    """
    rows = located(actor)
    if worked_from is not None:
        start = make_aware(datetime.combine(worked_from, time()))
        live = Q(matter__closed_at=None) | Q(matter__closed_at__gte=start)
        rows = rows.filter(live, matter__merged_into=None)
    if ward:
        rows = rows.filter(matter__ward_code=ward)
    if then:
        rows = rows.filter(pk__in=locations_then(then, ward=ward).values("pk"))
    else:
        rows = _in_state(rows, state, on)
    order = ("matter__next_on", "matter_id")
    part = part_of(rows, order, page=page, size=PAGE_ROWS, shown=_counted(rows, on))
    return LocationPage(
        rows=tuple(_row(location, on) for location in part.rows),
        total=part.total,
        page=part.page,
        pages=part.pages,
        following=part.following,
    )


def located(actor: Actor) -> QuerySet[PersistentLocation]:
    """The persistent locations whose inner side the actor may read."""
    rows: QuerySet[PersistentLocation] = PersistentLocation.objects.within(
        policy.reach_of_locations(actor)
    )
    return rows


def _in_state(rows: Any, state: str, on: date) -> Any:
    rows = rows.annotate(**_last_spell("entry", "watch_until"))
    closed = rows.filter(matter__state="closed")
    if state == RELAPSED_NOW:
        return rows.filter(matter__state="open", last_entry=files.RELAPSED)
    if state == files.ON_WATCH:
        return closed.filter(matter__outcome__in=files.SOLVED, last_watch_until__gte=on)
    if state == files.SUSTAINED:
        return closed.filter(matter__outcome__in=files.SOLVED, last_watch_until__lt=on)
    return rows.filter(matter__state=state) if state in {files.OPEN, files.CLOSED} else rows


def _last_spell(*names: str) -> dict[str, Any]:
    """Columns of the last time that the office worked on a location."""
    last = Spell.objects.filter(location=OuterRef("pk")).order_by("-number")
    return {f"last_{name}": Subquery(last.values(name)[:1]) for name in names}


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
        staged(rows)
        .annotate(**_last_spell("entry", "watch_until", "number", "entered_at"))
        .annotate(left_before=Coalesce(_left_before(), Value(LONG_AGO)))
        .annotate(
            looked=Exists(
                ConditionCheck.objects.filter(
                    matter=OuterRef("matter"), seen_at__gte=OuterRef("left_before")
                )
            ),
            planned_now=Exists(
                WorkPlan.objects.filter(
                    matter=OuterRef("matter"), adopted_at__gte=OuterRef("last_entered_at")
                )
            ),
            analyzed=Exists(
                Analysis.objects.filter(
                    location=OuterRef("pk"), written_at__gte=OuterRef("last_entered_at")
                ).exclude(_lacks_an_answer())
            ),
        )
        .select_related("matter__owner", "place")
        .annotate(
            asks_open=Count("matter__asks", filter=live),
            asks_waiting=Count("matter__asks", filter=Q(matter__asks__state="requested")),
            asks_late=Coalesce(Subquery(late), 0),
            last_rating=Subquery(seen.values("rating")[:1]),
            last_seen_at=Subquery(seen.values("seen_at")[:1]),
        )
    )


def _left_before() -> Subquery:
    """When an open location was left the time before; none where this is the first."""
    left = Spell.objects.filter(location=OuterRef("pk"), left_at__isnull=False)
    return Subquery(left.order_by("-number").values("left_at")[:1])


def _lacks_an_answer() -> Q:
    lacks = Q()
    for name in files.QUESTIONS:
        lacks |= Q(**{name: ""})
    return lacks


def staged(rows: Any) -> Any:
    """With what tells the stage: a plan, an answer of an agency, a check."""
    of_it = {"matter": OuterRef("matter")}
    return rows.annotate(
        planned=Exists(WorkPlan.objects.filter(**of_it)),
        answered=Exists(Ask.objects.filter(**of_it, kind=REFERRAL, state__in=AGREED)),
        checked=Exists(
            ConditionCheck.objects.filter(**of_it, seen_at__gte=F("matter__plans__adopted_at"))
        ),
    )


def reached(location: Any) -> tuple[str, ...]:
    """The stages that a location has reached, in their order; the last is where it stands."""
    return rules.stages_reached(
        planned=location.planned,
        answered=location.answered,
        checked=location.checked,
        closed=location.matter.state == "closed",
    )


def _row(location: Any, on: date) -> LocationRow:
    matter = location.matter
    is_open = matter.state == "open"
    return LocationRow(
        matter_id=matter.pk,
        title=matter.title,
        place_label=location.place.label,
        ward_code=matter.ward_code,
        stage=reached(location)[-1],
        part=_part(location) if is_open else "",
        standing=files.standing_of(
            is_open=is_open,
            outcome=matter.outcome,
            watch_until=location.last_watch_until,
            on=on,
        ),
        entry=location.last_entry or files.DESIGNATED,
        times=location.last_number or 1,
        watch_until=location.last_watch_until,
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


def _part(location: Any) -> str:
    now = files.FileNow(
        looks=int(location.looked),
        answered=frozenset(files.QUESTIONS) if location.analyzed else frozenset(),
        planned=location.planned_now,
        live_asks=location.asks_open,
        exit_met=False,
    )
    return next(part.label for part in files.parts_of(now) if part.here)
