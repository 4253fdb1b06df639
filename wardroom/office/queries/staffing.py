"""The staff that the work needs: from the office's own records, by ward, beside scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils.timezone import make_aware

from wardroom.access.actor import Actor
from wardroom.analysis.staffing import Requirement, Share, Work, relief_factor, requirement, shares
from wardroom.calendar.models import Event
from wardroom.kernel.errors import NotFound
from wardroom.matters.models import Matter
from wardroom.office import policy
from wardroom.office.models import Scenario, Term, TimeLog, UnitTime, WorkYear
from wardroom.office.queries.structure import PositionRow, position_rows
from wardroom.office.rules import staffing as rules

YEAR = timedelta(days=364)  # before today, which counts


@dataclass(frozen=True)
class WorkRow:
    """A kind of work in one column: pieces, hours of one, and where those hours are from."""

    kind: str
    words: str
    volume: float
    hours: float
    low: float
    high: float
    all_hours: float
    changed: bool


@dataclass(frozen=True)
class TimeRow:
    """The hours of one piece of a kind of work, and who measured them; or the placeholder."""

    kind: str
    words: str
    hours: float
    low: float
    high: float
    placeholder: bool
    observed: int
    how: str
    measured_on: date | None
    measured_by: str
    logged: int
    finished: int


@dataclass(frozen=True)
class Plan:
    """One column: today's records, or a scenario beside them."""

    scenario_id: int | None
    name: str
    works: tuple[WorkRow, ...]
    need: Requirement
    net_hours: int
    utilisation: float
    positions: float
    gap: float


@dataclass(frozen=True)
class WardRow:
    """One ward: its work, its share of the people, who is there, and what is missing."""

    share: Share
    there: float
    gap: float


@dataclass(frozen=True)
class PostRow:
    """A post that is covered all year: its hours, and the people it takes to have one there."""

    words: str
    hours: int
    people: float


@dataclass(frozen=True)
class LoggedRow:
    """Minutes that somebody logged for one kind of work."""

    id: int
    words: str
    minutes: int
    finished: int


@dataclass(frozen=True)
class Staffing:
    """What the work needs, what there is, and what is missing."""

    since_on: date
    until_on: date
    plans: tuple[Plan, ...]
    times: tuple[TimeRow, ...]
    wards: tuple[WardRow, ...]
    least_adds: float
    posts: tuple[PostRow, ...]
    citywide: float
    lent: float
    vacant: float
    rates: bool
    allowed: frozenset[str]


def staffing(
    actor: Actor,
    *,
    on: date,
    rates: Mapping[str, float],
    exercises: frozenset[int] = frozenset(),
) -> Staffing:
    """What the work of the last year needs; `NotFound` for whoever may not see it.

    ``rates`` say how readily the people of a ward report, where the office knows that;
    ``exercises`` are incidents that nothing happened in.
    """
    if not policy.may_see_requirement(actor):
        raise NotFound("not for this person")
    since = on - YEAR
    by_ward = _volumes(since, on, exercises)
    volumes = {kind: float(sum(wards.values())) for kind, wards in by_ward.items()}
    times = _times()
    year = WorkYear.objects.order_by("-pk").first()
    net = year.net_hours if year else rules.NET_HOURS
    part = float(year.utilisation if year else rules.UTILISATION)
    rows = position_rows(actor, on=on)
    filled = _fte(row for row in rows if row.filled)
    today = _plan(None, "Today", {}, volumes, times, net, part, filled)
    kept = Scenario.objects.filter(dropped_at=None).order_by("pk")[: rules.MOST_SCENARIOS]
    plans = [_plan(s.pk, s.name, s.changes, volumes, times, net, part, filled) for s in kept]
    wards, own, citywide = _wards(by_ward, times, today, rows, rates)
    plans_staff = policy.may_plan_staff(actor, None)
    return Staffing(
        since_on=since,
        until_on=on,
        plans=(today, *plans),
        times=tuple(times.values()),
        wards=wards,
        least_adds=sum(row.share.fte for row in wards) - own,
        posts=tuple(
            PostRow(words, hours, relief_factor(hours, net)) for words, hours in rules.POSTS.items()
        ),
        citywide=citywide,
        lent=_lent(on),
        vacant=_fte(row for row in rows if row.vacant),
        rates=bool(rates),
        allowed=frozenset({"plan_staff"} if plans_staff else ()),
    )


def sees_requirement(actor: Actor) -> bool:
    """Whether somebody sees what staff is needed."""
    return policy.may_see_requirement(actor)


def may_log(actor: Actor) -> bool:
    """Whether somebody logs time here."""
    return policy.may_log_time(actor, None)


def logged_today(actor: Actor, *, on: date) -> tuple[LoggedRow, ...]:
    """What somebody logged today, the newest first."""
    rows = TimeLog.objects.filter(party__user=actor.user_id or 0, on=on).order_by("-pk")[:20]
    return tuple(
        LoggedRow(row.pk, rules.KINDS[row.kind].one, row.minutes, row.finished) for row in rows
    )


def get_time_log(log_id: int, actor: Actor) -> TimeLog:
    """Time that one logged oneself, to take it back; `NotFound` for that of others."""
    own = TimeLog.objects.filter(party__user=actor.user_id or 0).select_related("party")
    found: TimeLog | None = own.filter(pk=log_id).first()
    if found is None:
        raise NotFound(f"no time {log_id} of this person")
    return found


