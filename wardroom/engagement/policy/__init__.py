"""Who may do what in the work with the community."""

from __future__ import annotations

from wardroom.engagement.policy.commitments import (
    may_carry_commitment,
    may_confirm_commitment,
    may_hear_commitment,
)
from wardroom.engagement.policy.meetings import may_plan_year
from wardroom.engagement.policy.notices import (
    may_answer_notice_question,
    may_expect_notice,
    may_watch_notice,
)
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
    "may_answer_notice_question",
    "may_carry_commitment",
    "may_confirm_commitment",
    "may_end_paper",
    "may_expect_notice",
    "may_hear_commitment",
    "may_note_letter",
    "may_plan_year",
    "may_take_in_paper",
    "may_watch_notice",
    "reach",
]
