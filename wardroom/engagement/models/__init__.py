"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.bodies import BodySeat, BodyTerm, PublicBody
from wardroom.engagement.models.body_meetings import (
    BodyMeeting,
    BodyMinutes,
    BodyNotice,
    BodyRecord,
    ClosedSession,
    Motion,
    RollCallLine,
)
from wardroom.engagement.models.circulars import Circular, CircularCopy, CircularText
from wardroom.engagement.models.commitments import Commitment, CommitmentChange
from wardroom.engagement.models.notices import NoticeArea, NoticeLine, NoticeOwed, NoticeQuestion
from wardroom.engagement.models.outreach import (
    OutreachPlan,
    OutreachTarget,
    OutreachVersion,
    RealContact,
    Strategy,
    StrategyUse,
    TouchPutOff,
)
from wardroom.engagement.models.papers import CommissionPaper, Concern, PaperLetter
from wardroom.engagement.models.programs import Program, ProgramCheck
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
    "BodyMeeting",
    "BodyMinutes",
    "BodyNotice",
    "BodyRecord",
    "BodySeat",
    "BodyTerm",
    "Circular",
    "CircularCopy",
    "CircularText",
    "ClosedSession",
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "Digest",
    "Motion",
    "NoticeArea",
    "NoticeLine",
    "NoticeOwed",
    "NoticeQuestion",
    "OutreachPlan",
    "OutreachTarget",
    "OutreachVersion",
    "PaperLetter",
    "Program",
    "ProgramCheck",
    "PublicBody",
    "RealContact",
    "RollCallLine",
    "Strategy",
    "StrategyUse",
    "Subscriber",
    "Subscription",
    "TouchPutOff",
]