def get_scenario(scenario_id: int, actor: Actor) -> Scenario:
    """One scenario, to drop it; `NotFound` for whoever may not see it."""
    found: Scenario | None = Scenario.objects.filter(pk=scenario_id, dropped_at=None).first()
    if found is None or not policy.may_see_requirement(actor):
        raise NotFound(f"no scenario {scenario_id}")
    return found


def _volumes(since: date, on: date, exercises: frozenset[int]) -> dict[str, dict[str, int]]:
    """How many pieces of each kind of work there were in a year, by ward; '' is citywide."""
    span = (_start(since), _start(on + timedelta(days=1)))
    found: dict[str, dict[str, int]] = {kind: {} for kind in rules.KINDS}
    opened = Matter.objects.filter(kind__in=("issue", "incident"), opened_at__range=span)
    opened = opened.filter(merged_into=None).exclude(outcome="opened_in_error")
    opened = opened.exclude(pk__in=exercises)
    worked_on = Matter.objects.filter(kind="persistent_location", opened_at__lt=span[1])
    worked_on = worked_on.filter(Q(closed_at=None) | Q(closed_at__gte=span[0]))
    for rows in (opened, worked_on.filter(merged_into=None)):
        counted = rows.order_by().values_list("kind", "ward_code").annotate(n=Count("pk"))
        for kind, ward, number in counted:
            found[kind][ward] = number
    events = Event.objects.filter(starts_at__range=span).exclude(state="cancelled")
    counted_events = events.order_by().values_list("ward_code").annotate(n=Count("pk"))
    found["meeting"] = dict(counted_events)
    return found


def _start(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _times() -> dict[str, TimeRow]:
    newest = UnitTime.objects.values("kind").annotate(last=Max("pk")).values("last")
    measured = {row.kind: row for row in UnitTime.objects.filter(pk__in=newest)}
    logs = TimeLog.objects.order_by().values_list("kind").annotate(Count("pk"), Sum("finished"))
    logged = {kind: (number, finished) for kind, number, finished in logs}
    rows: dict[str, TimeRow] = {}
    for kind, work in rules.KINDS.items():
        row = measured.get(kind)
        number, finished = logged.get(kind, (0, 0))
        hours = row.hours if row else work.placeholder
        rows[kind] = TimeRow(
            kind=kind,
            words=work.one,
            hours=float(hours),
            low=float(row.low if row else hours),
            high=float(row.high if row else hours),
            placeholder=row is None,
            observed=row.observed if row else 0,
            how=row.how if row else "",
            measured_on=row.measured_on if row else None,
            measured_by=row.measured_by if row else "",
            logged=number,
            finished=finished,
        )
    return rows


def _plan(
    scenario_id: int | None,
    name: str,
    changes: Mapping[str, Any],
    volumes: Mapping[str, float],
    times: Mapping[str, TimeRow],
    net: int,
    part: float,
    filled: float,
) -> Plan:
    works = []
    for kind, work in rules.KINDS.items():
        volume = changes.get("volumes", {}).get(kind)
        hours = changes.get("hours", {}).get(kind)
        known = times[kind]
        pieces = volumes[kind] if volume is None else volume
        works.append(
            WorkRow(
                kind=kind,
                words=work.many,
                volume=pieces,
                hours=known.hours if hours is None else hours,
                low=known.low if hours is None else hours,
                high=known.high if hours is None else hours,
                all_hours=pieces * (known.hours if hours is None else hours),
                changed=volume is not None or hours is not None,
            )
        )
    net_hours = int(changes.get("net_hours", net))
    utilisation = float(changes.get("utilisation", part))
    need = requirement(
        (Work(w.kind, w.volume, w.hours, w.low, w.high) for w in works),
        net_hours=net_hours,
        utilisation=utilisation,
    )
    positions = max(0.0, filled + float(changes.get("positions", 0)))
    return Plan(
        scenario_id=scenario_id,
        name=name,
        works=tuple(works),
        need=need,
        net_hours=net_hours,
        utilisation=utilisation,
        positions=positions,
        gap=need.fte - positions,
    )


def _wards(
    by_ward: Mapping[str, Mapping[str, int]],
    times: Mapping[str, TimeRow],
    today: Plan,
    rows: tuple[PositionRow, ...],
    rates: Mapping[str, float],
) -> tuple[tuple[WardRow, ...], float, float]:
    """The wards with their share, what their own work needs, and the hours of no ward."""
    hours: dict[str, float] = {}
    for kind, wards in by_ward.items():
        for ward, number in wards.items():
            hours[ward] = hours.get(ward, 0.0) + number * times[kind].hours
    for row in rows:
        if row.ward_code:
            hours.setdefault(row.ward_code, 0.0)
    citywide = hours.pop("", 0.0)
    if not hours:
        return (), 0.0, citywide
    room = today.net_hours * today.utilisation
    own = sum(hours.values()) / room
    there = {ward: _fte(r for r in rows if r.ward_code == ward and r.filled) for ward in hours}
    return (
        tuple(
            WardRow(share, there[share.ward], share.fte - there[share.ward])
            for share in shares(hours, own, rates=rates)
        ),
        own,
        citywide,
    )


def _lent(on: date) -> float:
    """What people on detail add, in full-time jobs; they are no positions of this office."""
    rows = Term.objects.filter(kind="detail", over_at=None, since_on__lte=on, until_on__gte=on)
    weekly = rows.aggregate(all=Sum("hours_weekly"))["all"] or Decimal(0)
    return float(weekly * 52 / rules.FULL_YEAR)


def _fte(rows: Any) -> float:
    return float(sum((row.fte for row in rows), Decimal(0)))
