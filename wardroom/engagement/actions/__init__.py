"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.asking_for_visits import (
    RequestDraft,
    ask_for_visit,
    take_event_request,
)
from wardroom.engagement.actions.assistance import (
    add_need,
    approve_gift,
    end_assistance,
    meet_need,
    open_assistance,
    plan_session,
)
from wardroom.engagement.actions.bodies import (
    BodyDraft,
    add_body_seat,
    begin_body,
    describe_body,
    seat_member,
)
from wardroom.engagement.actions.body_acts import (
    call_body_roll,
    close_session,
    note_motion,
)
from wardroom.engagement.actions.body_meetings import (
    cancel_body_meeting,
    follow_cancelled_event,
    follow_event,
    move_body_meeting,
    publish_body_notice,
    set_body_meeting,
)
from wardroom.engagement.actions.body_papers import (
    file_minutes,
    publish_minutes,
    publish_record,
)
from wardroom.engagement.actions.capturing import (
    capture_line,
)
from wardroom.engagement.actions.circulars import (
    approve_circular,
    reword_circular,
    stop_circular,
    take_back_circular,
    withdraw_circular,
    write_circular,
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
from wardroom.engagement.actions.contacts import (
    count_contacts_anew,
    keep_contacts,
)
from wardroom.engagement.actions.copying import (
    open_circular,
    send_copies,
)
from wardroom.engagement.actions.digesting import (
    write_digest,
)
from wardroom.engagement.actions.door import (
    check_in_guest,
    check_in_invited,
    finish_sheet,
    keep_sheet,
    revise_run_line,
    strike_run_line,
    take_back_check_in,
    write_run_line,
)
from wardroom.engagement.actions.door_phones import (
    note_door_clash,
    take_door,
    take_door_line,
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
from wardroom.engagement.actions.links import (
    give_link,
)
from wardroom.engagement.actions.meetings import (
    plan_commission_meeting,
    plan_commission_year,
)
from wardroom.engagement.actions.minutes import (
    approve_minutes,
    call_members,
    note_item,
    set_agenda,
)
from wardroom.engagement.actions.moving import (
    follow_ward,
    move_subscription,
    undo_moves,
)
from wardroom.engagement.actions.notice_log import (
    confirm_claim,
    note_good_cause,
    note_notice,
    strike_claim,
)
from wardroom.engagement.actions.notices import (
    announce_notice,
    answer_notice_question,
    end_notice,
    expect_notice,
    move_decision,
)
from wardroom.engagement.actions.outreach import (
    adopt_outreach_plan,
    change_outreach_plan,
    put_off_touch,
)
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)
from wardroom.engagement.actions.policies import (
    end_policy_watch,
    note_policy_entry,
    watch_policy,
)
from wardroom.engagement.actions.programs import (
    check_program,
    end_program,
    name_program,
)
from wardroom.engagement.actions.public_promises import publish_commitment, withdraw_commitment
from wardroom.engagement.actions.referrals import (
    answer_referral_by_link,
    end_referral,
    make_referral,
    note_answers,
    note_gap,
    refer_elsewhere,
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
from wardroom.engagement.actions.strategies import (
    share_strategy,
    use_strategy,
)
from wardroom.engagement.actions.subscribing import (
    add_news,
    add_subscriber,
    ask_for_news,
    change_news,
    confirm_news,
    mark_subscriber_bounced,
    stop_news,
    stop_subscriber,
)
from wardroom.engagement.actions.touching import log_touch, plan_touch
from wardroom.engagement.actions.visits import (
    decide_event_request,
    end_event_request,
    finish_event_tasks,
    follow_cancelled_visit,
    move_event_tasks,
    move_requested_event,
)

__all__ = [
    "AssistanceDraft",
    "BodyDraft",
    "CharterDraft",
    "GroupDraft",
    "Meetings",
    "RequestDraft",
    "ReviewDraft",
    "SessionDraft",
    "accept_guideline",
    "accept_sign_up",
    "add_body_seat",
    "add_need",
    "add_news",
    "add_subscriber",
    "adopt_outreach_plan",
    "announce_notice",
    "answer_concern",
    "answer_notice_question",
    "answer_referral_by_link",
    "answer_voice",
    "approve_circular",
    "approve_gift",
    "approve_minutes",
    "approve_plan",
    "ask_for_news",
    "ask_for_visit",
    "begin_body",
    "begin_commitment",
    "begin_meetings",
    "break_commitment",
    "call_body_roll",
    "call_members",
    "cancel_body_meeting",
    "capture_line",
    "change_charter",
    "change_commitment",
    "change_news",
    "change_outreach_plan",
    "check_in_guest",
    "check_in_invited",
    "check_program",
    "close_session",
    "confirm_claim",
    "confirm_commitment",
    "confirm_news",
    "count_contacts_anew",
    "decide_event_request",
    "decline_sign_up",
    "deny_commitment",
    "describe_body",
    "end_assistance",
    "end_event_request",
    "end_notice",
    "end_paper",
    "end_plan",
    "end_policy_watch",
    "end_program",
    "end_referral",
    "expect_notice",
    "file_minutes",
    "finish_event_tasks",
    "finish_sheet",
    "follow_cancelled_event",
    "follow_cancelled_visit",
    "follow_event",
    "follow_ward",
    "found_group",
    "give_link",
    "hear_commitment",
    "hear_voice",
    "issue_guideline",
    "keep_commitment",
    "keep_contacts",
    "keep_sheet",
    "leave_group",
    "log_touch",
    "look_at_plan",
    "make_referral",
    "mark_subscriber_bounced",
    "meet_need",
    "move_body_meeting",
    "move_decision",
    "move_event_tasks",
    "move_requested_event",
    "move_subscription",
    "name_officer",
    "name_program",
    "note_answers",
    "note_door_clash",
    "note_gap",
    "note_good_cause",
    "note_item",
    "note_letter",
    "note_motion",
    "note_notice",
    "note_policy_entry",
    "note_progress",
    "note_review",
    "open_assistance",
    "open_circular",
    "plan_commission_meeting",
    "plan_commission_year",
    "plan_session",
    "plan_touch",
    "publish_body_notice",
    "publish_commitment",
    "publish_minutes",
    "publish_record",
    "put_off_touch",
    "refer_elsewhere",
    "reopen_commitment",
    "resubmit_plan",
    "return_plan",
    "revise_guideline",
    "revise_run_line",
    "reword_circular",
    "seat_member",
    "send_copies",
    "send_group_notice",
    "set_agenda",
    "set_body_meeting",
    "share_strategy",
    "sign_up",
    "stop_circular",
    "stop_news",
    "stop_subscriber",
    "strike_claim",
    "strike_run_line",
    "submit_plan",
    "switch_sign_up",
    "take_back_check_in",
    "take_back_circular",
    "take_door",
    "take_door_line",
    "take_event_request",
    "take_in_paper",
    "undo_moves",
    "use_strategy",
    "watch_policy",
    "withdraw_circular",
    "withdraw_commitment",
    "write_circular",
    "write_digest",
    "write_run_line",
]
