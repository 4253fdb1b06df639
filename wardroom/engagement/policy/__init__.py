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
from wardroom.engagement.policy.capacity import (
    may_accept_guideline,
    may_carry_assistance,
    may_carry_plan,
    may_decide_plan,
    may_issue_guideline,
    may_keep_review,
    may_note_reviews,
    may_open_assistance,
    may_read_guidelines,
    may_submit_plan,
    may_tick_line,
    reach_of_reviews,
)
from wardroom.engagement.policy.capturing import (
    may_capture_line,
)
from wardroom.engagement.policy.commitments import (
    may_carry_commitment,
    may_confirm_commitment,
    may_hear_commitment,
    may_publish_commitment,
)
from wardroom.engagement.policy.groups import (
    GroupRow,
    may_begin_groups,
    may_decide_sign_up,
    may_found_group,
    may_keep_group,
    may_keep_minutes,
    may_leave_group,
    may_sign_up,
    reach_of_groups,
)
from wardroom.engagement.policy.meetings import (
    may_plan_year,
)
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
from wardroom.engagement.policy.policies import (
    may_note_policy_entry,
    may_watch_policy,
    said_reach,
)
from wardroom.engagement.policy.programs import (
    may_check_program,
    may_keep_programs,
)
from wardroom.engagement.policy.referrals import (
    may_answer_referral_by_link,
    may_carry_referral,
    may_make_referral,
)
from wardroom.engagement.policy.rows import (
    PaperRow,
    reach,
)
from wardroom.engagement.policy.visits import (
    may_ask_for_visit,
    may_change_run,
    may_decide_event_request,
    may_deliver_at_door,
    may_follow_calendar,
    may_run_event,
    may_run_show,
    may_take_door,
    may_take_event_request,
    may_type_sheet,
)

__all__ = [
    "GroupRow",
    "PaperRow",
    "body_reach",
    "may_accept_guideline",
    "may_add_subscriber",
    "may_adopt_outreach",
    "may_answer_concern",
    "may_answer_for_mailbox",
    "may_answer_notice_question",
    "may_answer_referral_by_link",
    "may_approve_circular",
    "may_ask_for_news",
    "may_ask_for_visit",
    "may_begin_body",
    "may_begin_groups",
    "may_capture_line",
    "may_carry_assistance",
    "may_carry_commitment",
    "may_carry_plan",
    "may_carry_referral",
    "may_change_outreach",
    "may_change_run",
    "may_check_program",
    "may_confirm_commitment",
    "may_decide_event_request",
    "may_decide_plan",
    "may_decide_sign_up",
    "may_deliver_at_door",
    "may_end_paper",
    "may_expect_notice",
    "may_file_minutes",
    "may_follow_calendar",
    "may_found_group",
    "may_hear_commitment",
    "may_issue_guideline",
    "may_keep_bodies",
    "may_keep_group",
    "may_keep_minutes",
    "may_keep_programs",
    "may_keep_review",
    "may_leave_group",
    "may_make_referral",
    "may_move_body_clocks",
    "may_note_letter",
    "may_note_policy_entry",
    "may_note_reviews",
    "may_open_assistance",
    "may_plan_year",
    "may_publish_commitment",
    "may_put_off_touch",
    "may_read_guidelines",
    "may_read_strategies",
    "may_run_body",
    "may_run_body_meeting",
    "may_run_event",
    "may_run_show",
    "may_send_news",
    "may_share_strategy",
    "may_sign_up",
    "may_submit_plan",
    "may_take_door",
    "may_take_event_request",
    "may_take_in_paper",
    "may_tick_line",
    "may_type_sheet",
    "may_undo_moves",
    "may_watch_notice",
    "may_watch_policy",
    "may_write_circular",
    "news_reach",
    "reach",
    "reach_of_contacts",
    "reach_of_groups",
    "reach_of_plans",
    "reach_of_reviews",
    "said_reach",
]
