"""Outreach plans: those in force, the list, and one with all its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.engagement import policy
from wardroom.engagement.models import OutreachPlan, OutreachVersion
from wardroom.engagement.queries.papers import OWN_MOVES
from wardroom.engagement.rules import outreach as rules
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters.queries import MatterHeader, matter_allowed, matter_header

PAGE_ROWS = 25


@dataclass(frozen=True)
class VersionRow:
    """A plan as it stood from a day on."""

    matter_id: int
    title: str
    ward_code: str
    version: int
    starts_on: date
    ends_on: date
    reserve: int
    reason: str
    adopted_on: date
    adopted_by: str
    targets: tuple[rules.Target, ...]

    @property
    def where(self) -> str:
        """For which part of the city it is."""
        return f"Ward {self.ward_code}" if self.ward_code else "Citywide"

    @property
    def lines(self) -> str:
        """Its targets as they are typed."""
        return "\n".join(str(target) for target in self.targets)

    def target(self, by: str, key: str) -> rules.Target | None:
        """What it wants of one: its own line, else the line for each."""
        mine = {(t.by, t.key): t for t in self.targets}
        return mine.get((by, key)) or mine.get((by, ""))


@dataclass(frozen=True)
class PlansInForce:
    """What is planned on a day, by ward; the plan of the city holds where a ward has none."""

    plans: Mapping[str, VersionRow]

    def of(self, ward_code: str) -> VersionRow | None:
        """The plan of a ward, or else of the city."""
        return self.plans.get(ward_code) or self.plans.get("")

    def target(self, by: str, key: str, ward_code: str) -> rules.Target | None:
        """What is wanted of one: by the plan of its ward, or else of the city."""
        held = (self.plans.get(code) for code in dict.fromkeys((ward_code, "")))
        found = (plan.target(by, key) for plan in held if plan is not None)
        return next((target for target in found if target is not None), None)

    def speak_of(self, by: str) -> bool:
        """Whether any plan has a line by this: by language, or by kind of group."""
        return any(target.by == by for plan in self.plans.values() for target in plan.targets)

    def reserve(self, ward_code: str) -> int:
        """The share of suggestions that is kept for where few report."""
        plan = self.of(ward_code)
        return plan.reserve if plan is not None else rules.RESERVE


@dataclass(frozen=True)
class OutreachPlanRow:
    """A plan in a list, and whether it holds today."""

    plan: VersionRow
    state: str
    holds: bool
    outcome_label: str


@dataclass(frozen=True)
class OutreachPlanPage:
    """A page of plans, the newest first."""

    rows: tuple[OutreachPlanRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class OutreachPlanFile:
    """One plan whole, with what it was before."""

    matter: MatterHeader
    plan: VersionRow
    before: tuple[VersionRow, ...]
    holds: bool
    timeline: TimelinePage
    allowed: frozenset[str]


def plans_in_force(actor: Actor, *, on: date) -> PlansInForce:
    """The plans within reach that hold on a day, by ward."""
    rows = OutreachVersion.objects.in_force().holding(on)
    found = _versions(rows.filter(plan__in=_seen(actor)))
    return PlansInForce({row.ward_code: row for row in found})


def outreach_plan_page(
    actor: Actor, *, on: date, ward: str = "", state: str = "open", page: int = 1
) -> OutreachPlanPage:
    """The plans within reach; ``state`` is open, closed, or anything else for all."""
    plans = _seen(actor)
    if ward:
        plans = plans.filter(matter__ward_code=ward)
    if state in {"open", "closed"}:
        plans = plans.filter(matter__state=state)
    total = plans.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    chosen = list(plans.select_related("matter").order_by("-pk")[on_page])
    newest = {
        row.matter_id: row
        for row in _versions(OutreachVersion.objects.filter(plan__in=[p.pk for p in chosen]))
    }
    rows = tuple(_row(plan, newest[plan.matter_id], on) for plan in chosen)
    return OutreachPlanPage(rows, total, page, pages)


def outreach_plan_file(matter_id: int, actor: Actor, *, on: date) -> OutreachPlanFile:
    """One plan, whole; `NotFound` where it is out of reach."""
    related = ("matter__owner", "matter__place")
    plan = _seen(actor).select_related(*related).filter(matter_id=matter_id).first()
    if plan is None:
        raise NotFound(f"no outreach plan {matter_id}")
    *before, held = _versions(OutreachVersion.objects.filter(plan=plan))
    allowed = set(matter_allowed(plan.matter, actor)) & (OWN_MOVES | {"close_matter"})
    if plan.matter.state == "open" and policy.may_change_outreach(actor, plan.matter):
        allowed.add("change_outreach_plan")
    return OutreachPlanFile(
        matter=matter_header(plan.matter, actor),
        plan=held,
        before=tuple(reversed(before)),
        holds=_holds(plan, held, on),
        timeline=timeline(actor, refs=[Ref("matter", str(matter_id))]),
        allowed=frozenset(allowed),
    )


def may_adopt_outreach_plans(actor: Actor) -> bool:
    """Whether the actor adopts outreach plans at all."""
    return policy.may_adopt_outreach(actor, None)


def _seen(actor: Actor) -> QuerySet[OutreachPlan]:
    return OutreachPlan.objects.within(policy.reach_of_plans(actor))


def _row(plan: OutreachPlan, held: VersionRow, on: date) -> OutreachPlanRow:
    return OutreachPlanRow(
        plan=held,
        state=plan.matter.state,
        holds=_holds(plan, held, on),
        outcome_label=rules.ENDS_OF_PLAN.get(plan.matter.outcome, ""),
    )


def _holds(plan: OutreachPlan, held: VersionRow, on: date) -> bool:
    return plan.matter.state == "open" and held.starts_on <= on <= held.ends_on


def _versions(rows: QuerySet[OutreachVersion]) -> list[VersionRow]:
    """Versions with their lines, the oldest first."""
    chosen = rows.select_related("plan__matter").prefetch_related("targets")
    return [
        VersionRow(
            matter_id=v.plan.matter_id,
            title=v.plan.matter.title,
            ward_code=v.plan.matter.ward_code,
            version=v.version,
            starts_on=v.starts_on,
            ends_on=v.ends_on,
            reserve=v.reserve,
            reason=v.reason,
            adopted_on=localdate(v.adopted_at),
            adopted_by=v.adopted_by,
            targets=tuple(
                rules.Target(t.by, t.key, t.contacts, t.days)
                for t in sorted(v.targets.all(), key=lambda t: t.position)
            ),
        )
        for v in chosen.order_by("plan", "version")
    ]
