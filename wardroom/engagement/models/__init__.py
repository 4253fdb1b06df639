"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.notices import NoticeArea, NoticeLine, NoticeOwed, NoticeQuestion
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter

__all__ = [
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "NoticeArea",
    "NoticeLine",
    "NoticeOwed",
    "NoticeQuestion",
    "PaperLetter",
]
