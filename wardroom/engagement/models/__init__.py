"""What the office keeps about its work with the community."""

from __future__ import annotations

from wardroom.engagement.models.assistance import (
    Assistance,
    AssistanceLine,
)
from wardroom.engagement.models.bodies import (
    BodySeat,
    BodyTerm,
    PublicBody,
)
from wardroom.engagement.models.body_meetings import (
    BodyMeeting,
    BodyMinutes,
    BodyNotice,
    BodyRecord,
    ClosedSession,
    Motion,
    RollCallLine,
)
from wardroom.engagement.models.circulars import (
    Circular,
    CircularCopy,
    CircularText,
)
from wardroom.engagement.models.commitments import (
    Commitment,
    CommitmentChange,
)
from wardroom.engagement.models.door import (
    DoorLine,
)
from wardroom.engagement.models.group_plans import (
    GroupPlan,
    PlanLook,
    PlanWording,
)
from wardroom.engagement.models.groups import (
    Charter,
    Group,
    GroupNotice,
    SignUp,
)
from wardroom.engagement.models.guidelines import (
    Acceptance,
    Guideline,
    GuidelineVersion,
)
from wardroom.engagement.models.minutes import (
    AgendaItem,
    Minutes,
)
from wardroom.engagement.models.notices import (
    NoticeArea,
    NoticeLine,
    NoticeOwed,
    NoticeQuestion,
)
from wardroom.engagement.models.outreach import (
    OutreachPlan,
    OutreachTarget,
    OutreachVersion,
    RealContact,
    Strategy,
    StrategyUse,
    TouchPutOff,
)
from wardroom.engagement.models.papers import (
    CommissionPaper,
    Concern,
    PaperLetter,
)
from wardroom.engagement.models.policies import (
    PolicyEntry,
)
from wardroom.engagement.models.programs import (
    Program,
    ProgramCheck,
)
from wardroom.engagement.models.referrals import (
    ReferredService,
    ServiceReferral,
)
from wardroom.engagement.models.reviews import (
    ProgramReview,
    ReviewVoice,
)
from wardroom.engagement.models.subscriptions import (
    Agreement,
    AreaMove,
    Digest,
    Subscriber,
    Subscription,
)
from wardroom.engagement.models.visits import (
    CheckIn,
    EventRequest,
    EventTask,
    RunLine,
    SignInSheet,
)

__all__ = [
    "Acceptance",
    "AgendaItem",
    "Agreement",
    "AreaMove",
    "Assistance",
    "AssistanceLine",
    "BodyMeeting",
    "BodyMinutes",
    "BodyNotice",
    "BodyRecord",
    "BodySeat",
    "BodyTerm",
    "Charter",
    "CheckIn",
    "Circular",
    "CircularCopy",
    "CircularText",
    "ClosedSession",
    "CommissionPaper",
    "Commitment",
    "CommitmentChange",
    "Concern",
    "Digest",
    "DoorLine",
    "EventRequest",
    "EventTask",
    "Group",
    "GroupNotice",
    "GroupPlan",
    "Guideline",
    "GuidelineVersion",
    "Minutes",
    "Motion",
    "NoticeArea",
    "NoticeLine",
    "NoticeOwed",
    "NoticeQuestion",
    "OutreachPlan",
    "OutreachTarget",
    "OutreachVersion",
    "PaperLetter",
    "PlanLook",
    "PlanWording",
    "PolicyEntry",
    "Program",
    "ProgramCheck",
    "ProgramReview",
    "PublicBody",
    "RealContact",
    "ReferredService",
    "ReviewVoice",
    "RollCallLine",
    "RunLine",
    "ServiceReferral",
    "SignInSheet",
    "SignUp",
    "Strategy",
    "StrategyUse",
    "Subscriber",
    "Subscription",
    "TouchPutOff",
]
