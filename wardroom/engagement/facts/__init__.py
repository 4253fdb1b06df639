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
from wardroom.engagement.facts.notices import (
    DecisionMoved,
    GoodCauseNoted,
    NoticeExpected,
    NoticeQuestionAnswered,
    NoticeSeen,
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
    "DecisionMoved",
    "GoodCauseNoted",
    "NoticeExpected",
    "NoticeQuestionAnswered",
    "NoticeSeen",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
]
