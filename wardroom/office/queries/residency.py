"""Residency: whose is counted, one clock with its arithmetic, and what is to be told today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from wardroom.access.actor import Actor
from wardroom.kernel.business_time import Due
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.office import policy
from wardroom.office.models import Reminder, ResidencyClock
from wardroom.office.rules import residency as rules

PAGE_ROWS = 25
OPEN = ("running", "proved")
STATES = {"open": "Counted now", **rules.STATES}


@dataclass(frozen=True)
class ResidencyRow:
    """One clock in the list."""

    id: int
    party_id: int
    name: str
    appointed_as: str
    appointed_on: date
    due_on: date
    state: str
    state_words: str
    proved_on: date | None
    recheck_on: date | None
    days_passed: int
    overdue: bool

    @property
    def next_on(self) -> date | None:
        """The day by which something has to be seen, if it is still counted."""
        if self.state == "running":
            return self.due_on
        return self.recheck_on if self.state == "proved" else None


@dataclass(frozen=True)
class ResidencyPage:
    """A page of clocks, the first due first."""

    rows: tuple[ResidencyRow, ...]
    total: int
    page: int
    pages: int
    allowed: frozenset[str]


@dataclass(frozen=True)
class ProofRow:
    """Proof that was seen once."""

    kinds: tuple[str, ...]
    seen_on: date
    seen_by: str
    disposed: bool


@dataclass(frozen=True)
class DecisionRow:
    """What a person decided."""

    outcome: str
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ResidencyFile:
    """One clock whole, with the arithmetic of its day."""

    row: ResidencyRow
    due: Due
    told: tuple[int, ...]
    proofs: tuple[ProofRow, ...]
    decisions: tuple[DecisionRow, ...]
    timeline: TimelinePage | None
    allowed: frozenset[str]


def residency_page(actor: Actor, *, on: date, state: str = "open", page: int = 1) -> ResidencyPage:
    """Whose residency is counted; those who lead, audit or keep records all, others their own."""
    rows = ResidencyClock.objects.within(policy.reach_of_own_records(actor))
    rows = rows.filter(state__in=OPEN if state == "open" else [state]) if state else rows
    total = rows.count()
    page, pages, cut = page_at(total, page, PAGE_ROWS)
    chosen = rows.select_related("party").order_by("due_on", "pk")[cut]
    starts = policy.may_start_residency(actor, None)
    return ResidencyPage(
        rows=tuple(_row(clock, on) for clock in chosen),
        total=total,
        page=page,
        pages=pages,
        allowed=frozenset({"start_residency_clock"} if starts else ()),
    )


def residency_file(clock_id: int, actor: Actor, *, on: date) -> ResidencyFile:
    """One clock; `NotFound` for whoever may not see it."""
    clock = get_residency_clock(clock_id, actor)
    told = Reminder.objects.filter(noun="residency", key=str(clock.pk)).order_by("step")
    return ResidencyFile(
        row=_row(clock, on),
        due=Due.from_plain(clock.why_due),
        told=tuple(told.values_list("step", flat=True)),
        proofs=tuple(
            ProofRow(
                kinds=tuple(rules.PROOFS.get(kind, kind) for kind in proof.kinds),
                seen_on=proof.seen_on,
                seen_by=proof.seen_by,
                disposed=proof.disposed_at is not None,
            )
            for proof in clock.proofs.order_by("-seen_on", "-pk")
        ),
        decisions=tuple(
            DecisionRow(rules.OUTCOMES.get(d.outcome, d.outcome), d.reason, d.at, d.by)
            for d in clock.decisions.order_by("-pk")
        ),
        timeline=(
            timeline(actor, refs=[Ref("residency", str(clock.pk))])
            if policy.sees_staffing(actor)
            else None
        ),
        allowed=_allowed(clock, actor, on),
    )


def get_residency_clock(clock_id: int, actor: Actor) -> ResidencyClock:
    """One clock, to act on it; `NotFound` out of reach."""
    rows = ResidencyClock.objects.within(policy.reach_of_own_records(actor))
    found: ResidencyClock | None = rows.select_related("party__user").filter(pk=clock_id).first()
    if found is None:
        raise NotFound(f"no residency clock {clock_id}")
    return found


def get_residency_to_remind(*, on: date) -> tuple[ResidencyClock, ...]:
    """The clocks without proof of which something has to be told today."""
    first = on - timedelta(days=min(rules.REMINDERS))
    rows = ResidencyClock.objects.filter(state="running", appointed_on__lte=first)
    clocks = list(rows.select_related("party").order_by("pk"))
    told = _told(str(clock.pk) for clock in clocks)
    return tuple(
        clock
        for clock in clocks
        if rules.steps_owed(clock.appointed_on, on, told.get(str(clock.pk), set()))
    )


def get_rechecks_to_remind(*, on: date) -> tuple[ResidencyClock, ...]:
    """The clocks whose proof is to be looked at again, and of which that is to be told today."""
    soon = on + timedelta(days=max(rules.RECHECK_AHEAD))
    rows = ResidencyClock.objects.filter(state="proved", recheck_on__lte=soon)
    clocks = list(rows.select_related("party").order_by("pk"))
    keys = {f"{c.pk}:{c.recheck_on.isoformat()}": c for c in clocks if c.recheck_on}
    told = _told(keys)
    return tuple(
        clock
        for key, clock in keys.items()
        if clock.recheck_on is not None
        and rules.recheck_step(clock.recheck_on, on, told.get(key, set())) is not None
    )


def _told(keys: Iterable[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    rows = Reminder.objects.filter(Q(key__in=list(keys)), noun="residency")
    for key, step in rows.values_list("key", "step"):
        found.setdefault(key, set()).add(step)
    return found


def _row(clock: ResidencyClock, on: date) -> ResidencyRow:
    return ResidencyRow(
        id=clock.pk,
        party_id=clock.party.pk,
        name=clock.party.name,
        appointed_as=clock.appointed_as,
        appointed_on=clock.appointed_on,
        due_on=clock.due_on,
        state=clock.state,
        state_words=rules.STATES[clock.state],
        proved_on=clock.proved_on,
        recheck_on=clock.recheck_on,
        days_passed=(on - clock.appointed_on).days,
        overdue=rules.is_overdue(clock.state, clock.due_on, clock.recheck_on, on),
    )


def _allowed(clock: ResidencyClock, actor: Actor, on: date) -> frozenset[str]:
    runs = clock.state in OPEN
    late = rules.is_overdue(clock.state, clock.due_on, clock.recheck_on, on)
    kept = clock.proofs.filter(disposed_at=None).exists() if not runs else False
    offers = {
        "name_appointee": runs
        and clock.party.user_id is None
        and policy.may_start_residency(actor, clock),
        "record_proof": runs and policy.may_record_proof(actor, clock),
        "decide_residency": late and policy.may_decide_residency(actor, clock),
        "end_residency_clock": runs and policy.may_end_residency(actor, clock),
        "dispose_of_proofs": kept and policy.may_dispose_staffing(actor, clock),
    }
    return frozenset(name for name, offered in offers.items() if offered)
