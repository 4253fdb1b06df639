"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.outreach import (
    OutreachPlan,
    OutreachTarget,
    OutreachVersion,
    RealContact,
    Strategy,
    StrategyUse,
    TouchPutOff,
)
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter

__all__ = [
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "OutreachPlan",
    "OutreachTarget",
    "OutreachVersion",
    "PaperLetter",
    "RealContact",
    "Strategy",
    "StrategyUse",
    "TouchPutOff",
]
