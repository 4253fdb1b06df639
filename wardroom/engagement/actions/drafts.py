"""What is filled in to open help for a group, and to plan one of its sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AssistanceDraft:
    """Help as it is opened; the last three are of a donation in kind alone."""

    kind: str
    goal: str
    for_whom: str = ""
    next_step: str = ""
    giver: str = ""
    gift: str = ""
    approval: str = ""


@dataclass(frozen=True)
class SessionDraft:
    """A session as it is planned; without a title it is called as its matter."""

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    place_text: str = ""
