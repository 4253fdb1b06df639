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
from wardroom.engagement.facts.outreach import (
    OutreachPlanAdopted,
    OutreachPlanChanged,
    StrategyShared,
    StrategyUsed,
    TouchDeferred,
)
from wardroom.engagement.facts.papers import (
    ConcernAnswered,
    PaperFact,
    PaperLetterSent,
    PaperReceived,
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
    "OutreachPlanAdopted",
    "OutreachPlanChanged",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "StrategyShared",
    "StrategyUsed",
    "TouchDeferred",
]
