"""One step of a plan by itself: who looked at it, and who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.access.actor import Actor, Role
from wardroom.kernel.errors import NotFound
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask
from wardroom.plans import policy, rules
from wardroom.plans.models import PlanStep, StepCheck
from wardroom.plans.queries.plans import PlanRow, PlanView, StepCheckRow, check_row, plan_of

HANDS_IN_IT = (
    "AskProposed",
    "AskRequested",
    "AskAccepted",
    "AskCountered",
    "CounterAgreed",
    "AskDone",
)


@dataclass(frozen=True)
class StepFile:
    """One step with its plan and every look at it.

    ``own`` says that the asker had a hand in it, so that somebody else has to look.
    """

    plan: PlanView
    row: PlanRow
    checks: tuple[StepCheckRow, ...]
    own: bool
    findings: Mapping[str, str]
    allowed: frozenset[str]


def step_file(matter_id: int, position: int, actor: Actor) -> StepFile:
    """One step of the newest version of a plan; `NotFound` where it is out of reach."""
    plan = plan_of(matter_id, actor)
    row = next((r for r in plan.rows if r.position == position), None) if plan else None
    if plan is None or row is None:
        raise NotFound(f"no step {position} of matter {matter_id}")
    checks = StepCheck.objects.filter(ask_id=row.ask_id).select_related("observer")
    own = "verify_step" in row.allowed and had_a_hand(
        Ask.objects.select_related("asked_by").get(pk=row.ask_id), actor
    )
    return StepFile(
        plan=plan,
        row=row,
        checks=tuple(check_row(check) for check in checks.order_by("-seen_at", "-pk")),
        own=own,
        findings=rules.STEP_FINDINGS,
        allowed=row.allowed - ({"verify_step"} if own else set()),
    )


def get_step(matter_id: int, position: int, actor: Actor) -> PlanStep:
    """One step of the newest version, to act on it; `NotFound` where it is out of reach."""
    steps = PlanStep.objects.within(policy.reach_of_steps(actor)).filter(plan__matter_id=matter_id)
    step: PlanStep | None = steps.filter(position=position).order_by("-plan__version").first()
    if step is None or step.plan.matter.plans.filter(version__gt=step.plan.version).exists():
        raise NotFound(f"no step {position} of matter {matter_id}")
    return step


def position_of(matter_id: int, ask_id: int, actor: Actor) -> int | None:
    """Where an ask stands in the newest version of a plan; None where it is not in it."""
    steps = PlanStep.objects.within(policy.reach_of_steps(actor)).filter(plan__matter_id=matter_id)
    newest = steps.order_by("-plan__version").values("plan__version")[:1]
    found = steps.filter(ask_id=ask_id, plan__version=newest)
    position: int | None = found.values_list("position", flat=True).first()
    return position


def had_a_hand(ask: Ask, actor: Actor) -> bool:
    """Whether somebody asked for this or answered for it, ever, in whatever role."""
    asked = actor.user_id is not None and ask.asked_by.user_id == actor.user_id
    if asked or (actor.has(Role.PARTNER) and ask.asked_agency in actor.reach.agencies):
        return True
    own = Entry.objects.filter(kind__in=HANDS_IN_IT, actor_id=actor.user_id)
    return own.filter(about__noun="ask", about__key=str(ask.pk)).exists()
