"""What can happen to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.facts.commitments import (
    CommitmentBegun,
    CommitmentChanged,
    CommitmentConfirmed,
    CommitmentHeard,
    CommitmentKept,
    CommitmentNotKept,
    CommitmentProgressed,
)
from wardroom.engagement.facts.papers import (
    ConcernAnswered,
    PaperFact,
    PaperLetterSent,
    PaperReceived,
)
from wardroom.engagement.facts.referrals import (
    ReferralAnswered,
    ReferralEnded,
    ReferralMade,
)

__all__ = [
    "CommitmentBegun",
    "CommitmentChanged",
    "CommitmentConfirmed",
    "CommitmentHeard",
    "CommitmentKept",
    "CommitmentNotKept",
    "CommitmentProgressed",
    "ConcernAnswered",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "ReferralAnswered",
    "ReferralEnded",
    "ReferralMade",
]
