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
from wardroom.engagement.actions.group_notices import (
    send_group_notice,
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
from wardroom.engagement.actions.sign_ups import (
    accept_sign_up,
    decline_sign_up,
    leave_group,
    sign_up,
)

__all__ = [
    "CharterDraft",
    "GroupDraft",
    "Meetings",
    "accept_sign_up",
    "answer_concern",
    "approve_minutes",
    "begin_commitment",
    "begin_meetings",
    "break_commitment",
    "call_members",
    "change_charter",
    "change_commitment",
    "confirm_commitment",
    "decline_sign_up",
    "deny_commitment",
    "end_paper",
    "found_group",
    "hear_commitment",
    "keep_commitment",
    "leave_group",
    "name_officer",
    "note_item",
    "note_letter",
    "note_progress",
    "reopen_commitment",
    "send_group_notice",
    "set_agenda",
    "sign_up",
    "switch_sign_up",
    "take_in_paper",
]
