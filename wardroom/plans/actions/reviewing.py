"""Looking at a plan again, and keeping that in the owner's list."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_text
from wardroom.plans import facts, policy, rules
from wardroom.plans.models import PlanReview, WorkPlan


@action(policy.may_review_plan)
def review_plan(plan: WorkPlan, *, note: str, review_on: date, stamp: Stamp) -> PlanReview:
    """Say that you looked at the plan again, and that it stays as it is until another day.

    Where something has to change, a new version is adopted instead.
    Refuses: a matter that is closed; a version that another one replaced; no words on what
    you saw; a day that is not after today. Records: `PlanReviewed`.
    """
    matter = plan.matter
    if matter.state != "open":
        raise Refused("wrong_state", "This is closed. Open it again before planning.")
    if WorkPlan.objects.filter(matter=matter, version__gt=plan.version).exists():
        raise Refused("already_replaced", "A newer version replaced this one. Look at that one.")
    rules.check_review(review_on, today=localdate(stamp.at))
    review = PlanReview.objects.create(
        plan=plan,
        reviewed_at=stamp.at,
        reviewed_by=stamp.actor.name,
        note=check_text(
            note,
            code="note_missing",
            sentence="Say what you saw and why the plan stays as it is.",
            field="note",
            most=500,
        ),
        review_on=review_on,
    )
    fact = facts.PlanReviewed(
        **matter_words(matter),
        plan_id=plan.pk,
        version=plan.version,
        review_on=review_on,
        note=review.note,
    )
    record(fact, stamp=stamp)
    keep_plan_waiting(matter, plan, review_on, stamp=stamp)
    return review


def keep_plan_waiting(matter: Matter, plan: WorkPlan, review_on: date, *, stamp: Stamp) -> None:
    """The day on which the owner looks at the plan again, in the owner's list."""
    wait_for(
        "plan",
        str(matter.pk),
        rules.plan_waits(matter.state, review_on),
        party=matter.owner,
        title=f"{matter.title}: {plan.objective}",
        matter=matter,
        ward_code=matter.ward_code,
        place_label=matter.place.label if matter.place else "",
        stamp=stamp,
    )
