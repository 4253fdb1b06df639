"""What can happen in hiring."""

from __future__ import annotations

from wardroom.hiring.facts.applications import (
    ApplicationMoved,
    ApplicationScored,
    ApplicationSent,
    ConflictDeclared,
    DiscussionOpened,
    DraftBegun,
    DraftsDropped,
    ScreeningEnded,
)
from wardroom.hiring.facts.postings import (
    ApplicantAppointed,
    HiringDisposed,
    HiringDue,
    HiringHeld,
    LastDayMoved,
    PanelMemberSet,
    PostingDrafted,
    PostingEnded,
    PostingHandedOver,
    PostingPublished,
    PostingQuestionSet,
    PostingRewritten,
)

__all__ = [
    "ApplicantAppointed",
    "ApplicationMoved",
    "ApplicationScored",
    "ApplicationSent",
    "ConflictDeclared",
    "DiscussionOpened",
    "DraftBegun",
    "DraftsDropped",
    "HiringDisposed",
    "HiringDue",
    "HiringHeld",
    "LastDayMoved",
    "PanelMemberSet",
    "PostingDrafted",
    "PostingEnded",
    "PostingHandedOver",
    "PostingPublished",
    "PostingQuestionSet",
    "PostingRewritten",
    "ScreeningEnded",
]
