"""What can be done to issues and complaints."""

from __future__ import annotations

from wardroom.casework.actions.intake import take_complaint, take_in
from wardroom.casework.actions.joining import join_issues, part_issues, split_complaint
from wardroom.casework.actions.telling import close_issue, note_reporter_told, reopen_issue

__all__ = [
    "close_issue",
    "join_issues",
    "note_reporter_told",
    "part_issues",
    "reopen_issue",
    "split_complaint",
    "take_complaint",
    "take_in",
]
