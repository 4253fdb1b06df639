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
from wardroom.problems.models.public_texts import PublicText

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
    "PublicText",
    "ReportingRate",
    "Spell",
    "Verdict",
]
