"""Who may do what in the work with the community."""

from __future__ import annotations

from wardroom.engagement.policy.commitments import (
    may_carry_commitment,
    may_confirm_commitment,
    may_hear_commitment,
)
from wardroom.engagement.policy.meetings import may_plan_year
from wardroom.engagement.policy.papers import (
    may_answer_concern,
    may_end_paper,
    may_note_letter,
    may_take_in_paper,
)
from wardroom.engagement.policy.referrals import (
    may_answer_referral_by_link,
    may_carry_referral,
    may_make_referral,
)
from wardroom.engagement.policy.rows import PaperRow, reach

__all__ = [
    "PaperRow",
    "may_answer_concern",
    "may_answer_referral_by_link",
    "may_carry_commitment",
    "may_carry_referral",
    "may_confirm_commitment",
    "may_end_paper",
    "may_hear_commitment",
    "may_make_referral",
    "may_note_letter",
    "may_plan_year",
    "may_take_in_paper",
    "reach",
]
