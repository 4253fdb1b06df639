"""What follows in the calendar: lists and invitations are mailed, and answers are taken."""

from __future__ import annotations

from wardroom.calendar.reactions.duty import tell_duty_changed
from wardroom.calendar.reactions.inviting import (
    invite_all_again,
    send_event_invitation,
    take_reply,
    tell_speaker,
    tell_speaker_again,
)
from wardroom.calendar.reactions.listing import send_action_list

__all__ = [
    "invite_all_again",
    "send_action_list",
    "send_event_invitation",
    "take_reply",
    "tell_duty_changed",
    "tell_speaker",
    "tell_speaker_again",
]
