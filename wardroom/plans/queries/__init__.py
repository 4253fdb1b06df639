"""What can be asked about work plans, initiatives, and improvements that were agreed."""

from __future__ import annotations

from wardroom.plans.queries.before import StepBefore, steps_before
from wardroom.plans.queries.campaign_names import CampaignName, open_campaigns
from wardroom.plans.queries.campaigns import CampaignView, CampaignWard, campaign_view
from wardroom.plans.queries.improvements import (
    ImprovementFile,
    ImprovementPage,
    ImprovementRow,
    LedTo,
    entities_named,
    get_plan_version,
    improvement_file,
    improvement_page,
    improvements_agreed,
    improvements_to_trace,
    plans_to_name,
)
from wardroom.plans.queries.initiatives import (
    CITYWIDE,
    InitiativeFile,
    InitiativePage,
    InitiativeRow,
    initiative_file,
    initiative_page,
    may_agree_improvements,
    may_open_initiatives,
)
from wardroom.plans.queries.plans import (
    PlanRow,
    PlanView,
    ReviewRow,
    StepCheckRow,
    VersionRow,
    forecast_of,
    get_plan,
    plan_allowed,
    plan_changes,
    plan_of,
)
from wardroom.plans.queries.steps import StepFile, get_step, position_of, step_file

__all__ = [
    "CITYWIDE",
    "CampaignName",
    "CampaignView",
    "CampaignWard",
    "ImprovementFile",
    "ImprovementPage",
    "ImprovementRow",
    "InitiativeFile",
    "InitiativePage",
    "InitiativeRow",
    "LedTo",
    "PlanRow",
    "PlanView",
    "ReviewRow",
    "StepBefore",
    "StepCheckRow",
    "StepFile",
    "VersionRow",
    "campaign_view",
    "entities_named",
    "forecast_of",
    "get_plan",
    "get_plan_version",
    "get_step",
    "improvement_file",
    "improvement_page",
    "improvements_agreed",
    "improvements_to_trace",
    "initiative_file",
    "initiative_page",
    "may_agree_improvements",
    "may_open_initiatives",
    "open_campaigns",
    "plan_allowed",
    "plan_changes",
    "plan_of",
    "plans_to_name",
    "position_of",
    "step_file",
    "steps_before",
]
