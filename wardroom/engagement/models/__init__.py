"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.circulars import (
    Circular,
    CircularCopy,
    CircularText,
)
from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter
from wardroom.engagement.models.subscriptions import (
    Agreement,
    AreaMove,
    Digest,
    Subscriber,
    Subscription,
)

__all__ = [
    "Agreement",
    "AreaMove",
    "Circular",
    "CircularCopy",
    "CircularText",
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "Digest",
    "PaperLetter",
    "Subscriber",
    "Subscription",
]
