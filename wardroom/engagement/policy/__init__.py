"""Who may do what in the work with the community."""

from __future__ import annotations

from wardroom.engagement.policy.commitments import (
    may_carry_commitment,
    may_confirm_commitment,
    may_hear_commitment,
)
from wardroom.engagement.policy.meetings import may_capture_line
from wardroom.engagement.policy.papers import (
    may_answer_concern,
    may_end_paper,
    may_note_letter,
    may_take_in_paper,
)
from wardroom.engagement.policy.rows import PaperRow, reach

__all__ = [
    "PaperRow",
    "may_answer_concern",
    "may_capture_line",
    "may_carry_commitment",
    "may_confirm_commitment",
    "may_end_paper",
    "may_hear_commitment",
    "may_note_letter",
    "may_take_in_paper",
    "reach",
]
