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
from wardroom.engagement.facts.groups import (
    AgendaSet,
    CharterChanged,
    GroupFact,
    GroupFounded,
    GroupNoticeSent,
    ItemTalkedOver,
    MemberLeft,
    MinutesApproved,
    OfficerNamed,
    RollCalled,
    SignUpAccepted,
    SignUpDeclined,
    SignUpLinkSwitched,
    SignUpReceived,
)
from wardroom.engagement.facts.papers import (
    ConcernAnswered,
    PaperFact,
    PaperLetterSent,
    PaperReceived,
)

__all__ = [
    "AgendaSet",
    "CharterChanged",
    "CommitmentBegun",
    "CommitmentChanged",
    "CommitmentConfirmed",
    "CommitmentHeard",
    "CommitmentKept",
    "CommitmentNotKept",
    "CommitmentProgressed",
    "ConcernAnswered",
    "GroupFact",
    "GroupFounded",
    "GroupNoticeSent",
    "ItemTalkedOver",
    "MemberLeft",
    "MinutesApproved",
    "OfficerNamed",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "RollCalled",
    "SignUpAccepted",
    "SignUpDeclined",
    "SignUpLinkSwitched",
    "SignUpReceived",
]
