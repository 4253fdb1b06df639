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
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)
from wardroom.engagement.actions.referrals import (
    answer_referral_by_link,
    end_referral,
    make_referral,
    note_answers,
    note_gap,
    refer_elsewhere,
)

__all__ = [
    "answer_concern",
    "answer_referral_by_link",
    "begin_commitment",
    "break_commitment",
    "change_commitment",
    "confirm_commitment",
    "deny_commitment",
    "end_paper",
    "end_referral",
    "hear_commitment",
    "keep_commitment",
    "make_referral",
    "note_answers",
    "note_gap",
    "note_letter",
    "note_progress",
    "plan_commission_meeting",
    "plan_commission_year",
    "refer_elsewhere",
    "reopen_commitment",
    "take_in_paper",
]
