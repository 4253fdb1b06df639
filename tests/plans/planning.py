"""A plan to work with: three agencies that follow each other, and one that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Cast
from tests.conftest import NOON
from tests.ground import DUE, FRIDAY
from wardroom.access.actor import Stamp
from wardroom.access.queries import actor_for
from wardroom.matters.actions import accept_ask, report_done
from wardroom.matters.models import Ask, Matter
from wardroom.plans.actions import adopt_plan
from wardroom.plans.models import PlanStep, WorkPlan
from wardroom.plans.rules import AnyStep, StepDraft

LATER = FRIDAY + timedelta(days=10)
BOARD_UP = StepDraft("DOB", "Board up the house", "DOB seals open houses", DUE)
CLEAR = StepDraft("DPW", "Clear the alley", "DPW cleans alleys", FRIDAY, after=(1,))
LIGHT = StepDraft("DDOT", "Repair the light", "DDOT owns the lights", LATER, after=(1, 2))
AIM: dict[str, Any] = {
    "objective": "No dumping for 90 days",
    "measure": "Episodes a month",
    "baseline": 6.0,
    "target": 1.0,
    "target_on": date(2027, 3, 1),
    "review_on": date(2027, 1, 4),
}


def adopted(matter: Matter, who: Cast, *steps: AnyStep, **words: Any) -> WorkPlan:
    """A plan of these steps."""
    stamp = words.pop("stamp", who.stamp)
    return adopt_plan(matter, **{**AIM, **words}, steps=steps, stamp=stamp)


def at(who: Cast, *, days: float = 0) -> Stamp:
    """This person some days after the fixed noon."""
    then = NOON + timedelta(days=days)
    return replace(who.stamp, at=then, actor=actor_for(who.user, on=then.date()))


def done_step(matter: Matter, asker: Cast, partner: Cast) -> PlanStep:
    """A step that DPW calls done, an hour after it was asked."""
    plan = adopted(matter, asker, replace(CLEAR, after=()))
    ask = accept_ask(plan.steps.get().ask, promised_on=FRIDAY, stamp=partner.stamp)
    stamp = replace(partner.stamp, at=NOON + timedelta(hours=1))
    report_done(ask, disposition="fixed", stamp=stamp)
    return PlanStep.objects.get(plan=plan)


def ask_of(plan: WorkPlan, position: int) -> Ask:
    """The ask of a step."""
    return plan.steps.get(position=position).ask


SEEN: datetime = NOON + timedelta(hours=2)
