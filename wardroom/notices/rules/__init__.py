"""What a message may look like, going out and coming in."""

from __future__ import annotations

from wardroom.notices.rules.sending import (
    ALARM_MINUTES,
    LONGEST_SUBJECT,
    LONGEST_WAIT_SECONDS,
    MOST_ATTEMPTS,
    UNDO_SECONDS,
    is_thread,
    one_line,
    open_moment,
    reference,
    references_of,
    subject_line,
    wait_after,
)

__all__ = [
    "ALARM_MINUTES",
    "LONGEST_SUBJECT",
    "LONGEST_WAIT_SECONDS",
    "MOST_ATTEMPTS",
    "UNDO_SECONDS",
    "is_thread",
    "one_line",
    "open_moment",
    "reference",
    "references_of",
    "subject_line",
    "wait_after",
]
