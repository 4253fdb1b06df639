"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter
from wardroom.engagement.models.referrals import (
    ReferredService,
    ServiceReferral,
)

__all__ = [
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "PaperLetter",
    "ReferredService",
    "ServiceReferral",
]
