"""What can happen to work plans, their steps, initiatives and improvements."""

from __future__ import annotations

from wardroom.plans.facts.improvements import (
    ImprovementAgreed,
    ImprovementEvidenced,
    ImprovementLedToPlan,
)
from wardroom.plans.facts.plans import PlanAdopted, PlanReviewed
from wardroom.plans.facts.steps import StepFact, StepOwnerNamed, StepVerified

__all__ = [
    "ImprovementAgreed",
    "ImprovementEvidenced",
    "ImprovementLedToPlan",
    "PlanAdopted",
    "PlanReviewed",
    "StepFact",
    "StepOwnerNamed",
    "StepVerified",
]
