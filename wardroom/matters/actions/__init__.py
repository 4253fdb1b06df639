"""What can be done to matters, asks and tasks."""

from __future__ import annotations

from wardroom.matters.actions.answering import answer_by_link
from wardroom.matters.actions.asking import (
    AskDraft,
    accept_ask,
    agree_counter,
    ask_agencies,
    counter_ask,
    decline_ask,
    move_promise,
    propose_ask,
    repeat_ask,
    report_done,
    request_ask,
    withdraw_ask,
)
from wardroom.matters.actions.climbing import (
    climb_ladder,
)
from wardroom.matters.actions.keeping import (
    close_matter,
    hand_over_matter,
    open_matter,
    reopen_matter,
    set_next_step,
)
from wardroom.matters.actions.linking import (
    end_link,
    link_matters,
    merge_matter,
    undo_merge,
)
from wardroom.matters.actions.noting import capture_line, log_contact
from wardroom.matters.actions.proving import add_evidence
from wardroom.matters.actions.referring import refer_matter
from wardroom.matters.actions.sealing import (
    open_restricted_matter,
    restrict_matter,
)
from wardroom.matters.actions.tasks import (
    add_legal_deadline,
    add_task,
    approve_task,
    drop_task,
    finish_task,
    give_task,
    move_task,
    pause_clock,
    refuse_approval,
    reopen_task,
    resume_clock,
)
from wardroom.matters.actions.telling import (
    note_return,
    note_told,
    say_where_it_stands,
)

__all__ = [
    "AskDraft",
    "accept_ask",
    "add_evidence",
    "add_legal_deadline",
    "add_task",
    "agree_counter",
    "answer_by_link",
    "approve_task",
    "ask_agencies",
    "capture_line",
    "climb_ladder",
    "close_matter",
    "counter_ask",
    "decline_ask",
    "drop_task",
    "end_link",
    "finish_task",
    "give_task",
    "hand_over_matter",
    "link_matters",
    "log_contact",
    "merge_matter",
    "move_promise",
    "move_task",
    "note_return",
    "note_told",
    "open_matter",
    "open_restricted_matter",
    "pause_clock",
    "propose_ask",
    "refer_matter",
    "refuse_approval",
    "reopen_matter",
    "reopen_task",
    "repeat_ask",
    "report_done",
    "request_ask",
    "restrict_matter",
    "resume_clock",
    "say_where_it_stands",
    "set_next_step",
    "undo_merge",
    "withdraw_ask",
]
