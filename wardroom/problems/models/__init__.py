"""What we keep of the places that keep going wrong."""

from __future__ import annotations

from wardroom.problems.models.candidates import (
    Candidate,
    Detection,
    OfficeWeights,
    ReportingRate,
)
from wardroom.problems.models.evaluations import (
    EvaluatedPlace,
    Evaluation,
    EvaluationPreview,
    FalseAlarmCheck,
    Verdict,
)
from wardroom.problems.models.locations import (
    Analysis,
    Decision,
    LocationRule,
    Nomination,
    PersistentLocation,
    Spell,
)

__all__ = [
    "Analysis",
    "Candidate",
    "Decision",
    "Detection",
    "EvaluatedPlace",
    "Evaluation",
    "EvaluationPreview",
    "FalseAlarmCheck",
    "LocationRule",
    "Nomination",
    "OfficeWeights",
    "PersistentLocation",
    "ReportingRate",
    "Spell",
    "Verdict",
]
