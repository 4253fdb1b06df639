"""What a sound plan is, what follows from a slip, who may vouch, what an improvement says."""

from __future__ import annotations

from wardroom.plans.rules.checking import (
    OF_A_PLACE,
    STEP_FINDINGS,
    VERIFIED,
    check_finding,
    check_looked,
    check_review,
    plan_waits,
)
from wardroom.plans.rules.comparing import AimThen, Comparison, StepThen, compare
from wardroom.plans.rules.forecast import Forecast, StepNow, forecast, short_day
from wardroom.plans.rules.improvements import (
    FOUND_IN,
    SEE_IN_PLACE,
    STATES,
    check_agreed,
    check_authority,
    check_entity,
    check_found_in,
    check_outcome_has_evidence,
    state_of,
)
from wardroom.plans.rules.initiatives import INITIATIVES, check_initiative
from wardroom.plans.rules.steps import (
    LEFT_BEHIND,
    MOST_DAYS,
    NEXT_STEP,
    PLANNED,
    AnyStep,
    KeptStep,
    StepDraft,
    check_measure,
    check_step_shown,
    check_steps,
    first_day,
    in_order,
    step_field,
)

__all__ = [
    "FOUND_IN",
    "INITIATIVES",
    "LEFT_BEHIND",
    "MOST_DAYS",
    "NEXT_STEP",
    "OF_A_PLACE",
    "PLANNED",
    "SEE_IN_PLACE",
    "STATES",
    "STEP_FINDINGS",
    "VERIFIED",
    "AimThen",
    "AnyStep",
    "Comparison",
    "Forecast",
    "KeptStep",
    "StepDraft",
    "StepNow",
    "StepThen",
    "check_agreed",
    "check_authority",
    "check_entity",
    "check_finding",
    "check_found_in",
    "check_initiative",
    "check_looked",
    "check_measure",
    "check_outcome_has_evidence",
    "check_review",
    "check_step_shown",
    "check_steps",
    "compare",
    "first_day",
    "forecast",
    "in_order",
    "plan_waits",
    "short_day",
    "state_of",
    "step_field",
]
