"""What an agency reads of what was found, what it disputes, and what that holds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.fieldwork import policy
from wardroom.fieldwork.models import CheckRound, Dispute, SpotCheck, Stop
from wardroom.fieldwork.rules import SPOT_FINDINGS, disputes
from wardroom.kernel.business_time import Calendar, Due
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.matters.queries.clocks import working_calendar

PAGE_ROWS = 25
AROUND = timedelta(days=31)
BAD = Q(finding__in=tuple(disputes.BETTER))


@dataclass(frozen=True)
class Held:
    """Why a round cannot be ended yet."""

    code: str
    sentence: str


@dataclass(frozen=True)
class DisputeRow:
    """What an agency says against a finding, and what became of it."""

    id: int
    stop_id: int
    label: str
    agency: str
    disputed_by: str
    disputed_at: datetime
    wording: str
    found_label: str
    state: str
    settled_by: str
    settled_at: datetime | None
    settled_why: str
    instead_label: str


@dataclass(frozen=True)
class FoundRow:
    """What the office found of an agency's work, without who looked.

    ``until`` is the last moment to dispute it, and says how it was counted.
    """

    stop_id: int
    check_id: int
    label: str
    ward_code: str
    kind_name: str
    closed_on: date
    seen_on: date
    finding_label: str
    note: str
    until: Due
    dispute: DisputeRow | None
    allowed: frozenset[str]


@dataclass(frozen=True)
class FoundPage:
    """A page of what was found of an agency's work, the newest look first."""

    rows: tuple[FoundRow, ...]
    total: int
    page: int
    pages: int


def reads_findings(actor: Actor) -> bool:
    """Whether this actor reads what was found of an agency's work."""
    return policy.reads_findings(actor)


def end_held(row: CheckRound, *, at: datetime) -> Held | None:
    """Why a round cannot be ended now, or nothing."""
    if Dispute.objects.filter(stop__round=row, settled_at__isnull=True).exists():
        said = "An agency disputes a finding of this round. Settle that first."
        return Held("dispute_open", said)
    if not row.lot:
        return None
    bad = SpotCheck.objects.filter(BAD, stop__round=row, stands=True, stop__dispute=None)
    newest = bad.order_by("-seen_at").values_list("seen_at", flat=True).first()
    if newest is None:
        return None
    due = disputes.disputable_until(newest, calendar_around(newest, newest))
    if at > due.due_at:
        return None
    said = f"{row.agency} may dispute what was found until {disputes.when(due)}. End it after that."
    return Held("still_disputable", said)


def calendar_around(first: datetime, last: datetime) -> Calendar:
    """The city's working days from a look on, as far as its dispute may reach."""
    return working_calendar(localdate(first), localdate(last) + AROUND)


def get_disputed(stop_id: int, actor: Actor) -> Dispute:
    """The dispute of one stop, to settle it; `NotFound` where it is out of reach."""
    seen = Stop.objects.within(policy.reach_of_stops(actor)).values("pk")
    rows = Dispute.objects.select_related("stop__round", "stop__ask")
    found: Dispute | None = rows.filter(stop=stop_id, stop__in=seen).first()
    if found is None:
        raise NotFound(f"no dispute at stop {stop_id}")
    return found


def get_finding(stop_id: int, actor: Actor) -> SpotCheck:
    """What stands at one stop of the actor's agency, to dispute it."""
    seen = _found(actor).values("pk")
    rows = SpotCheck.objects.select_related("observer", "stop__round", "stop__ask")
    found: SpotCheck | None = rows.filter(stop=stop_id, stop__in=seen, stands=True).first()
    if found is None:
        raise NotFound(f"no finding at stop {stop_id}")
    return found


def found_page(actor: Actor, *, at: datetime, state: str = "all", page: int = 1) -> FoundPage:
    """What was found of the work of the actor's agency; ``state`` is that of its dispute."""
    rows = _in_state(_found(actor), state)
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    shown = _with_checks(rows).order_by("-seen_at", "-pk")[on_page]
    return FoundPage(_found_rows(list(shown), actor, at), total, page, pages)


