"""The stops of a round: one walk in its order, and one stop with what was seen there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import CheckRound, SpotCheck, Stop
from wardroom.fieldwork.queries.disputes import DisputeRow, dispute_row
from wardroom.fieldwork.queries.rounds import get_round
from wardroom.fieldwork.queries.walks import legs_of
from wardroom.fieldwork.rules import disputes
from wardroom.kernel.errors import NotFound


@dataclass(frozen=True)
class SpotCheckRow:
    """What somebody found at a stop."""

    id: int
    observer_name: str
    seen_at: datetime
    finding: str
    finding_label: str
    rating: int | None
    rating_label: str
    note: str
    is_own: bool


@dataclass(frozen=True)
class StopRow:
    """One stop: what was reported where, and when the agency closed it.

    What the agency says came of it is never here. `request_id`, `ask_id` and `matter_id` are
    known once somebody has looked, and not before. ``barred`` is whether the reader asked for
    the work. ``service_name`` is what the city's system calls a request, empty for an ask,
    whose kind is its wording; ``begun_on`` is when it was reported or asked.
    """

    id: int
    position: int
    label: str
    place_id: int
    kind_code: str
    kind_name: str
    agency: str
    closed_on: date
    ward_code: str
    latitude: float
    longitude: float
    leg: float
    service_name: str
    begun_on: date
    check: SpotCheckRow | None
    barred: bool
    request_id: int | None = None
    ask_id: int | None = None
    matter_id: int | None = None
    matter_kind: str = ""
    dispute: DisputeRow | None = None


@dataclass(frozen=True)
class WalkView:
    """One walk of a round, in its order; ``next_id`` is the first stop still to be looked at."""

    round_id: int
    title: str
    is_over: bool
    walk: int
    ward_code: str
    stops: tuple[StopRow, ...]
    metres: float
    looked: int
    next_id: int | None


@dataclass(frozen=True)
class StopFile:
    """One stop within its walk, and what the reader may do there."""

    walk: WalkView
    stop: StopRow
    next_id: int | None
    findings: tuple[tuple[str, str], ...]
    ratings: tuple[tuple[int, str], ...]
    better: tuple[tuple[str, str], ...]
    allowed: frozenset[str]


def walk_view(round_id: int, walk: int, actor: Actor) -> WalkView:
    """One walk of a round; `NotFound` where none of it is within reach."""
    found = get_round(round_id, actor)
    return _view(found, walk, actor, list(_stops(actor).filter(round=found, walk=walk)))


def unfixed_stops(round_id: int, actor: Actor) -> tuple[StopRow, ...]:
    """The stops of a round within reach that were partly or not fixed."""
    bad = SpotCheck.objects.filter(stands=True, finding__in=("partly", "not_fixed"))
    stops = _stops(actor).filter(round_id=round_id, pk__in=bad.values("stop"))
    return tuple(_row(stop, 0.0, _own_id(actor)) for stop in stops)


def stop_file(stop_id: int, actor: Actor) -> StopFile:
    """One stop within reach, with those around it on its walk."""
    stop = get_stop(stop_id, actor)
    same_walk = list(_stops(actor).filter(round=stop.round_id, walk=stop.walk))
    view = _view(stop.round, stop.walk, actor, same_walk)
    row = next(row for row in view.stops if row.id == stop.pk)
    later = [s.id for s in view.stops if s.position > row.position and _waits(s)]
    earlier = [s.id for s in view.stops if s.position < row.position and _waits(s)]
    return StopFile(
        walk=view,
        stop=row,
        next_id=next(iter([*later, *earlier]), None),
        findings=tuple(rules.SPOT_FINDINGS.items()),
        ratings=tuple(rules.RATINGS.items()),
        better=_better(row),
        allowed=_allowed(stop, row, actor),
    )


def get_stop(stop_id: int, actor: Actor) -> Stop:
    """One stop, to act on it; `NotFound` where it is out of reach."""
    stop: Stop | None = _stops(actor).filter(pk=stop_id).first()
    if stop is None:
        raise NotFound(f"no stop {stop_id}")
    return stop


def get_spot_check(check_id: int, actor: Actor) -> SpotCheck:
    """One spot check, to correct it; `NotFound` where its stop is out of reach."""
    seen = Stop.objects.within(policy.reach_of_stops(actor)).values("pk")
    rows = SpotCheck.objects.select_related("observer", "stop__round", "stop__ask")
    check: SpotCheck | None = rows.filter(pk=check_id, stop__in=seen).first()
    if check is None:
        raise NotFound(f"no spot check {check_id}")
    return check


def _stops(actor: Actor) -> Any:
    stands = SpotCheck.objects.filter(stands=True).select_related("observer")
    rows = Stop.objects.within(policy.reach_of_stops(actor))
    told = ("dispute__check_disputed", "dispute__put_right")
    rows = rows.select_related("round", "ask__matter", "request__service", *told)
    return rows.prefetch_related(Prefetch("checks", stands, "standing")).order_by(
        "walk", "position"
    )


def _view(found: CheckRound, walk: int, actor: Actor, stops: list[Any]) -> WalkView:
    if not stops:
        raise NotFound(f"no walk {walk}")
    own = _own_id(actor)
    legs = legs_of([(stop.latitude, stop.longitude) for stop in stops])
    rows = tuple(_row(stop, leg, own) for stop, leg in zip(stops, legs, strict=True))
    return WalkView(
        round_id=found.pk,
        title=found.title,
        is_over=found.ended_at is not None,
        walk=walk,
        ward_code=stops[0].ward_code,
        stops=rows,
        metres=sum(legs),
        looked=sum(row.check is not None for row in rows),
        next_id=next((row.id for row in rows if _waits(row)), None),
    )


def _waits(row: StopRow) -> bool:
    return row.check is None and not row.barred


def _own_id(actor: Actor) -> int | None:
    try:
        return int(get_party_of(actor).pk)
    except NotFound:
        return None


def _row(stop: Any, leg: float, own: int | None) -> StopRow:
    check = next(iter(stop.standing), None)
    known = check is not None
    return StopRow(
        id=stop.pk,
        position=stop.position,
        label=stop.label,
        place_id=stop.place_id,
        kind_code=stop.kind_code,
        kind_name=stop.kind_name,
        agency=stop.agency,
        closed_on=stop.closed_on,
        ward_code=stop.ward_code,
        latitude=stop.latitude,
        longitude=stop.longitude,
        leg=leg,
        service_name="" if stop.request is None else stop.request.service.name,
        begun_on=_begun_on(stop),
        check=_check(check, own) if known else None,
        barred=stop.ask is not None and own is not None and stop.ask.asked_by_id == own,
        request_id=stop.request_id if known else None,
        ask_id=stop.ask_id if known else None,
        matter_id=stop.ask.matter_id if known and stop.ask is not None else None,
        matter_kind=stop.ask.matter.kind if known and stop.ask is not None else "",
        dispute=dispute_row(stop.dispute) if hasattr(stop, "dispute") else None,
    )


def _begun_on(stop: Any) -> date:
    """When the request was reported, or the ask put."""
    return localdate(stop.ask.proposed_at if stop.request is None else stop.request.opened_at)


def _check(check: Any, own: int | None) -> SpotCheckRow:
    return SpotCheckRow(
        id=check.pk,
        observer_name=check.observer.name,
        seen_at=check.seen_at,
        finding=check.finding,
        finding_label=rules.SPOT_FINDINGS[check.finding],
        rating=check.rating,
        rating_label=rules.RATINGS.get(check.rating, "") if check.rating else "",
        note=check.note,
        is_own=own is not None and check.observer_id == own,
    )


def _better(row: StopRow) -> tuple[tuple[str, str], ...]:
    """What may be true instead of a finding that an agency disputes."""
    finding = row.check.finding if row.check is not None else ""
    return tuple((code, rules.SPOT_FINDINGS[code]) for code in disputes.BETTER.get(finding, ()))


def _allowed(stop: Stop, row: StopRow, actor: Actor) -> frozenset[str]:
    if row.dispute is not None:
        return frozenset({"settle_dispute"} if _may_settle(stop, row, actor) else ())
    if stop.round.ended_at is not None or not policy.may_record_spot_check(actor, stop):
        return frozenset()
    if row.check is not None:
        return frozenset({"correct_spot_check"} if row.check.is_own else ())
    return frozenset() if row.barred else frozenset({"record_spot_check"})


def _may_settle(stop: Stop, row: StopRow, actor: Actor) -> bool:
    """Whether an open dispute is for this reader, who neither looked nor asked."""
    waits = row.dispute is not None and row.dispute.state == disputes.OPEN
    own = row.barred or (row.check is not None and row.check.is_own)
    return waits and not own and policy.may_settle_dispute(actor, stop.dispute)
