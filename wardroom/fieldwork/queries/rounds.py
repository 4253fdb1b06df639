"""Rounds of spot checks as lists and files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop
from wardroom.fieldwork.queries.walks import legs_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline

PAGE_ROWS = 25


@dataclass(frozen=True)
class RoundRow:
    """A round as lists show it; ``passed`` is None where it was no lot or nobody can tell."""

    id: int
    title: str
    source: str
    ward_code: str
    agency: str
    state: str
    closed_from: date
    closed_until: date
    drawn_on: date
    checks: int
    looked: int
    closed: int
    lot: str
    passed: bool | None
    figures: dict[str, Any] | None
    disputed: bool = False


@dataclass(frozen=True)
class RoundPage:
    """A page of rounds, the newest first."""

    rows: tuple[RoundRow, ...]
    total: int
    page: int
    pages: int
    allowed: frozenset[str]


@dataclass(frozen=True)
class StratumRow:
    """One ward and kind: how many were closed, how many the lot chose, and what was found.

    ``found`` is none before the round is over, so that nobody looks with a number in mind.
    """

    number: int
    ward_code: str
    kind_name: str
    closed: int
    checks: int
    found: dict[str, Any] | None


@dataclass(frozen=True)
class WalkRow:
    """One walk of a round: its ward, its stops, and how far it is."""

    walk: int
    ward_code: str
    stops: int
    looked: int
    metres: float


@dataclass(frozen=True)
class RoundFile:
    """One round: what was drawn, how far the walks are, and what it says once it is over.

    ``elsewhere`` counts the stops beyond the reader's reach; where there are any, ``text`` is
    empty, for it says how much was closed in every ward.
    """

    row: RoundRow
    topics: tuple[str, ...]
    planned_checks: int | None
    most_not_fixed: int | None
    passes_good: float | None
    passes_bad: float | None
    data_as_of: datetime
    seed: int
    sha256: str
    text: str
    drawn_by: str
    drawn_at: datetime
    ended_on: date | None
    ended_at: datetime | None
    strata: tuple[StratumRow, ...]
    walks: tuple[WalkRow, ...]
    elsewhere: int
    timeline: TimelinePage
    allowed: frozenset[str]


def may_draw(actor: Actor) -> bool:
    """Whether this actor draws rounds at all."""
    return policy.may_plan_round(actor)


def round_page(
    actor: Actor,
    *,
    ward: str | None = None,
    state: str = "all",
    agency: str | None = None,
    page: int = 1,
) -> RoundPage:
    """The rounds within reach; ``state`` is drawn, walked, ended, disputed or all."""
    rows = _disputed(_looked(_seen(actor)), actor)
    if ward:
        rows = rows.filter(pk__in=Stop.objects.filter(ward_code=ward).values("round"))
    if agency:
        rows = rows.filter(agency=agency)
    rows = _in_state(rows, state)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = rows.order_by("-drawn_at", "-pk")[on_page]
    return RoundPage(
        rows=tuple(row_of(row) for row in shown),
        total=total,
        page=page,
        pages=pages,
        allowed=frozenset({"draw_round"} if may_draw(actor) else ()),
    )


def get_round(round_id: int, actor: Actor) -> CheckRound:
    """One round, to act on it; `NotFound` where it is out of reach."""
    row: CheckRound | None = _seen(actor).filter(pk=round_id).first()
    if row is None:
        raise NotFound(f"no round {round_id}")
    return row


def round_file(round_id: int, actor: Actor) -> RoundFile:
    """One round, whole; `NotFound` where it is out of reach."""
    found = _looked(_seen(actor)).select_related("drawn_by").filter(pk=round_id).first()
    if found is None:
        raise NotFound(f"no round {round_id}")
    walks = _walks(found, actor)
    elsewhere = found.checks - sum(walk.stops for walk in walks)
    return RoundFile(
        row=row_of(found),
        topics=tuple(found.topics),
        planned_checks=found.planned_checks,
        most_not_fixed=found.most_not_fixed,
        passes_good=found.passes_good,
        passes_bad=found.passes_bad,
        data_as_of=found.data_as_of,
        seed=found.seed,
        sha256=found.sha256,
        text="" if elsewhere else found.text,
        drawn_by=found.drawn_by.name,
        drawn_at=found.drawn_at,
        ended_on=localdate(found.ended_at) if found.ended_at else None,
        ended_at=found.ended_at,
        strata=_strata(found, {walk.ward_code for walk in walks}),
        walks=walks,
        elsewhere=elsewhere,
        timeline=timeline(actor, refs=[Ref("round", str(found.pk))]),
        allowed=_allowed(found, actor),
    )


def row_of(row: Any) -> RoundRow:
    """A round with the number of its stops that were looked at."""
    return RoundRow(
        id=row.pk,
        title=row.title,
        source=row.source,
        ward_code=row.ward_code,
        agency=row.agency,
        state=rules.standing_of(looked=row.looked, ended=row.ended_at is not None),
        closed_from=row.closed_from,
        closed_until=row.closed_until,
        drawn_on=localdate(row.drawn_at),
        checks=row.checks,
        looked=row.looked,
        closed=row.closed,
        lot=row.lot,
        passed=row.passed,
        figures=row.figures,
        disputed=getattr(row, "is_disputed", False),
    )


def _seen(actor: Actor) -> Any:
    return CheckRound.objects.within(policy.reach_of_rounds(actor))


def _looked(rows: Any) -> Any:
    stands = SpotCheck.objects.filter(stop__round=OuterRef("pk"), stands=True).order_by()
    counted = stands.values("stop__round").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        any_looked=Exists(stands),
        looked=Coalesce(Subquery(counted), 0),
    )


def _disputed(rows: Any, actor: Actor) -> Any:
    """With whether an agency waits for an answer about a stop within reach."""
    mine = Stop.objects.within(policy.reach_of_stops(actor))
    waits = mine.filter(
        round=OuterRef("pk"), dispute__isnull=False, dispute__settled_at__isnull=True
    )
    return rows.annotate(is_disputed=Exists(waits))


def _in_state(rows: Any, state: str) -> Any:
    chosen = {
        rules.DRAWN: Q(ended_at__isnull=True, any_looked=False),
        rules.WALKED: Q(ended_at__isnull=True, any_looked=True),
        rules.ENDED: Q(ended_at__isnull=False),
        "disputed": Q(is_disputed=True),
    }
    return rows.filter(chosen[state]) if state in chosen else rows


def _strata(found: Any, wards: set[str]) -> tuple[StratumRow, ...]:
    kept = found.figures["strata"] if found.figures else []
    of_number = {row["number"]: row for row in kept}
    rows = found.strata.defer("members").order_by("number")
    return tuple(
        StratumRow(
            number=s.number,
            ward_code=s.ward_code,
            kind_name=s.kind_name,
            closed=s.closed,
            checks=s.checks,
            found=of_number.get(s.number),
        )
        for s in rows
        if s.ward_code in wards | {""}
    )


def _walks(found: Any, actor: Actor) -> tuple[WalkRow, ...]:
    mine = Stop.objects.within(policy.reach_of_stops(actor)).filter(round=found)
    stands = SpotCheck.objects.filter(stop=OuterRef("pk"), stands=True)
    columns = ("walk", "ward_code", "latitude", "longitude", "seen")
    rows = mine.annotate(seen=Exists(stands)).order_by("walk", "position").values_list(*columns)
    walks: dict[int, list[Any]] = {}
    for row in rows:
        walks.setdefault(row[0], []).append(row)
    return tuple(
        WalkRow(
            walk=walk,
            ward_code=stops[0][1],
            stops=len(stops),
            looked=sum(bool(stop[4]) for stop in stops),
            metres=sum(legs_of([(stop[2], stop[3]) for stop in stops])),
        )
        for walk, stops in walks.items()
    )


def _allowed(found: Any, actor: Actor) -> frozenset[str]:
    may = found.ended_at is None and found.looked and policy.may_end_round(actor, found)
    return frozenset({"end_round"} if may else ())
