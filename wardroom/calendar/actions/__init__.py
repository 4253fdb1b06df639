"""What can be done to the calendar."""

from __future__ import annotations

from wardroom.calendar.actions.dated import plan_days
from wardroom.calendar.actions.feeds import close_feed, open_feed
from wardroom.calendar.actions.inviting import (
    answer_by_key,
    answer_by_mail,
    invite_again,
    invite_participant,
)
from wardroom.calendar.actions.listing import file_action_list, issue_action_list
from wardroom.calendar.actions.meeting import agree_ask, call_seat, strike_line, write_line
from wardroom.calendar.actions.outside import (
    OutsideDraft,
    add_outside_calendar,
    end_outside_calendar,
    keep_outside_events,
    note_outside_failed,
)
from wardroom.calendar.actions.planning import (
    EventDraft,
    cancel_event,
    hold_event,
    move_event,
    plan_event,
)
from wardroom.calendar.actions.publishing import publish_event, withdraw_public_words
from wardroom.calendar.actions.series import (
    SeriesDraft,
    begin_series,
    end_series,
    plan_ahead,
)
from wardroom.calendar.actions.shifts import (
    ShiftPlan,
    assign_shift,
    clear_shift,
    exchange_shifts,
    place_shifts,
    take_shift,
)
from wardroom.calendar.actions.speaking import (
    answer_assignment,
    assign_speaker,
    release_speaker,
)
from wardroom.calendar.actions.taking_part import (
    add_participation,
    hold_event_with,
    note_answer,
    plan_event_with,
    record_attendance,
)

__all__ = [
    "EventDraft",
    "OutsideDraft",
    "SeriesDraft",
    "ShiftPlan",
    "add_outside_calendar",
    "add_participation",
    "agree_ask",
    "answer_assignment",
    "answer_by_key",
    "answer_by_mail",
    "assign_shift",
    "assign_speaker",
    "begin_series",
    "call_seat",
    "cancel_event",
    "clear_shift",
    "close_feed",
    "end_outside_calendar",
    "end_series",
    "exchange_shifts",
    "file_action_list",
    "hold_event",
    "hold_event_with",
    "invite_again",
    "invite_participant",
    "issue_action_list",
    "keep_outside_events",
    "move_event",
    "note_answer",
    "note_outside_failed",
    "open_feed",
    "place_shifts",
    "plan_ahead",
    "plan_days",
    "plan_event",
    "plan_event_with",
    "publish_event",
    "record_attendance",
    "release_speaker",
    "strike_line",
    "take_shift",
    "withdraw_public_words",
    "write_line",
]
