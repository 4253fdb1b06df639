"""Capacity building: what each kind needs to be opened, and how its hours are counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import ASSISTANCE as KINDS_OF_ASSISTANCE
from wardroom.matters.rules import check_text, kind_of

TECHNICAL, DONATION, MEDIATION = "technical_assistance", "donation_in_kind", "mediation"
ASSISTANCE_KINDS: Mapping[str, str] = {
    code: label for code, (label, _) in KINDS_OF_ASSISTANCE.items()
}
SESSIONS: Mapping[str, str] = {
    TECHNICAL: "session",
    "training": "training",
    "service_day": "service_day",
    "mentoring": "session",
    MEDIATION: "session",
}
LINES: Mapping[str, str] = {"need": "What they need", "deliverable": "What is handed over"}
MEDIATION_SEAL = "A mediation is confidential"
DONATION_WORDS = (
    "A gift needs the Mayor's approval, and the record of it is open to inspection (D.C. Code "
    "1-329.01). No money is handled here."
)


@dataclass(frozen=True)
class SessionHeld:
    """A session as its hours are counted: its start, its end, whether held, how many came."""

    starts_at: datetime
    ends_at: datetime
    held: bool
    came: int


@dataclass(frozen=True)
class Hours:
    """Hours of the sessions held, and those times the people who came."""

    sessions: int
    hours: float
    person_hours: float


def check_kind_of_assistance(kind: str) -> str:
    """A kind of capacity building. Refuses: any other."""
    if kind not in ASSISTANCE_KINDS:
        raise Refused("unknown_kind", "Choose what kind of help it is.", field="kind")
    return kind


def check_for_whom(name: str) -> str:
    """For whom it is. Refuses: nobody named."""
    return check_text(
        name,
        code="nobody_named",
        sentence="Say for whom it is: a group, or both sides of a dispute.",
        field="for_whom",
        most=200,
    )


def check_goal(goal: str) -> str:
    """What is to be reached. Refuses: nothing said."""
    return check_text(
        goal,
        code="goal_missing",
        sentence="Say what they want to be able to do.",
        field="goal",
        most=500,
    )


def check_gift(kind: str, *, giver: str, gift: str, approval: str) -> tuple[str, str, str]:
    """Who gives what, and who approved it; empty for all other kinds.

    Refuses: a donation in kind without its giver, or without what is given; an approval may
    come later.
    """
    if kind != DONATION:
        return "", "", ""
    giver = check_text(
        giver, code="giver_missing", sentence="Say who gives it.", field="giver", most=200
    )
    gift = check_text(
        gift, code="gift_missing", sentence="Say what is given.", field="gift", most=500
    )
    return giver, gift, " ".join(approval.split())[:200]


def check_approval(approval: str) -> str:
    """Who approved a gift, and where that is written. Refuses: nothing said."""
    return check_text(
        approval,
        code="approval_missing",
        sentence="Say who approved the gift, and where that is written.",
        field="approval",
        most=200,
    )


def check_need(kind: str, text: str) -> str:
    """One need, or one thing to hand over. Refuses: a kind that is none; no words."""
    if kind not in LINES:
        raise Refused("unknown_line", "Choose what kind of line it is.", field="kind")
    return check_text(
        text, code="text_missing", sentence="Write what it is.", field="text", most=300
    )


def hours_of(sessions: Iterable[SessionHeld]) -> Hours:
    """The hours of the sessions that were held; what was only planned counts nothing."""
    held = [session for session in sessions if session.held]
    spans = [(s.ends_at - s.starts_at) / timedelta(hours=1) for s in held]
    return Hours(
        sessions=len(held),
        hours=sum(spans),
        person_hours=sum(span * s.came for span, s in zip(spans, held, strict=True)),
    )


def outcome_words(kind: str, outcome: str) -> str:
    """What came of it in words; nothing while it is open."""
    return kind_of(kind).outcomes.get(outcome, "")
