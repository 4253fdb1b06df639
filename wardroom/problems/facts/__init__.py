"""What can happen to places that keep going wrong."""

from __future__ import annotations

from wardroom.problems.facts.candidates import (
    CandidateFact,
    CandidateRefused,
    CandidateWatched,
    DetectionRun,
    LocationDesignated,
    PlaceNominated,
    RankingKeptFresh,
    WeightsSet,
)
from wardroom.problems.facts.evaluations import (
    EvaluationFact,
    EvaluationRegistered,
    EvaluationWithdrawn,
    JudgeTried,
    OrderDrawn,
    PreviewCounted,
    PreviewFact,
    PreviewWanted,
    VerdictKept,
)
from wardroom.problems.facts.locations import (
    LocationAnalyzed,
    LocationFact,
    LocationLeft,
    LocationRelapsed,
    LocationReopened,
    LocationRuleSet,
    LocationWidened,
)
from wardroom.problems.facts.publishing import (
    PublicTextApproved,
    PublicTextFact,
    PublicTextWithdrawn,
    PublicTextWritten,
)

__all__ = [
    "CandidateFact",
    "CandidateRefused",
    "CandidateWatched",
    "DetectionRun",
    "EvaluationFact",
    "EvaluationRegistered",
    "EvaluationWithdrawn",
    "JudgeTried",
    "LocationAnalyzed",
    "LocationDesignated",
    "LocationFact",
    "LocationLeft",
    "LocationRelapsed",
    "LocationReopened",
    "LocationRuleSet",
    "LocationWidened",
    "OrderDrawn",
    "PlaceNominated",
    "PreviewCounted",
    "PreviewFact",
    "PreviewWanted",
    "PublicTextApproved",
    "PublicTextFact",
    "PublicTextWithdrawn",
    "PublicTextWritten",
    "RankingKeptFresh",
    "VerdictKept",
    "WeightsSet",
]
