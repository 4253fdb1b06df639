"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.groups import Charter, Group, GroupNotice, SignUp
from wardroom.engagement.models.minutes import AgendaItem, Minutes
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter

__all__ = [
    "AgendaItem",
    "Charter",
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "Group",
    "GroupNotice",
    "Minutes",
    "PaperLetter",
    "SignUp",
]
