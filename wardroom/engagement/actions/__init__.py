"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.assistance import (
    add_need,
    approve_gift,
    end_assistance,
    meet_need,
    open_assistance,
    plan_session,
)
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
from wardroom.engagement.actions.drafts import (
    AssistanceDraft,
    SessionDraft,
)
from wardroom.engagement.actions.group_notices import (
    send_group_notice,
)
from wardroom.engagement.actions.group_plans import (
    approve_plan,
    end_plan,
    look_at_plan,
    resubmit_plan,
    return_plan,
    submit_plan,
)
from wardroom.engagement.actions.groups import (
    CharterDraft,
    GroupDraft,
    Meetings,
    begin_meetings,
    change_charter,
    found_group,
    name_officer,
    switch_sign_up,
)
from wardroom.engagement.actions.guidelines import (
    accept_guideline,
    issue_guideline,
    revise_guideline,
)
from wardroom.engagement.actions.meetings import plan_commission_meeting, plan_commission_year
from wardroom.engagement.actions.minutes import (
    approve_minutes,
    call_members,
    note_item,
    set_agenda,
)
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)
from wardroom.engagement.actions.reviews import (
    ReviewDraft,
    answer_voice,
    hear_voice,
    note_review,
)
from wardroom.engagement.actions.sign_ups import (
    accept_sign_up,
    decline_sign_up,
    leave_group,
    sign_up,
)

__all__ = [
    "AssistanceDraft",
    "CharterDraft",
    "GroupDraft",
    "Meetings",
    "ReviewDraft",
    "SessionDraft",
    "accept_guideline",
    "accept_sign_up",
    "add_need",
    "answer_concern",
    "answer_voice",
    "approve_gift",
    "approve_minutes",
    "approve_plan",
    "begin_commitment",
    "begin_meetings",
    "break_commitment",
    "call_members",
    "change_charter",
    "change_commitment",
    "confirm_commitment",
    "decline_sign_up",
    "deny_commitment",
    "end_assistance",
    "end_paper",
    "end_plan",
    "found_group",
    "hear_commitment",
    "hear_voice",
    "issue_guideline",
    "keep_commitment",
    "leave_group",
    "look_at_plan",
    "meet_need",
    "name_officer",
    "note_item",
    "note_letter",
    "note_progress",
    "note_review",
    "open_assistance",
    "plan_commission_meeting",
    "plan_commission_year",
    "plan_session",
    "reopen_commitment",
    "resubmit_plan",
    "return_plan",
    "revise_guideline",
    "send_group_notice",
    "set_agenda",
    "sign_up",
    "submit_plan",
    "switch_sign_up",
    "take_in_paper",
]
