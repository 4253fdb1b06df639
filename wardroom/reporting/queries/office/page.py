"""The page of the office's twelve measures, and one of them whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.paging import page_at
from wardroom.reporting import policy
from wardroom.reporting.gateways.limits import limits_of
from wardroom.reporting.models import MeasureTarget
from wardroom.reporting.queries.measured import MeasuredHead, MeasureRow
from wardroom.reporting.queries.office import flows
from wardroom.reporting.queries.office.elsewhere import (
    Earlier,
    Incidents,
    Mirrored,
    Rounds,
    days_to_close,
    done_on_time,
    earlier,
)
from wardroom.reporting.queries.office.parts import Asked, CountedRow, Source
from wardroom.reporting.queries.office.stocks import Outreach, Plans
from wardroom.reporting.rules import office_measures as rules

PAGE_ROWS = 50
ONLY = ("met", "missed")
FLOWS: Mapping[str, Callable[[Actor, date], Source]] = {
    "answered": flows.answered,
    "promises": flows.promises,
    "sustained": flows.sustained,
    "anc_clocks": flows.anc_clocks,
    "core_teams": flows.core_teams,
    "commitments": flows.public_promises,
    "plans": Plans,
    "outreach": Outreach,
}
MIRRORED = {"on_time": done_on_time, "time": days_to_close}


@dataclass(frozen=True)
class OfficeMeasure:
    """One measure: its figure now, its target, its months and what they show."""

    measure: rules.Measure
    figure: rules.Figure
    target: rules.Target | None
    coming: tuple[rules.Target, ...]
    beside_target: str
    months: tuple[rules.MonthFigure, ...]
    trend: rules.Trend


@dataclass(frozen=True)
class MirroredRows:
    """The requests behind a figure: what was measured, and up to when."""

    head: MeasuredHead
    row: MeasureRow


@dataclass(frozen=True)
class OfficeMeasures:
    """All of them, in their order; never more than twelve."""

    since_on: date
    until_on: date
    at: datetime
    measures: tuple[OfficeMeasure, ...]
    left_out: tuple[rules.LeftOut, ...]
    mirrored: MirroredRows | None
    may_set: bool


@dataclass(frozen=True)
class OfficeMeasureFile:
    """One measure whole, with every target that it ever had."""

    one: OfficeMeasure
    targets: tuple[rules.Target, ...]
    since_on: date
    until_on: date
    mirrored: MirroredRows | None
    may_set: bool


@dataclass(frozen=True)
class MeasureRows:
    """A page of the rows that a measure counts."""

    measure: rules.Measure
    rows: tuple[CountedRow, ...]
    total: int
    page: int
    pages: int
    since_on: date
    until_on: date


def office_measures(actor: Actor, *, at: datetime) -> OfficeMeasures:
    """How the office does: every measure of the twelve, as it stands.

    Refuses: whoever does not see all wards.
    """
    _check(actor)
    today = localdate(at)
    kept = earlier(actor, rules.first_months(today))
    targets = _targets()
    return OfficeMeasures(
        since_on=rules.counted_from(today),
        until_on=today,
        at=at,
        measures=tuple(
            _told(m, _source(m.code, actor, at, kept), targets.get(m.code, ()), today)
            for m in rules.ALL
        ),
        left_out=rules.LEFT_OUT,
        mirrored=_requests(kept),
        may_set=policy.may_set_target(actor, None),
    )


def office_measure(code: str, actor: Actor, *, at: datetime) -> OfficeMeasureFile:
    """One measure whole; `NotFound` for one that is not among the twelve.

    Refuses: whoever does not see all wards.
    """
    _check(actor)
    measure, today = _measure(code), localdate(at)
    kept = _kept(code, actor, today)
    targets = _targets(code).get(code, ())
    return OfficeMeasureFile(
        one=_told(measure, _source(code, actor, at, kept), targets, today),
        targets=tuple(reversed(targets)),
        since_on=rules.counted_from(today),
        until_on=today,
        mirrored=_requests(kept),
        may_set=policy.may_set_target(actor, None),
    )


def measure_rows(
    code: str,
    actor: Actor,
    *,
    at: datetime,
    month: date | None = None,
    only: str = "",
    page: int = 1,
) -> MeasureRows:
    """The rows behind a measure, of one month or of all that the figure counts.

    `NotFound` for a measure that has its rows elsewhere. Refuses: whoever does not see all wards.
    """
    _check(actor)
    measure, today = _measure(code), localdate(at)
    if code in MIRRORED:
        raise NotFound(f"the rows of {code} are the requests")
    if month is not None and not rules.first_months(today)[0] <= month <= today:
        raise NotFound(f"no month {month} of {code}")
    since = month or rules.counted_from(today)
    until = min(rules.month_after(month) - timedelta(days=1), today) if month else today
    asked = Asked(since, until, only if only in ONLY else "")
    source = _source(code, actor, at, Earlier(None, None, {}))
    start = max(page, 1) - 1
    found, total = source.rows(asked, slice(start * PAGE_ROWS, (start + 1) * PAGE_ROWS))
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    if not found and total:
        found, total = source.rows(asked, on_page)
    return MeasureRows(measure, tuple(found), total, page, pages, since, until)


def may_see_office_measures(actor: Actor) -> bool:
    """Whether the actor sees how the office does."""
    return policy.may_see_office_measures(actor)


def _check(actor: Actor) -> None:
    if not policy.may_see_office_measures(actor):
        raise NotAllowed


def _measure(code: str) -> rules.Measure:
    if code not in rules.MEASURES:
        raise NotFound(f"no measure {code}")
    return rules.MEASURES[code]


def _kept(code: str, actor: Actor, today: date) -> Earlier:
    if code not in MIRRORED:
        return Earlier(None, None, {})
    return earlier(actor, rules.first_months(today))


def _source(code: str, actor: Actor, at: datetime, kept: Earlier) -> Source:
    today = localdate(at)
    if code in MIRRORED:
        return Mirrored(rules.MEASURES[code], today, kept, MIRRORED[code])
    if code == "seen_fixed":
        return Rounds(today, actor)
    if code == "incidents":
        return Incidents(actor, at)
    return FLOWS[code](actor, today)


def _told(
    measure: rules.Measure, source: Source, targets: tuple[rules.Target, ...], today: date
) -> OfficeMeasure:
    months = source.months(rules.first_months(today))
    figure = source.figure(months)
    target = rules.target_at(targets, today)
    return OfficeMeasure(
        measure=measure,
        figure=figure,
        target=target,
        coming=tuple(t for t in targets if t.from_on > today),
        beside_target=rules.beside_target(measure, figure, target),
        months=months,
        trend=rules.trend_of(measure, months, limits_of),
    )


def _requests(kept: Earlier) -> MirroredRows | None:
    if kept.head is None or kept.total is None:
        return None
    return MirroredRows(kept.head, kept.total)


def _targets(code: str = "") -> Mapping[str, tuple[rules.Target, ...]]:
    """The targets of each measure, in the order they were set."""
    rows = MeasureTarget.objects.filter(**({"code": code} if code else {})).order_by("set_at", "pk")
    found: dict[str, tuple[rules.Target, ...]] = {}
    for row in rows:
        told = rules.Target(row.value, row.from_on, row.why, row.set_by)
        found[row.code] = (*found.get(row.code, ()), told)
    return found
