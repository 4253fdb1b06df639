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
from wardroom.matters.actions.handing_on import (
    call_off_handover,
    finish_handover,
    hand_over_everything,
)
from wardroom.matters.actions.handing_over import (
    accept_items,
    catch_up_handover,
    send_back_items,
    set_successor,
    start_handover,
    take_items,
    write_handover_note,
)
from wardroom.matters.actions.keeping import (
    close_matter,
    hand_over_matter,
    open_matter,
    reopen_matter,
    set_next_step,
)
from wardroom.matters.actions.leaving import take_up_left_work
from wardroom.matters.actions.linking import (
    end_link,
    link_matters,
    merge_matter,
    undo_merge,
)
from wardroom.matters.actions.noting import capture_line, log_contact
from wardroom.matters.actions.passing import OWN_GATHERERS, take_over_asking
from wardroom.matters.actions.proving import add_evidence
from wardroom.matters.actions.referring import refer_matter
from wardroom.matters.actions.restarting import restart_clock
from wardroom.matters.actions.rewording import reword_ask
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
    "OWN_GATHERERS",
    "AskDraft",
    "accept_ask",
    "accept_items",
    "add_evidence",
    "add_legal_deadline",
    "add_task",
    "agree_counter",
    "answer_by_link",
    "approve_task",
    "ask_agencies",
    "call_off_handover",
    "capture_line",
    "catch_up_handover",
    "climb_ladder",
    "close_matter",
    "counter_ask",
    "decline_ask",
    "drop_task",
    "end_link",
    "finish_handover",
    "finish_task",
    "give_task",
    "hand_over_everything",
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
    "restart_clock",
    "restrict_matter",
    "resume_clock",
    "reword_ask",
    "say_where_it_stands",
    "send_back_items",
    "set_next_step",
    "set_successor",
    "start_handover",
    "take_items",
    "take_over_asking",
    "take_up_left_work",
    "undo_merge",
    "withdraw_ask",
    "write_handover_note",
]
