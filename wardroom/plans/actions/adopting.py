"""Adopting and revising a work plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_agency
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import propose_ask, request_ask, set_next_step
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import check_length, check_text
from wardroom.plans import facts, policy, rules
from wardroom.plans.actions.reviewing import keep_plan_waiting
from wardroom.plans.models import PlanStep, StepWait, WorkPlan
from wardroom.plans.rules import StepDraft


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
    steps: Sequence[StepDraft],
    cause: str = "",
    reason: str = "",
    former_version: int | None = None,
    stamp: Stamp,
) -> WorkPlan:
    """Adopt a work plan, or its next version, and put its new asks to their agencies at once.

    A later version carries over the steps whose asks were neither declined nor withdrawn
    (`rules` says how) and keeps the older version as it was. One commit: all asks or none.
    ``former_version`` is the version that the writer had before them, 0 for none.
    Refuses: a matter that is closed; no objective or measure; a target that is the
    baseline; dates that are over; no steps; a step that waits for a later one; an agency
    that is not known; a later version without a reason, or upon one that nobody was shown.
    The next date of the matter becomes the first day on which an open step is expected or the
    plan is looked at again.
    Records: `PlanAdopted`, `NextStepSet`, and `AskProposed` and `AskRequested` for each new
    step.
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
    rules.check_steps(steps, carried=len(kept))
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
    placed = _carry_over(plan, kept)
    asks = [_ask(matter, index, draft, stamp) for index, draft in enumerate(steps)]
    for ask, draft in zip(asks, steps, strict=True):
        position = len(placed) + 1
        step = _place(plan, ask, position, draft.days, draft.owner_name, draft.cost)
        _let_wait(step, (placed[after] for after in sorted(set(draft.after))))
        placed[position] = step
    next_on = rules.first_day(
        [*_expected(kept), *(draft.due_on for draft in steps), review_on],
        today=localdate(stamp.at),
    )
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


def _expected(kept: Sequence[PlanStep]) -> list[date]:
    """The days on which the carried steps that are not done yet are expected."""
    asks = [step.ask for step in kept if step.ask.state != "done"]
    return [ask.promised_on or ask.due_on for ask in asks]


def _carry_over(plan: WorkPlan, kept: Sequence[PlanStep]) -> dict[int, PlanStep]:
    placed: dict[int, PlanStep] = {}
    by_old: dict[int, PlanStep] = {}
    for position, old in enumerate(kept, start=1):
        step = _place(plan, old.ask, position, old.days, old.owner_name, old.cost)
        _let_wait(step, (by_old[w.on_id] for w in old.waits.all() if w.on_id in by_old))
        placed[position] = by_old[old.pk] = step
    return placed


def _place(
    plan: WorkPlan, ask: Ask, position: int, days: int, owner_name: str, cost: str
) -> PlanStep:
    """An ask in its place, with how it stands on this day."""
    return PlanStep.objects.create(
        plan=plan,
        ask=ask,
        position=position,
        days=days,
        owner_name=owner_name.strip(),
        cost=cost.strip(),
        state_then=ask.state,
        due_then=ask.due_on,
        promised_then=ask.promised_on,
    )


def _let_wait(step: PlanStep, on: Iterable[PlanStep]) -> None:
    StepWait.objects.bulk_create([StepWait(step=step, on=other) for other in on])


def _ask(matter: Matter, index: int, draft: StepDraft, stamp: Stamp) -> Ask:
    try:
        agency: Party = get_agency(draft.agency_code)
        ask = propose_ask(
            matter,
            party=agency,
            wording=draft.wording,
            authority=draft.authority,
            due_on=draft.due_on,
            stamp=stamp,
        )
    except NotFound:
        raise Refused(
            "no_such_agency",
            "Choose an agency from the list.",
            field=rules.step_field(index, "agency_code"),
        ) from None
    except Refused as no:
        field = rules.step_field(index, no.field) if no.field else None
        raise Refused(no.code, no.sentence, field=field) from no
    return request_ask(ask, stamp=stamp)
