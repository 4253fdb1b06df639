"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.commitments import (
    begin_commitment,
    break_commitment,
    change_commitment,
    confirm_commitment,
    deny_commitment,
    hear_commitment,
    keep_commitment,
    note_progress,
    reopen_commitment,
)
from wardroom.engagement.actions.meetings import capture_line
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)

__all__ = [
    "answer_concern",
    "begin_commitment",
    "break_commitment",
    "capture_line",
    "change_commitment",
    "confirm_commitment",
    "deny_commitment",
    "end_paper",
    "hear_commitment",
    "keep_commitment",
    "note_letter",
    "note_progress",
    "reopen_commitment",
    "take_in_paper",
]
