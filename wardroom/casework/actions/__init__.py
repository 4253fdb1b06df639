"""What can be done to issues and complaints."""

from __future__ import annotations

from wardroom.casework.actions.intake import take_complaint, take_in
from wardroom.casework.actions.introducing import introduce_successor
from wardroom.casework.actions.joining import join_issues, part_issues, split_complaint
from wardroom.casework.actions.telling import close_issue, note_reporter_told

__all__ = [
    "close_issue",
    "introduce_successor",
    "join_issues",
    "note_reporter_told",
    "part_issues",
    "split_complaint",
    "take_complaint",
    "take_in",
]
