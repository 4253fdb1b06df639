"""Who may do what in the work with the community."""

from __future__ import annotations

from wardroom.engagement.policy.bodies import (
    body_reach,
    may_begin_body,
    may_file_minutes,
    may_keep_bodies,
    may_move_body_clocks,
    may_run_body,
    may_run_body_meeting,
)
from wardroom.engagement.policy.commitments import (
    may_carry_commitment,
    may_confirm_commitment,
    may_hear_commitment,
)
from wardroom.engagement.policy.meetings import may_plan_year
from wardroom.engagement.policy.news import (
    may_add_subscriber,
    may_answer_for_mailbox,
    may_approve_circular,
    may_ask_for_news,
    may_send_news,
    may_undo_moves,
    may_write_circular,
    news_reach,
)
from wardroom.engagement.policy.notices import (
    may_answer_notice_question,
    may_expect_notice,
    may_watch_notice,
)
from wardroom.engagement.policy.outreach import (
    may_adopt_outreach,
    may_change_outreach,
    may_put_off_touch,
    may_read_strategies,
    may_share_strategy,
    reach_of_contacts,
    reach_of_plans,
)
from wardroom.engagement.policy.papers import (
    may_answer_concern,
    may_end_paper,
    may_note_letter,
    may_take_in_paper,
)
from wardroom.engagement.policy.programs import may_check_program, may_keep_programs
from wardroom.engagement.policy.rows import PaperRow, reach

__all__ = [
    "PaperRow",
    "body_reach",
    "may_add_subscriber",
    "may_adopt_outreach",
    "may_answer_concern",
    "may_answer_for_mailbox",
    "may_answer_notice_question",
    "may_approve_circular",
    "may_ask_for_news",
    "may_begin_body",
    "may_carry_commitment",
    "may_change_outreach",
    "may_check_program",
    "may_confirm_commitment",
    "may_end_paper",
    "may_expect_notice",
    "may_file_minutes",
    "may_hear_commitment",
    "may_keep_bodies",
    "may_keep_programs",
    "may_move_body_clocks",
    "may_note_letter",
    "may_plan_year",
    "may_put_off_touch",
    "may_read_strategies",
    "may_run_body",
    "may_run_body_meeting",
    "may_send_news",
    "may_share_strategy",
    "may_take_in_paper",
    "may_undo_moves",
    "may_watch_notice",
    "may_write_circular",
    "news_reach",
    "reach",
    "reach_of_contacts",
    "reach_of_plans",
]