def found_file(stop_id: int, actor: Actor, *, at: datetime) -> FoundRow:
    """One finding of the actor's agency; `NotFound` where there is none."""
    rows = _found_rows(list(_with_checks(_found(actor).filter(pk=stop_id))), actor, at)
    if not rows:
        raise NotFound(f"no finding at stop {stop_id}")
    return rows[0]


def disputes_of(round_id: int, actor: Actor) -> tuple[DisputeRow, ...]:
    """The disputes of a round within reach, those that wait first."""
    seen = Stop.objects.within(policy.reach_of_stops(actor)).filter(round=round_id)
    rows = Dispute.objects.filter(stop__in=seen.values("pk"))
    rows = rows.select_related("stop", "check_disputed", "put_right")
    found = [dispute_row(dispute) for dispute in rows.order_by("disputed_at", "pk")]
    return tuple(sorted(found, key=lambda row: row.state != disputes.OPEN))


def dispute_row(dispute: Any) -> DisputeRow:
    """One dispute with its answer."""
    right = dispute.put_right
    return DisputeRow(
        id=dispute.pk,
        stop_id=dispute.stop_id,
        label=dispute.stop.label,
        agency=dispute.stop.agency,
        disputed_by=dispute.disputed_by,
        disputed_at=dispute.disputed_at,
        wording=dispute.wording,
        found_label=SPOT_FINDINGS[dispute.check_disputed.finding],
        state=disputes.state_of(settled=dispute.settled_at is not None, upheld=right is not None),
        settled_by=dispute.settled_by,
        settled_at=dispute.settled_at,
        settled_why=dispute.settled_why,
        instead_label=SPOT_FINDINGS[right.finding] if right is not None else "",
    )


def _found(actor: Actor) -> Any:
    """What was found partly or not fixed, or was until its agency disputed it."""
    bad = SpotCheck.objects.filter(BAD, stop=OuterRef("pk"), stands=True)
    rows = Stop.objects.within(policy.reach_of_findings(actor))
    looked = SpotCheck.objects.filter(stop=OuterRef("pk")).order_by("seen_at").values("seen_at")
    rows = rows.annotate(seen_at=Subquery(looked[:1]))
    return rows.filter(Exists(bad) | Q(dispute__isnull=False))


def _in_state(rows: Any, state: str) -> Any:
    chosen = {
        "none": Q(dispute__isnull=True),
        disputes.OPEN: Q(dispute__isnull=False, dispute__settled_at__isnull=True),
        "settled": Q(dispute__settled_at__isnull=False),
    }
    return rows.filter(chosen[state]) if state in chosen else rows


def _with_checks(rows: Any) -> Any:
    stands = Prefetch("checks", SpotCheck.objects.filter(stands=True), "standing")
    rows = rows.select_related("dispute__check_disputed", "dispute__put_right", "ask")
    return rows.prefetch_related(stands)


def _found_rows(stops: Sequence[Any], actor: Actor, at: datetime) -> tuple[FoundRow, ...]:
    pairs = [(stop, _disputed(stop)) for stop in stops]
    looks = [check.seen_at for _, check in pairs]
    if not looks:
        return ()
    calendar = calendar_around(min(looks), max(looks))
    return tuple(_found_row(stop, check, calendar, actor, at) for stop, check in pairs)


def _disputed(stop: Any) -> Any:
    """The finding that an agency reads: the one it disputed, or else the one that stands."""
    dispute = getattr(stop, "dispute", None)
    return dispute.check_disputed if dispute is not None else stop.standing[0]


def _found_row(stop: Any, check: Any, calendar: Calendar, actor: Actor, at: datetime) -> FoundRow:
    dispute = getattr(stop, "dispute", None)
    until = disputes.disputable_until(check.seen_at, calendar)
    check.stop = stop
    may = dispute is None and at <= until.due_at and policy.may_dispute_finding(actor, check)
    return FoundRow(
        stop_id=stop.pk,
        check_id=check.pk,
        label=stop.label,
        ward_code=stop.ward_code,
        kind_name=stop.kind_name,
        closed_on=stop.closed_on,
        seen_on=localdate(check.seen_at),
        finding_label=SPOT_FINDINGS[check.finding],
        note=check.note,
        until=until,
        dispute=dispute_row(dispute) if dispute is not None else None,
        allowed=frozenset({"dispute_finding"} if may else ()),
    )
