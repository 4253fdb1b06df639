"""What can happen to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.facts.circulars import (
    CircularApproved,
    CircularOpened,
    CircularReworded,
    CircularSent,
    CircularStopped,
    CircularTakenBack,
    CircularWritten,
    CopiesQueued,
)
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
from wardroom.engagement.facts.subscriptions import (
    DigestMade,
    MovesUndone,
    NewsChanged,
    NewsConfirmed,
    NewsStopped,
    NewsWanted,
    SubscriberBounced,
    SubscriberFact,
    SubscriberMoved,
    SubscriberMovedBack,
)

__all__ = [
    "CircularApproved",
    "CircularOpened",
    "CircularReworded",
    "CircularSent",
    "CircularStopped",
    "CircularTakenBack",
    "CircularWritten",
    "CommitmentBegun",
    "CommitmentChanged",
    "CommitmentConfirmed",
    "CommitmentHeard",
    "CommitmentKept",
    "CommitmentNotKept",
    "CommitmentProgressed",
    "ConcernAnswered",
    "CopiesQueued",
    "DigestMade",
    "MovesUndone",
    "NewsChanged",
    "NewsConfirmed",
    "NewsStopped",
    "NewsWanted",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "SubscriberBounced",
    "SubscriberFact",
    "SubscriberMoved",
    "SubscriberMovedBack",
]
