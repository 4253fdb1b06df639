"""What can happen to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.facts.bodies import (
    BodyClocksMoved,
    BodyMeetingCancelled,
    BodyMeetingFact,
    BodyMeetingSet,
    BodyMinutesFiled,
    BodyMinutesPublished,
    BodyNoticePublished,
    BodyRecordPublished,
    BodySeatAdded,
    MemberSeated,
    MotionNoted,
    PublicBodyBegun,
    PublicBodyDescribed,
    SessionClosed,
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
    "BodyClocksMoved",
    "BodyMeetingCancelled",
    "BodyMeetingFact",
    "BodyMeetingSet",
    "BodyMinutesFiled",
    "BodyMinutesPublished",
    "BodyNoticePublished",
    "BodyRecordPublished",
    "BodySeatAdded",
    "CommitmentBegun",
    "CommitmentChanged",
    "CommitmentConfirmed",
    "CommitmentHeard",
    "CommitmentKept",
    "CommitmentNotKept",
    "CommitmentProgressed",
    "ConcernAnswered",
    "MemberSeated",
    "MotionNoted",
    "OutreachPlanAdopted",
    "OutreachPlanChanged",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "PublicBodyBegun",
    "PublicBodyDescribed",
    "SessionClosed",
    "StrategyShared",
    "StrategyUsed",
    "TouchDeferred",
]
