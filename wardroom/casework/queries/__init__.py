"""What can be asked about issues and complaints."""

from __future__ import annotations

from wardroom.casework.queries.greeting import Greetings, greetings
from wardroom.casework.queries.issues import IssueFile, IssueRow, issue_file, issue_page
from wardroom.casework.queries.known import KnownHere, known_here

__all__ = [
    "Greetings",
    "IssueFile",
    "IssueRow",
    "KnownHere",
    "greetings",
    "issue_file",
    "issue_page",
    "known_here",
]
