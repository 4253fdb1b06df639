"""What can be done about requests for records."""

from __future__ import annotations

from wardroom.records.actions.appeals import note_appeal, reopen_request, uphold_answer
from wardroom.records.actions.asking import (
    ask_for_records,
    extend_request,
    take_request,
    withdraw_request,
)
from wardroom.records.actions.emptying import empty_request
from wardroom.records.actions.releasing import file_release, release_records
from wardroom.records.actions.reviewing import (
    decide_record,
    decide_the_rest,
    drop_redaction,
    redact_everywhere,
    redact_reaching,
    redact_words,
)
from wardroom.records.actions.searching import look_for_records, search_records

__all__ = [
    "ask_for_records",
    "decide_record",
    "decide_the_rest",
    "drop_redaction",
    "empty_request",
    "extend_request",
    "file_release",
    "look_for_records",
    "note_appeal",
    "redact_everywhere",
    "redact_reaching",
    "redact_words",
    "release_records",
    "reopen_request",
    "search_records",
    "take_request",
    "uphold_answer",
    "withdraw_request",
]
