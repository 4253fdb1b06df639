"""What can be done in hiring."""

from __future__ import annotations

from wardroom.hiring.actions.applying import (
    begin_application,
    send_application,
    withdraw_application,
)
from wardroom.hiring.actions.drafts import Filled, attach_resume, save_draft, take_off_resume
from wardroom.hiring.actions.filling import tell_the_rest
from wardroom.hiring.actions.moving import (
    appoint_applicant,
    end_screening,
    move_application,
    send_letter_again,
)
from wardroom.hiring.actions.panel import (
    declare_conflict,
    declare_no_conflicts,
    open_discussion,
    score_application,
)
from wardroom.hiring.actions.postings import (
    add_question,
    draft_posting,
    end_posting,
    hand_over_posting,
    move_last_day,
    publish_posting,
    rewrite_posting,
    seat_panel_member,
    take_off_question,
    take_over_hiring,
    unseat_panel_member,
)
from wardroom.hiring.actions.retention import (
    dispose_hiring,
    drop_drafts,
    hold_hiring,
    lift_hold,
    remind_of_disposal,
)

__all__ = [
    "Filled",
    "add_question",
    "appoint_applicant",
    "attach_resume",
    "begin_application",
    "declare_conflict",
    "declare_no_conflicts",
    "dispose_hiring",
    "draft_posting",
    "drop_drafts",
    "end_posting",
    "end_screening",
    "hand_over_posting",
    "hold_hiring",
    "lift_hold",
    "move_application",
    "move_last_day",
    "open_discussion",
    "publish_posting",
    "remind_of_disposal",
    "rewrite_posting",
    "save_draft",
    "score_application",
    "seat_panel_member",
    "send_application",
    "send_letter_again",
    "take_off_question",
    "take_off_resume",
    "take_over_hiring",
    "tell_the_rest",
    "unseat_panel_member",
    "withdraw_application",
]
