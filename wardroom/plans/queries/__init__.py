"""What can be asked about work plans, initiatives, and improvements that were agreed."""

from __future__ import annotations

from wardroom.plans.queries.improvements import ImprovementRow, improvements_agreed
from wardroom.plans.queries.plans import (
    PlanRow,
    PlanView,
    ReviewRow,
    StepCheckRow,
    VersionRow,
    checks_of_step,
    forecast_of,
    get_plan,
    get_step,
    plan_allowed,
    plan_changes,
    plan_of,
)

__all__ = [
    "ImprovementRow",
    "PlanRow",
    "PlanView",
    "ReviewRow",
    "StepCheckRow",
    "VersionRow",
    "checks_of_step",
    "forecast_of",
    "get_plan",
    "get_step",
    "improvements_agreed",
    "plan_allowed",
    "plan_changes",
    "plan_of",
]
