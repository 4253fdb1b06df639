"""What can be done to issues and complaints."""

from __future__ import annotations

from wardroom.casework.actions.intake import take_complaint, take_in
from wardroom.casework.actions.joining import join_issues, part_issues, split_complaint
from wardroom.casework.actions.mail import (
    mark_mail_read,
    place_message,
    put_mail_aside,
    receive_message,
    take_mail,
    take_mail_in,
    write_to_person,
)
from wardroom.casework.actions.telling import close_issue, note_reporter_told

__all__ = [
    "close_issue",
    "join_issues",
    "mark_mail_read",
    "note_reporter_told",
    "part_issues",
    "place_message",
    "put_mail_aside",
    "receive_message",
    "split_complaint",
    "take_complaint",
    "take_in",
    "take_mail",
    "take_mail_in",
    "write_to_person",
]
