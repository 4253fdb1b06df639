"""What can be asked about issues and complaints."""

from __future__ import annotations

from wardroom.casework.queries.asking import AskDesk, DraftRow, ask_desk
from wardroom.casework.queries.issues import IssueFile, IssueRow, issue_file, issue_page
from wardroom.casework.queries.known import KnownHere, known_here
from wardroom.casework.queries.telling import TellPreview, TellRow, tell_preview

__all__ = [
    "AskDesk",
    "DraftRow",
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "TellPreview",
    "TellRow",
    "ask_desk",
    "issue_file",
    "issue_page",
    "known_here",
    "tell_preview",
]
