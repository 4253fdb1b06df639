"""What can be asked about issues and complaints."""

from __future__ import annotations

from wardroom.casework.queries.issues import IssueFile, IssueRow, issue_file, issue_page
from wardroom.casework.queries.known import KnownHere, known_here
from wardroom.casework.queries.letters import (
    Letter,
    Letters,
    Likeness,
    Recipient,
    came_over_to,
    knows_agency,
    knows_reporter,
    letters_of,
    likenesses,
    recipients_of,
)

__all__ = [
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "Letter",
    "Letters",
    "Likeness",
    "Recipient",
    "came_over_to",
    "issue_file",
    "issue_page",
    "known_here",
    "knows_agency",
    "knows_reporter",
    "letters_of",
    "likenesses",
    "recipients_of",
]
