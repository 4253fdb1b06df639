"""Where to walk because few report: districts, why each is named, and what was seen there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Sum
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy as of_checks
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.paging import page_at
from wardroom.problems import policy, rules
from wardroom.problems.models import Detection, ReportingRate
from wardroom.problems.queries.candidates import latest_detection

PAGE_ROWS = 25


@dataclass(frozen=True)
class WalkRow:
    """A district with how readily it reports.

    ``why`` is seldom, silent, or empty where nothing calls for a walk. ``unreported`` has its
    bounds, and is None where that cannot be told. ``checked_on`` is the last day on which one
    of the office rated a place there, as far as the asker sees it.
    """

    kind: str
    code: str
    label: str
    ward_code: str
    why: str
    relative: float
    lower: float
    upper: float
    repeats: int
    expected: float
    delay_days: float | None
    episodes: int
    unreported: float | None
    unreported_low: float | None
    unreported_high: float | None
    checked_on: date | None


@dataclass(frozen=True)
class WalkPage:
    """A page of the districts, and what their rates were told from.

    ``counted`` is False where the latest ranking has no rates: it is older, or the city has no
    districts yet. ``delay_days`` is the city's own.
    """

    rows: tuple[WalkRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    counted: bool
    districts: str
    repeats: int
    delay_days: float | None
    definition: str
    data_as_of: datetime | None
    since: date | None


SORTS: dict[str, Callable[[WalkRow], Any]] = {
    "missing": lambda row: row.unreported if row.unreported is not None else -1.0,
    "rate": lambda row: row.relative,
    "delay": lambda row: row.delay_days or 0.0,
    "checked": lambda row: row.checked_on or date.min,
    "code": lambda row: row.code,
}
USUAL_SORT = "-missing"


def walk_page(
    actor: Actor,
    *,
    ward: str | None = None,
    why: str = "",
    sort: str = "",
    page: int = 1,
) -> WalkPage:
    """The districts within reach where few report, by the latest ranking.

    ``why`` seldom or silent asks for those alone, and all for every district. Sorts by one of
    `SORTS`, with a minus for the largest first.
    """
    detection = latest_detection()
    rows = _rows(actor, detection, ward=ward, why=why)
    sort = sort if sort.removeprefix("-") in SORTS else USUAL_SORT
    rows.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    page, pages, on_page = page_at(len(rows), page, PAGE_ROWS)
    told: dict[str, Any] = detection.reporting if detection else {}
    return WalkPage(
        rows=tuple(rows[on_page]),
        total=len(rows),
        page=page,
        pages=pages,
        sort=sort,
        counted=bool(told),
        districts=rules.DISTRICTS.get(told.get("kind", ""), "districts"),
        repeats=told.get("repeats", 0),
        delay_days=told.get("delay_days"),
        definition=told.get("definition", ""),
        data_as_of=detection.data_as_of if detection else None,
        since=_year_before(detection.data_as_of) if detection else None,
    )


def districts_where_few_report(actor: Actor) -> frozenset[tuple[str, str]]:
    """The districts within reach that call for a walk by the latest ranking, as (kind, code)."""
    rates = ReportingRate.objects.within(policy.reach_of_rates(actor)).exclude(why="")
    latest = latest_detection()
    found = rates.filter(detection=latest).values_list("kind", "code") if latest else ()
    return frozenset(found)


def _year_before(at: datetime) -> date:
    """The first day of the twelve months whose episodes are counted."""
    month = localdate(at).year * 12 + localdate(at).month - 12
    return date(month // 12, month % 12 + 1, 1)


def _rows(
    actor: Actor, detection: Detection | None, *, ward: str | None, why: str
) -> list[WalkRow]:
    if detection is None:
        return []
    rates = ReportingRate.objects.within(policy.reach_of_rates(actor)).filter(detection=detection)
    if ward:
        rates = rates.filter(ward_code=ward)
    if why in rules.WHY_WALK:
        rates = rates.filter(why=why)
    elif why != rules.ALL:
        rates = rates.exclude(why="")
    found = list(rates.order_by("why", "code"))
    seen = _last_checks(actor, [rate.district_id for rate in found])
    return [_row(rate, seen.get(rate.district_id)) for rate in found]


def _last_checks(actor: Actor, districts: Iterable[int]) -> dict[int, date]:
    """The last day on which the office rated a place in each district."""
    in_district = "place__memberships__district_id"
    checks = ConditionCheck.objects.within(of_checks.reach(actor))
    rows = checks.filter(place__memberships__district__in=list(districts))
    last = rows.values(in_district).annotate(last=Max("seen_at")).order_by(in_district)
    return {row[in_district]: localdate(row["last"]) for row in last}


def _row(rate: Any, checked_on: date | None) -> WalkRow:
    return WalkRow(
        kind=rate.kind,
        code=rate.code,
        label=rules.district_named(rate.kind, rate.code),
        ward_code=rate.ward_code,
        why=rate.why,
        relative=rate.relative,
        lower=rate.lower,
        upper=rate.upper,
        repeats=rate.repeats,
        expected=rate.expected,
        delay_days=rate.delay_days,
        episodes=rate.episodes,
        unreported=rate.unreported,
        unreported_low=rate.unreported_low,
        unreported_high=rate.unreported_high,
        checked_on=checked_on,
    )


def ward_rates(actor: Actor) -> dict[str, float]:
    """How readily people of each ward report, as the newest ranking saw its districts together.

    1 is as readily as the whole city. Nothing where it was never told, or for a stranger.
    """
    newest = latest_detection()
    if newest is None or not actor.is_staff:
        return {}
    rows = ReportingRate.objects.filter(detection=newest, expected__gt=0).exclude(ward_code="")
    sums = rows.order_by().values_list("ward_code").annotate(Sum("repeats"), Sum("expected"))
    return {ward: float(repeats) / float(expected) for ward, repeats, expected in sums}
