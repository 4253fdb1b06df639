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
from wardroom.engagement.facts.notices import (
    DecisionMoved,
    GoodCauseNoted,
    NoticeExpected,
    NoticeQuestionAnswered,
    NoticeSeen,
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
from wardroom.engagement.facts.programs import ProgramChecked, ProgramEnded, ProgramNamed

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
    "DecisionMoved",
    "GoodCauseNoted",
    "MemberSeated",
    "MotionNoted",
    "NoticeExpected",
    "NoticeQuestionAnswered",
    "NoticeSeen",
    "OutreachPlanAdopted",
    "OutreachPlanChanged",
    "PaperFact",
    "PaperLetterSent",
    "PaperReceived",
    "ProgramChecked",
    "ProgramEnded",
    "ProgramNamed",
    "PublicBodyBegun",
    "PublicBodyDescribed",
    "SessionClosed",
    "StrategyShared",
    "StrategyUsed",
    "TouchDeferred",
]
