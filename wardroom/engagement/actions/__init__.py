"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.bodies import (
    BodyDraft,
    add_body_seat,
    begin_body,
    describe_body,
    seat_member,
)
from wardroom.engagement.actions.body_acts import call_body_roll, close_session, note_motion
from wardroom.engagement.actions.body_meetings import (
    cancel_body_meeting,
    follow_event,
    move_body_meeting,
    publish_body_notice,
    set_body_meeting,
)
from wardroom.engagement.actions.body_papers import file_minutes, publish_minutes, publish_record
from wardroom.engagement.actions.circulars import (
    approve_circular,
    reword_circular,
    stop_circular,
    take_back_circular,
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
from wardroom.engagement.actions.contacts import count_contacts_anew, keep_contacts
from wardroom.engagement.actions.copying import open_circular, send_copies
from wardroom.engagement.actions.digesting import write_digest
from wardroom.engagement.actions.links import give_link
from wardroom.engagement.actions.meetings import plan_commission_meeting, plan_commission_year
from wardroom.engagement.actions.moving import move_subscription, undo_moves
from wardroom.engagement.actions.notices import (
    answer_notice_question,
    end_notice,
    expect_notice,
    move_decision,
    note_good_cause,
    note_notice,
)
from wardroom.engagement.actions.outreach import (
    adopt_outreach_plan,
    change_outreach_plan,
    put_off_touch,
)
from wardroom.engagement.actions.papers import answer_concern, end_paper, note_letter, take_in_paper
from wardroom.engagement.actions.programs import check_program, end_program, name_program
from wardroom.engagement.actions.strategies import share_strategy, use_strategy
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

__all__ = [
    "BodyDraft",
    "add_body_seat",
    "add_news",
    "add_subscriber",
    "adopt_outreach_plan",
    "answer_concern",
    "answer_notice_question",
    "approve_circular",
    "ask_for_news",
    "begin_body",
    "begin_commitment",
    "break_commitment",
    "call_body_roll",
    "cancel_body_meeting",
    "change_commitment",
    "change_news",
    "change_outreach_plan",
    "check_program",
    "close_session",
    "confirm_commitment",
    "confirm_news",
    "count_contacts_anew",
    "deny_commitment",
    "describe_body",
    "end_notice",
    "end_paper",
    "end_program",
    "expect_notice",
    "file_minutes",
    "follow_event",
    "give_link",
    "hear_commitment",
    "keep_commitment",
    "keep_contacts",
    "mark_subscriber_bounced",
    "move_body_meeting",
    "move_decision",
    "move_subscription",
    "name_program",
    "note_good_cause",
    "note_letter",
    "note_motion",
    "note_notice",
    "note_progress",
    "open_circular",
    "plan_commission_meeting",
    "plan_commission_year",
    "publish_body_notice",
    "publish_minutes",
    "publish_record",
    "put_off_touch",
    "reopen_commitment",
    "reword_circular",
    "seat_member",
    "send_copies",
    "set_body_meeting",
    "share_strategy",
    "stop_circular",
    "stop_news",
    "stop_subscriber",
    "take_back_circular",
    "take_in_paper",
    "undo_moves",
    "use_strategy",
    "write_circular",
    "write_digest",
]
