"""What can be asked about work plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.matters.models import Matter
from wardroom.matters.queries import ask_row
from wardroom.plans import policy, rules
from wardroom.plans.models import PlanStep, WorkPlan


@dataclass(frozen=True)
class PlanRow:
    """One step: what was asked of whom, and how it goes.

    ``slip_days`` is how far the promise moved since it was first given;
    ``waits_slip_days`` the largest such slip among the steps it waits for.
    """

    position: int
    ask_id: int
    agency_code: str
    agency_name: str
    wording: str
    authority: str
    state: str
    due_on: date
    asked_on: date | None
    answered_on: date | None
    counter_on: date | None
    first_promised_on: date | None
    promised_on: date | None
    done_on: date | None
    slip_days: int | None
    waits_for: int | None
    waiting: bool
    waits_slip_days: int | None
    carried: bool
    allowed: frozenset[str]


@dataclass(frozen=True)
class VersionRow:
    """One version of a plan in the list of versions."""

    version: int
    adopted_on: date
    adopted_by: str
    reason: str


@dataclass(frozen=True)
class PlanView:
    """One version of a work plan with its steps in order; the newest unless asked."""

    id: int
    matter_id: int
    version: int
    newest: bool
    cause: str
    objective: str
    measure: str
    baseline: float
    target: float
    target_on: date
    review_on: date
    reason: str
    adopted_on: date
    adopted_by: str
    rows: tuple[PlanRow, ...]
    done_steps: int
    versions: tuple[VersionRow, ...]
    allowed: frozenset[str]


def plan_of(matter_id: int, actor: Actor, version: int | None = None) -> PlanView | None:
    """The work plan of a matter, or an older version; None where there is none to read."""
    plans = WorkPlan.objects.within(policy.reach(actor)).filter(matter_id=matter_id)
    every: list[WorkPlan] = list(plans.select_related("matter").order_by("-version"))
    wanted = [p for p in every if version is None or p.version == version]
    if not wanted:
        return None
    plan, newest = wanted[0], wanted[0].version == every[0].version
    steps = _steps(plan)
    earlier = PlanStep.objects.filter(
        plan__matter_id=matter_id, plan__version__lt=plan.version
    ).values_list("ask_id", flat=True)
    rows = _rows(steps, frozenset(earlier), actor)
    return PlanView(
        id=plan.pk,
        matter_id=matter_id,
        version=plan.version,
        newest=newest,
        cause=plan.cause,
        objective=plan.objective,
        measure=plan.measure,
        baseline=plan.baseline,
        target=plan.target,
        target_on=plan.target_on,
        review_on=plan.review_on,
        reason=plan.reason,
        adopted_on=localdate(plan.adopted_at),
        adopted_by=plan.adopted_by,
        rows=rows,
        done_steps=sum(row.state == "done" for row in rows),
        versions=tuple(
            VersionRow(p.version, localdate(p.adopted_at), p.adopted_by, p.reason) for p in every
        ),
        allowed=plan_allowed(plan.matter, actor) if newest else frozenset(),
    )


def plan_allowed(matter: Matter, actor: Actor) -> frozenset[str]:
    """Whether this actor may adopt a plan, or its next version, for a matter now."""
    may = matter.state == "open" and policy.may_adopt_plan(actor, matter)
    return frozenset({"adopt_plan"} if may else ())


def _steps(plan: WorkPlan) -> list[PlanStep]:
    related = ("ask__party", "ask__matter__place", "after__ask")
    return list(plan.steps.select_related(*related).order_by("position"))


def _rows(steps: Sequence[PlanStep], earlier: frozenset[int], actor: Actor) -> tuple[PlanRow, ...]:
    asks = {step.position: ask_row(step.ask, actor) for step in steps}
    after = {s.position: s.after.position if s.after else None for s in steps}
    behind = rules.slips_along(after, {p: ask.slip_days for p, ask in asks.items()})
    return tuple(
        PlanRow(
            position=step.position,
            ask_id=ask.id,
            agency_code=ask.agency_code,
            agency_name=ask.agency_name,
            wording=ask.wording,
            authority=ask.authority,
            state=ask.state,
            due_on=ask.due_on,
            asked_on=ask.asked_on,
            answered_on=ask.answered_on,
            counter_on=ask.counter_on,
            first_promised_on=ask.first_promised_on,
            promised_on=ask.promised_on,
            done_on=ask.done_on,
            slip_days=ask.slip_days,
            waits_for=after[step.position],
            waiting=step.after is not None and step.after.ask.state != "done",
            waits_slip_days=behind[step.position],
            carried=ask.id in earlier,
            allowed=ask.allowed,
        )
        for step in steps
        for ask in (asks[step.position],)
    )
