"""What is kept of hiring: nobody else's rows point here."""

from __future__ import annotations

from wardroom.hiring.models.applications import Answer, Application, Declaration, Score, StageMove
from wardroom.hiring.models.postings import PanelMember, Posting, PostingQuestion

__all__ = [
    "Answer",
    "Application",
    "Declaration",
    "PanelMember",
    "Posting",
    "PostingQuestion",
    "Score",
    "StageMove",
]
