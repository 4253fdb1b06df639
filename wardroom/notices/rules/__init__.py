"""What a message may look like, going out and coming in."""

from __future__ import annotations

from wardroom.notices.rules.reading import MOST_BYTES, TOO_LARGE, said_and_quoted
from wardroom.notices.rules.receiving import ACKNOWLEDGE_AFTER, Mail, mail_title
from wardroom.notices.rules.sending import (
    ALARM_MINUTES,
    LONGEST_SUBJECT,
    LONGEST_WAIT_SECONDS,
    MOST_ATTEMPTS,
    MOST_FILE_NAME,
    UNDO_SECONDS,
    UNTOLD_LINKS,
    is_thread,
    most_attempts,
    once_an_address,
    one_line,
    open_moment,
    reference,
    references_of,
    subject_line,
    wait_after,
    without_address,
)

__all__ = [
    "ACKNOWLEDGE_AFTER",
    "ALARM_MINUTES",
    "LONGEST_SUBJECT",
    "LONGEST_WAIT_SECONDS",
    "MOST_ATTEMPTS",
    "MOST_BYTES",
    "MOST_FILE_NAME",
    "TOO_LARGE",
    "UNDO_SECONDS",
    "UNTOLD_LINKS",
    "Mail",
    "is_thread",
    "mail_title",
    "most_attempts",
    "once_an_address",
    "one_line",
    "open_moment",
    "reference",
    "references_of",
    "said_and_quoted",
    "subject_line",
    "wait_after",
    "without_address",
]
