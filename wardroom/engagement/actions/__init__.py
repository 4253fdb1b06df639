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
from wardroom.engagement.actions.meetings import plan_commission_meeting, plan_commission_year
from wardroom.engagement.actions.notices import (
    answer_notice_question,
    end_notice,
    expect_notice,
    move_decision,
    note_good_cause,
    note_notice,
)
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)

__all__ = [
    "answer_concern",
    "answer_notice_question",
    "begin_commitment",
    "break_commitment",
    "change_commitment",
    "confirm_commitment",
    "deny_commitment",
    "end_notice",
    "end_paper",
    "expect_notice",
    "hear_commitment",
    "keep_commitment",
    "move_decision",
    "note_good_cause",
    "note_letter",
    "note_notice",
    "note_progress",
    "plan_commission_meeting",
    "plan_commission_year",
    "reopen_commitment",
    "take_in_paper",
]
