"""Adopting and revising a work plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import set_next_step
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length, check_text
from wardroom.plans import facts, policy, rules
from wardroom.plans.actions.placing import place_steps
from wardroom.plans.actions.reviewing import keep_plan_waiting
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.plans.rules import AnyStep


@action(policy.may_adopt_plan)
def adopt_plan(
    matter: Matter,
    *,
    objective: str,
    measure: str,
    baseline: float,
    target: float,
    target_on: date,
    review_on: date,
    steps: Sequence[AnyStep],
    cause: str = "",
    reason: str = "",
    former_version: int | None = None,
    stamp: Stamp,
) -> WorkPlan:
    """Adopt a work plan, or its next version, and put its new asks to their agencies at once.

    A later version carries over the steps whose asks were neither declined nor withdrawn
    (`rules` says how), reworded and in another order where it says so; what was promised stays,
    and so does the older version. One commit: all asks or none.
    ``former_version`` is the version that the writer had before them, 0 for none.
    Refuses: a matter that is closed; no objective or measure; a target that is the
    baseline; dates that are over; no steps; a step that waits for a later one; an agency
    that is not known; a later version without a reason, or upon one that nobody was shown;
    a step that came over and is done already, put otherwise.
    The next date of the matter becomes the first day on which an open step is expected or the
    plan is looked at again.
    Records: `PlanAdopted`, `NextStepSet`, `AskProposed` and `AskRequested` for each new step,
    and `AskReworded` for each that is asked for otherwise.
    """
    if matter.state != "open":
        raise Refused("wrong_state", "This is closed. Open it again before planning.")
    if matter.kind not in rules.PLANNED:
        raise Refused("no_plan_here", "A plan belongs to a location, an initiative or a campaign.")
    rules.check_measure(
        baseline=baseline,
        target=target,
        target_on=target_on,
        review_on=review_on,
        today=localdate(stamp.at),
    )
    former = matter.plans.order_by("-version").first()
    if former_version is not None and former_version != (former.version if former else 0):
        raise Refused(
            "stale",
            "Somebody saved another version of this plan in the meantime. Open the location to "
            "read it, then write what is still missing.",
        )
    if former is not None:
        reason = check_text(
            reason,
            code="reason_missing",
            sentence="Say why the plan changes.",
            field="reason",
            most=300,
        )
    kept = _kept(former)
    order = rules.in_order(steps, carried=[step.ask_id for step in kept])
    unnamed = len(order) - len(steps)
    rules.check_steps(order, unnamed=unnamed)
    plan = WorkPlan.objects.create(
        matter=matter,
        version=former.version + 1 if former else 1,
        cause=cause.strip(),
        objective=check_text(
            objective,
            code="objective_missing",
            sentence="Say what the plan should reach.",
            field="objective",
            most=300,
        ),
        measure=check_text(
            measure,
            code="measure_missing",
            sentence="Say what is counted.",
            field="measure",
            most=200,
        ),
        baseline=baseline,
        target=target,
        target_on=target_on,
        review_on=review_on,
        reason=check_length(reason, field="reason", most=300) if former else "",
        adopted_at=stamp.at,
        adopted_by=stamp.actor.name,
    )
    placed, asks = place_steps(plan, order, kept, unnamed=unnamed, stamp=stamp)
    next_on = rules.first_day([*_expected(placed), review_on], today=localdate(stamp.at))
    set_next_step(matter, next_on=next_on, next_step=rules.NEXT_STEP, stamp=stamp)
    fact = facts.PlanAdopted(
        matter_id=matter.pk,
        title=matter.title,
        place_id=matter.place_id,
        ward_code=matter.ward_code,
        plan_id=plan.pk,
        version=plan.version,
        objective=plan.objective,
        target_on=target_on,
        review_on=review_on,
        reason=plan.reason,
        steps=len(placed),
        new_ask_ids=tuple(ask.pk for ask in asks),
    )
    record(fact, stamp=stamp)
    keep_plan_waiting(matter, plan, plan.review_on, stamp=stamp)
    return plan


def _kept(former: WorkPlan | None) -> list[PlanStep]:
    if former is None:
        return []
    steps = former.steps.select_related("ask").prefetch_related("waits").order_by("position")
    return [step for step in steps if step.ask.state not in rules.LEFT_BEHIND]


def _expected(placed: Sequence[PlanStep]) -> list[date]:
    """The days on which the steps that are not done yet are expected."""
    asks = [step.ask for step in placed if step.ask.state != "done"]
    return [ask.promised_on or ask.due_on for ask in asks]
